package org.strongroom.leak;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.strongroom.kernel.Id;

/**
 * The first row of a check that was kept: what can be told without its report, and what the limits
 * on further checks go by.
 *
 * @param actor id of who asked, 32 hexadecimal digits
 * @param maps as the check was asked for
 * @param fields of the collection as it was declared then, by position
 * @param chunks of the list of the affected
 */
record Head(
    KeptCheck check,
    String actor,
    TreeMap<String, String> maps,
    List<Exposable> fields,
    int chunks,
    Sketch sketch) {
  Head {
    fields = List.copyOf(fields);
  }

  /**
   * A field that a leak may expose.
   *
   * @param sensitivity {@code ordinary} or {@code sensitive}
   */
  record Exposable(String name, String sensitivity) {}

  Id id() {
    return Id.parse(check.id());
  }

  /** Whether this check was of the very same file, read in the same way. */
  boolean asked(String sample, String collection, Map<String, String> ofMaps) {
    return check.sample().equals(sample)
        && check.collection().equals(collection)
        && maps.equals(ofMaps);
  }
}
