package org.strongroom.schema;

import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

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

  /**
   * The class with this number on disk.
   *
   * @throws VaultException {@link ErrorCode#CORRUPT} if there is none
   */
  public static Sensitivity ofCode(byte code) {
    return switch (code) {
      case 1 -> ORDINARY;
      case 2 -> SENSITIVE;
      default ->
          throw new VaultException(ErrorCode.CORRUPT, "a record names an unknown class of fields");
    };
  }

  /** The word in declarations and answers. */
  public String text() {
    return text;
  }
}
