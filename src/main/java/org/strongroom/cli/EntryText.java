package org.strongroom.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.strongroom.vault.ShownEntry;

/** Entries of the audit log for people. */
final class EntryText {
  /** What a terminal may take for a command, or what turns the order of letters around. */
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

  private static final int SECONDS = "2026-03-02T04:05:06".length();

  private EntryText() {}

  /** One line of a list. */
  static String line(ShownEntry entry) {
    StringBuilder out = new StringBuilder();
    String at = entry.at().length() > SECONDS ? entry.at().substring(0, SECONDS) + "Z" : entry.at();
    out.append(
        String.format(
            "%8d  %-20s  %-10s  %-20s", entry.index(), at, entry.kind(), entry.actor().name()));
    part(out, "", entry.outcome());
    part(out, "", entry.collection());
    part(out, "", subjects(entry));
    part(out, "for ", entry.purpose());
    part(out, "because ", entry.reason());
    return plain(out.toString());
  }

  private static void part(StringBuilder out, String word, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      out.append("  ").append(word).append(value);
    }
  }

  private static @Nullable String subjects(ShownEntry entry) {
    List<String> subjects = entry.subjects() == null ? List.of() : entry.subjects();
    if (subjects.size() == 1) {
      return subjects.get(0);
    }
    if (!subjects.isEmpty()) {
      return subjects.size() + " subjects";
    }
    return entry.records() == null || entry.records() == 0 ? null : entry.records() + " records";
  }

  /** All of an entry, a line for each part, ended by a line break. */
  static String full(ShownEntry entry) {
    StringBuilder out = new StringBuilder();
    row(out, "index", entry.index());
    row(out, "kind", entry.kind());
    row(out, "at", entry.at());
    row(out, "actor", entry.actor().name() + " (" + entry.actor().id() + ")");
    row(out, "role", entry.actor().role());
    row(out, "outcome", entry.outcome());
    row(out, "collection", entry.collection());
    row(out, "records", entry.records());
    if (entry.subjects() != null) {
      entry.subjects().forEach(subject -> row(out, "subject", subject));
    }
    row(out, "purpose", entry.purpose());
    row(out, "reason", entry.reason());
    row(out, "searched by", entry.searchedBy());
    Map<String, String> views = entry.views() == null ? Map.of() : new TreeMap<>(entry.views());
    views.forEach((field, view) -> row(out, "shown", field + " " + view));
    row(out, "commitment", entry.commitment());
    return out.toString();
  }

  private static void row(StringBuilder out, String name, @Nullable Object value) {
    if (value != null) {
      out.append(String.format("%-12s", name)).append(plain(value.toString())).append('\n');
    }
  }

  /** Without what could command a terminal: reasons are what somebody wrote. */
  static String plain(String text) {
    return UNFIT.matcher(text).replaceAll("\ufffd");
  }
}
