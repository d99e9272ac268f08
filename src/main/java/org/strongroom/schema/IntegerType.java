package org.strongroom.schema;

/** A whole number within bounds, both included; canonical without leading zeros or plus sign. */
final class IntegerType implements FieldType {
  private static final int MAX_CHARS = 40;

  private final long least;
  private final long most;

  IntegerType(long least, long most) {
    this.least = least;
    this.most = most;
  }

  @Override
  public String name() {
    return "integer";
  }

  @Override
  public String normalise(String raw) throws InvalidValue {
    String line = CleanText.line(raw, MAX_CHARS);
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean sign = (c == '-' || c == '+') && i == 0 && line.length() > 1;
      if (!sign && (c < '0' || c > '9')) {
        throw new InvalidValue("not_an_integer", "is no whole number");
      }
    }
    long value;
    try {
      value = Long.parseLong(line);
    } catch (NumberFormatException e) {
      throw outOfBounds();
    }
    if (value < least || value > most) {
      throw outOfBounds();
    }
    return Long.toString(value);
  }

  private InvalidValue outOfBounds() {
    return new InvalidValue("out_of_bounds", "is not from " + least + " to " + most);
  }

  /** Nothing. */
  @Override
  public String mask(String canonical) {
    return HIDDEN;
  }

  @Override
  public JsonKind json() {
    return JsonKind.INTEGER;
  }
}
