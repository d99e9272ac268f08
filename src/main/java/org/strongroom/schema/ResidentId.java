package org.strongroom.schema;

import java.time.LocalDate;

/**
 * What a canonical citizen identification number says. Source: GB 11643-1999. Its 18 characters are
 * six digits of the place of first registration (GB/T 2260), eight of the birth date, three of a
 * sequence that is odd for men and even for women, and a check character by ISO 7064 MOD 11-2.
 */
public final class ResidentId {
  /** Characters in canonical form. */
  public static final int LENGTH = 18;

  private static final String CHECK_CHARACTERS = "10X98765432";
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

  private ResidentId() {}

  /** The check character for the 17 digits that {@code digits} begins with. */
  public static char checkCharacter(CharSequence digits) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += (digits.charAt(i) - '0') * WEIGHTS[i];
    }
    return CHECK_CHARACTERS.charAt(sum % 11);
  }

  /** The birth date of a canonical number. */
  public static LocalDate birthDate(String canonical) {
    return LocalDate.of(
        CalendarDay.number(canonical, 6, 10),
        CalendarDay.number(canonical, 10, 12),
        CalendarDay.number(canonical, 12, 14));
  }

  /** Whether a canonical number is a man's. */
  public static boolean isMale(String canonical) {
    return ((canonical.charAt(16) - '0') & 1) == 1;
  }
}
