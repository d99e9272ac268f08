package org.strongroom.schema;

/**
 * A value that its type refuses. Says why, never what: neither {@link #code} nor {@link #text}
 * holds the value. Carries no stack trace, because one is thrown for every bad value of an import.
 */
public final class InvalidValue extends Exception {
  private final String code;

  /**
   * @param code a stable word such as {@code check_digit}
   * @param text the reason, for people
   */
  public InvalidValue(String code, String text) {
    super(text, null, false, false);
    this.code = code;
  }

  /** A word that stays for ever, such as {@code check_digit}; unique within a field type. */
  public String code() {
    return code;
  }

  /** The reason for people, in English. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
