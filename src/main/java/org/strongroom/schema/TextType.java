package org.strongroom.schema;

/**
 * Any text up to a length in characters. One declared an identifier is a single line without white
 * space or invisible characters, such as a case number, and may be indexed alone.
 */
final class TextType implements FieldType {
  static final int DEFAULT_MAX_CHARS = 10_000;
  static final int DEFAULT_MAX_IDENTIFIER_CHARS = 100;

  private final int maxChars;
  private final boolean identifier;

  TextType(int maxChars, boolean identifier) {
    this.maxChars = maxChars;
    this.identifier = identifier;
  }

  @Override
  public String name() {
    return "text";
  }

  @Override
  public String normalise(String raw) throws InvalidValue {
    return identifier ? CleanText.token(raw, maxChars) : CleanText.block(raw, maxChars);
  }

  /** Nothing. */
  @Override
  public String mask(String canonical) {
    return HIDDEN;
  }

  @Override
  public JsonKind json() {
    return JsonKind.TEXT;
  }

  @Override
  public Entropy entropy() {
    return identifier ? Entropy.IDENTIFYING : Entropy.LOW;
  }
}
