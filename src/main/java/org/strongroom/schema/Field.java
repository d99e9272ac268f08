package org.strongroom.schema;

import java.util.List;

/**
 * One declared field. Immutable.
 *
 * @param name {@code [a-z][a-z0-9_]*}, unique in the collection
 * @param tag the number that stands for the field on disk, at least 1, never used for another
 * @param type what values are valid; a mask override is already part of it
 * @param sensitivity what it is sealed with
 * @param required whether a record without it is refused
 * @param aliases what other systems call it, as declared; see {@link CollectionSpec#positionOf}
 * @param description for people, perhaps empty
 */
public record Field(
    String name,
    int tag,
    FieldType type,
    Sensitivity sensitivity,
    boolean required,
    List<String> aliases,
    String description) {
  public Field {
    if (tag < 1) {
      throw new IllegalArgumentException("tags start at 1");
    }
    aliases = List.copyOf(aliases);
  }
}
