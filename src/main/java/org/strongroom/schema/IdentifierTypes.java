package org.strongroom.schema;

import java.time.Clock;

/** The types of values that name one person, for use without a collection. Thread-safe. */
public final class IdentifierTypes {
  private IdentifierTypes() {}

  /** E-mail addresses; see the notes of the type on what is refused. */
  public static FieldType email() {
    return new EmailType();
  }

  /**
   * Telephone numbers.
   *
   * @param region of numbers without a country code: ISO 3166-1 alpha-2
   */
  public static FieldType phone(String region) {
    return new PhoneType(region);
  }

  /**
   * Chinese resident identity numbers.
   *
   * @param clock since nobody is born in the future
   */
  public static FieldType residentId(Clock clock) {
    return new ResidentIdType(clock);
  }
}
