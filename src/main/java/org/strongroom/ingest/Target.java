package org.strongroom.ingest;

import java.util.List;

/**
 * A field that a column can map to.
 *
 * @param name of the field in its collection
 * @param aliases other names that mean this field
 * @param image whether a value may name a file beside the input
 */
public record Target(String name, List<String> aliases, boolean image) {
  public Target {
    aliases = List.copyOf(aliases);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a field has a name");
    }
  }

  /** A field that is no image. */
  public Target(String name, List<String> aliases) {
    this(name, aliases, false);
  }
}
