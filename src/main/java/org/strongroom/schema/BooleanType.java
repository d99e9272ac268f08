package org.strongroom.schema;

import java.util.Locale;

/** Yes or no, kept as {@code true} or {@code false}; also accepts 1, 0, y, n, t, f, 是, 否. */
final class BooleanType implements FieldType {
  private static final int MAX_CHARS = 20;

  @Override
  public String name() {
    return "boolean";
  }

  @Override
  public String normalise(String raw) throws InvalidValue {
    return switch (CleanText.line(raw, MAX_CHARS).toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "1", "是" -> "true";
      case "false", "f", "no", "n", "0", "否" -> "false";
      default -> throw new InvalidValue("not_a_boolean", "is neither true nor false");
    };
  }

  /** Nothing. */
  @Override
  public String mask(String canonical) {
    return HIDDEN;
  }

  @Override
  public JsonKind json() {
    return JsonKind.BOOLEAN;
  }
}
