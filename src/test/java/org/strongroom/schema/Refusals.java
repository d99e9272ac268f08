package org.strongroom.schema;

/** Asks a type why it refuses a value. */
final class Refusals {
  private Refusals() {}

  /** The code of the refusal, or {@code valid}. Fails if the reason repeats the value. */
  static String refusal(FieldType type, String raw) {
    try {
      type.normalise(raw);
      return "valid";
    } catch (InvalidValue e) {
      if (raw.length() > 3 && e.text().contains(raw)) {
        throw new AssertionError("the reason holds the value", e);
      }
      return e.code();
    }
  }
}
