package org.strongroom.schema;

/**
 * How much harm a leak of a field does. The fields of one class are sealed together, as one part of
 * a record, so the class decides what has to be opened to show a field; who sees it, and masked or
 * not, is the policy's word. "Sensitive personal information" is meant as in Article 28 of the
 * Personal Information Protection Law of China (PIPL, 2021): biometrics, religion, specific
 * identity, medical and financial facts, whereabouts, and anything of a child under 14.
 */
public enum Sensitivity {
  ORDINARY(1, "ordinary"),
  SENSITIVE(2, "sensitive");

  private final byte code;
  private final String text;

  Sensitivity(int code, String text) {
    this.code = (byte) code;
    this.text = text;
  }

  /** The number on disk, for ever. */
  public byte code() {
    return code;
  }

  /** The word in declarations and answers. */
  public String text() {
    return text;
  }
}
