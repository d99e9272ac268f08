package org.strongroom.leak.sample;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a sample, numbered from 0 in the order in which they were met: a CSV header, a
 * dotted JSON path, {@code table.column} of a dump, {@code column 3} where there is no header.
 * Grows while the sample is read, never beyond {@link #MAX}; thread-safe.
 *
 * <p>A name may be personal data where keys are values; whoever shows one asks {@link
 * org.strongroom.ingest.ShownNames} first.
 */
public final class Columns {
  /** Whatever has yet other names is put together in the last of these. */
  public static final int MAX = 10_000;

  /** The last column's id, for the values of all columns that found no room. */
  static final int MORE = MAX - 1;

  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  Columns() {}

  /** The id of a column, new if need be; {@link #MORE} once there is no room. */
  synchronized int id(String name) {
    @Nullable Integer known = ids.get(name);
    if (known != null) {
      return known;
    }
    if (names.size() >= MORE) {
      if (names.size() == MORE) {
        names.add("(more)");
      }
      return MORE;
    }
    ids.put(name, names.size());
    names.add(name);
    return names.size() - 1;
  }

  public synchronized int size() {
    return names.size();
  }

  /** The name of a column, as the sample has it. */
  public synchronized String name(int id) {
    return names.get(id);
  }
}
