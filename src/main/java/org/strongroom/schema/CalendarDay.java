package org.strongroom.schema;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;

/** Arithmetic on days of the proleptic Gregorian calendar (ISO 8601), without allocation. */
final class CalendarDay {
  /** The first zone to begin a day: what has not begun there lies in the future for everybody. */
  private static final ZoneOffset FIRST = ZoneOffset.ofHours(14);

  private CalendarDay() {}

  static boolean isReal(int year, int month, int day) {
    if (month < 1 || month > 12 || day < 1 || year < 1 || year > 9999) {
      return false;
    }
    return switch (month) {
      case 2 -> day <= (IsoChronology.INSTANCE.isLeapYear(year) ? 29 : 28);
      case 4, 6, 9, 11 -> day <= 30;
      default -> day <= 31;
    };
  }

  /** Whether the day has begun nowhere on earth. */
  static boolean isFuture(int year, int month, int day, Clock clock) {
    LocalDate latest = LocalDate.ofInstant(Instant.ofEpochMilli(clock.millis()), FIRST);
    int today = latest.getYear() * 10_000 + latest.getMonthValue() * 100 + latest.getDayOfMonth();
    return year * 10_000 + month * 100 + day > today;
  }

  /** The decimal number in {@code text[from, to)}; -1 if something there is no ASCII digit. */
  static int number(String text, int from, int to) {
    int out = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      out = out * 10 + digit;
    }
    return out;
  }
}
