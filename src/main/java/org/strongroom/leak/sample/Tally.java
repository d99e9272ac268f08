package org.strongroom.leak.sample;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.strongroom.leak.report.Report;

/**
 * What became of the values of a sample. Counts only; of links, the names of hosts. For one thread:
 * each has its own, and they are added up at the end, in any order.
 */
public final class Tally {
  private static final int MAX_HOSTS = 10_000;
  private static final int MAX_HOST = 100;
  private static final int MAX_LINK = 4_000;

  private long[] values = new long[64];
  private long[] valid = new long[64];
  private final Map<String, Map<String, Long>> invalid = new HashMap<>();
  private final Map<String, Long> hosts = new HashMap<>();

  void value(int column, boolean isValid) {
    if (column >= values.length) {
      values = Arrays.copyOf(values, Math.max(column + 1, values.length * 2));
      valid = Arrays.copyOf(valid, values.length);
    }
    values[column]++;
    if (isValid) {
      valid[column]++;
    }
  }

  void invalid(String type, String code) {
    invalid.computeIfAbsent(type, each -> new HashMap<>()).merge(code, 1L, Long::sum);
  }

  /** Whether a value is a link that a browser follows. */
  static boolean isLink(String value) {
    return value.length() > 8
        && (value.charAt(0) | 0x20) == 'h'
        && (value.regionMatches(true, 0, "http://", 0, 7)
            || value.regionMatches(true, 0, "https://", 0, 8));
  }

  /** Counts a link by its host, if it has one. */
  void link(String url) {
    @Nullable String host = url.length() > MAX_LINK ? null : host(url.strip());
    if (host != null && (hosts.size() < MAX_HOSTS || hosts.containsKey(host))) {
      hosts.merge(host, 1L, Long::sum);
    }
  }

  private static @Nullable String host(String url) {
    int from = url.indexOf("//") + 2;
    int end = from;
    while (end < url.length() && "/?#\\ ".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    try {
      // Nothing behind the host is parsed: links in leaks are seldom well-formed there.
      @Nullable String host = new URI(url.substring(0, end)).getHost();
      return host == null || host.length() > MAX_HOST ? null : host.toLowerCase(Locale.ROOT);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Adds what another one counted. */
  public void add(Tally other) {
    for (int column = 0; column < other.values.length; column++) {
      if (other.values[column] > 0) {
        if (column >= values.length) {
          values = Arrays.copyOf(values, Math.max(column + 1, other.values.length));
          valid = Arrays.copyOf(valid, values.length);
        }
        values[column] += other.values[column];
        valid[column] += other.valid[column];
      }
    }
    other.invalid.forEach(
        (type, codes) ->
            codes.forEach(
                (code, count) ->
                    invalid
                        .computeIfAbsent(type, each -> new HashMap<>())
                        .merge(code, count, Long::sum)));
    // All are kept here, so that which of them come first makes no difference.
    other.hosts.forEach((host, count) -> hosts.merge(host, count, Long::sum));
  }

  /** How many values of a column are not blank. */
  public long values(int column) {
    return column < values.length ? values[column] : 0;
  }

  /** How many of those are valid for what the column is; of text, those that hold an identifier. */
  public long valid(int column) {
    return column < valid.length ? valid[column] : 0;
  }

  /** How many values were invalid, by type and then by the code of the problem. */
  @SuppressWarnings("NonApiType") // As the report has it, whose order is part of it.
  public TreeMap<String, TreeMap<String, Long>> invalidValues() {
    TreeMap<String, TreeMap<String, Long>> out = new TreeMap<>();
    invalid.forEach((type, codes) -> out.put(type, new TreeMap<>(codes)));
    return out;
  }

  /** How many links lead to each host, most first; at most {@code most}. */
  public List<Report.Domain> photoDomains(int most) {
    return hosts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .map(host -> new Report.Domain(host.getKey(), host.getValue()))
        .toList();
  }
}
