package org.strongroom.leak.judge;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times in words, as days in UTC. */
final class Days {
  private static final DateTimeFormatter FULL = format("d MMMM yyyy");
  private static final DateTimeFormatter WITHIN_YEAR = format("d MMMM");
  private static final DateTimeFormatter WITHIN_MONTH = format("d");

  private Days() {}

  /** As in "taken between 2 and 9 March 2026". */
  static String between(Instant from, @Nullable Instant to) {
    return to == null ? "on or after " + FULL.format(day(from)) : words(from, to, "between ");
  }

  /** As in "true from 2 to 9 March 2026". */
  static String during(Instant from, @Nullable Instant to) {
    return to == null ? "since " + FULL.format(day(from)) : words(from, to, "from ");
  }

  /**
   * @param to the first moment that is out
   */
  private static String words(Instant from, Instant to, String word) {
    LocalDate first = day(from);
    LocalDate last = day(to.minusMillis(1));
    if (first.equals(last)) {
      return "on " + FULL.format(last);
    }
    boolean year = first.getYear() == last.getYear();
    boolean month = year && first.getMonth() == last.getMonth();
    DateTimeFormatter begin = month ? WITHIN_MONTH : year ? WITHIN_YEAR : FULL;
    return word
        + begin.format(first)
        + (word.equals("between ") ? " and " : " to ")
        + FULL.format(last);
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }
}
