package org.strongroom.schema;

import java.util.List;

/**
 * A blind index of a collection. Immutable.
 *
 * @param name the field names joined with "+", such as {@code name+date_of_birth}
 * @param fields what it covers, in the order of its name
 * @param unique whether a value leads to one record at most
 * @param identity whether it is the one on the field that identifies the subject. Collections of
 *     the same subject kind each have one, over the same values
 * @param key whether it is the one on the natural key of a record
 */
public record Index(
    String name, List<Field> fields, boolean unique, boolean identity, boolean key) {
  public Index {
    fields = List.copyOf(fields);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("an index covers at least one field");
    }
  }

  /** A search index: neither identity nor key. */
  public Index(String name, List<Field> fields, boolean unique) {
    this(name, fields, unique, false, false);
  }
}
