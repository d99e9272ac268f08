package org.strongroom.vault;

/** How a value of a sample compares with what is held of the same field. */
public enum Likeness {
  /** The sample says nothing, or nothing that can be compared. */
  ABSENT(0),
  /** What is held now. */
  EQUAL_NOW(1),
  /** What was held before. */
  EQUAL_BEFORE(2),
  /** Nearly what is or was held, by the type's own measure. */
  NEAR(3),
  /** None of what was ever held. */
  DIFFERENT(4),
  /** The subject never had a value there. */
  NOT_HELD(5);

  /** How many there are; codes are below this. */
  public static final int COUNT = 6;

  private static final Likeness[] BY_CODE = values();

  private final int code;

  Likeness(int code) {
    this.code = code;
  }

  /** A small number for it, from 0. */
  public int code() {
    return code;
  }

  /** The one with that code. */
  public static Likeness of(int code) {
    return BY_CODE[code];
  }
}
