package org.strongroom.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * Which name in the input is which field of the collection. A source is a CSV header, a JSON key,
 * or a dotted path of keys; arrays do not show in a path. Thread-safe.
 */
public final class Columns {
  /** The position of a source that no field goes by. */
  public static final int UNKNOWN = -1;

  private static final int AMBIGUOUS = -2;
  private static final int MAX_UNKNOWN_NAMES = 1_000;
  private static final String DUMP_PREFIX = JsonPieceParser.DUMP_KEY + ".";

  private final List<Target> targets;
  private final Map<String, Integer> mapped = new HashMap<>();
  private final Map<String, Integer> exact = new HashMap<>();
  private final Map<String, Integer> names = new HashMap<>();
  private final Map<String, Integer> aliases = new HashMap<>();
  private final Map<String, Integer> nested;
  private final Map<String, LongAdder> unknown;

  /**
   * Makes the columns of a collection.
   *
   * @param targets the fields; a field's position is its index here
   * @param maps from source to field name, as the caller asked; such a field goes by no other name
   * @throws VaultException {@link ErrorCode#BAD_REQUEST} when {@code maps} names an unknown field,
   *     or a field twice
   */
  public Columns(List<Target> targets, Map<String, String> maps) {
    this.targets = List.copyOf(targets);
    this.nested = Map.of();
    this.unknown = new ConcurrentHashMap<>();
    for (int i = 0; i < this.targets.size(); i++) {
      exact.put(this.targets.get(i).name(), i);
    }
    maps.forEach(this::map);
    for (int i = 0; i < this.targets.size(); i++) {
      if (mapped.containsValue(i)) {
        exact.remove(this.targets.get(i).name());
        continue;
      }
      put(names, this.targets.get(i).name(), i);
      for (String alias : this.targets.get(i).aliases()) {
        put(aliases, alias, i);
      }
    }
  }

  private Columns(Columns base, Map<String, Integer> nested, Map<String, LongAdder> unknown) {
    this.targets = base.targets;
    this.mapped.putAll(base.mapped);
    this.exact.putAll(base.exact);
    this.names.putAll(base.names);
    this.aliases.putAll(base.aliases);
    this.nested = nested;
    this.unknown = unknown;
  }

  private void map(String source, String field) {
    @Nullable Integer position = exact.get(field);
    if (position == null) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "no field \"" + field + "\" to map to; known: " + known());
    }
    if (mapped.containsValue(position)) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST,
          "two sources map to \"" + field + "\"; a field takes one. Known: " + known());
    }
    mapped.put(
        source.startsWith(DUMP_PREFIX) ? source.substring(DUMP_PREFIX.length()) : source, position);
  }

  private String known() {
    return targets.stream().map(Target::name).collect(Collectors.joining(", "));
  }

  private static void put(Map<String, Integer> into, String name, int position) {
    into.merge(fold(name), position, (old, now) -> old.equals(now) ? now : (Integer) AMBIGUOUS);
  }

  private static String fold(String name) {
    StringBuilder out = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '_' && c != '-' && !Character.isWhitespace(c)) {
        out.append(c);
      }
    }
    return out.toString().toLowerCase(Locale.ROOT);
  }

  /** The number of fields, which is the size of every draft. */
  public int size() {
    return targets.size();
  }

  public Target target(int position) {
    return targets.get(position);
  }

  /**
   * The position of the field that {@code source} is, or {@link #UNKNOWN}: by the caller's map,
   * else by exact name, else by name or alias whatever the case, '_', '-' and space.
   */
  public int position(String source) {
    @Nullable Integer position = mapped.get(source);
    if (position == null) {
      position = exact.get(source);
    }
    if (position == null) {
      position = nested.get(source);
    }
    if (position == null) {
      String folded = fold(source);
      position = names.get(folded);
      if (position == null) {
        position = aliases.get(folded);
      }
    }
    return position == null || position < 0 ? UNKNOWN : position;
  }

  /** Whether the caller mapped this source. */
  boolean isMapped(String source) {
    return mapped.containsKey(source);
  }

  /** The sources that the caller mapped. */
  Set<String> mappedSources() {
    return mapped.keySet();
  }

  /**
   * These columns for an input in which {@code sources} were seen: a path whose last name is a
   * field's is that field as well, if no other path is and none goes by the field's whole name.
   * Only what was seen counts, so that a stray {@code employer.phone} late in a file cannot become
   * the person's. Unknown names are counted together with those of the original.
   */
  Columns seeing(Set<String> sources) {
    Map<Integer, List<String>> byPosition = new HashMap<>();
    Set<Integer> taken = new TreeSet<>();
    for (String source : sources) {
      int whole = position(source);
      int dot = source.lastIndexOf('.');
      if (whole != UNKNOWN) {
        taken.add(whole);
      } else if (dot >= 0) {
        int last = position(source.substring(dot + 1));
        if (last != UNKNOWN && !isMapped(source.substring(dot + 1))) {
          byPosition.computeIfAbsent(last, p -> new ArrayList<>()).add(source);
        }
      }
    }
    Map<String, Integer> found = new HashMap<>();
    byPosition.forEach(
        (position, paths) -> {
          if (paths.size() == 1 && !taken.contains(position)) {
            found.put(paths.get(0), position);
          }
        });
    return new Columns(this, found, unknown);
  }

  /** These columns for records that are read once more: their unknown names are counted apart. */
  Columns counted() {
    return new Columns(this, nested, new ConcurrentHashMap<>());
  }

  /** The counter of records that had a value under this unknown name. */
  LongAdder unknown(String source) {
    String shown = shown(source);
    return unknown.computeIfAbsent(shown, name -> new LongAdder());
  }

  /** The name under which an unknown source is counted. */
  String shown(String source) {
    String shown = ShownNames.path(source);
    boolean room = unknown.size() < MAX_UNKNOWN_NAMES || unknown.containsKey(shown);
    return room ? shown : ShownNames.HIDDEN;
  }

  /**
   * Each unknown name and how many records had a value there, by name. Names that look like values,
   * and those beyond the first 1,000, are counted together.
   */
  public Map<String, Long> unknown() {
    Map<String, Long> out = new TreeMap<>();
    unknown.forEach(
        (name, count) -> {
          if (count.sum() > 0) {
            out.put(name, count.sum());
          }
        });
    return out;
  }
}
