package org.strongroom.synthetic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record as UTF-8, field after field, used again for the next one. A field without bytes is
 * absent. For one thread.
 */
final class Row {
  /** The fields of the collection {@code residents}, in the order in which they are written. */
  static final List<String> FIELDS =
      List.of(
          "resident_id",
          "name",
          "former_name",
          "sex",
          "date_of_birth",
          "ethnicity",
          "address",
          "phone",
          "email",
          "occupation",
          "education",
          "marital_status");

  private final ByteSink text = new ByteSink(1024);
  private final int[] ends = new int[FIELDS.size()];
  private int fields;

  void clear() {
    text.clear();
    fields = 0;
  }

  /** Where the bytes of the field go that {@link #endField} closes next. */
  ByteSink text() {
    return text;
  }

  /** Closes the field; without bytes since the last call it is absent. */
  void endField() {
    ends[fields++] = text.length();
  }

  /** Writes {@code value} as one field. */
  void field(byte[] value) {
    text.put(value);
    endField();
  }

  int start(int field) {
    return field == 0 ? 0 : ends[field - 1];
  }

  int end(int field) {
    return ends[field];
  }

  boolean absent(int field) {
    return start(field) == end(field);
  }

  /** The field's value, or null where it is absent. */
  @Nullable String value(int field) {
    return absent(field) ? null : text.text(start(field), end(field));
  }
}
