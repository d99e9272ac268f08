package org.strongroom.schema;

import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A check that looks at one record's canonical values together.
 *
 * @param rule whether something is wrong
 * @param problem what to say then; the same for every record
 * @param error whether the record is refused then, or only gets a warning
 */
record CrossCheck(Rule rule, Problem problem, boolean error) {

  /** Pure, thread-safe. A rule whose fields are not all present is kept. */
  interface Rule {
    /** Whether the canonical {@code values}, by position, contradict each other. */
    boolean broken(@Nullable String[] values);
  }

  /** The date at {@code date} is the birth date that the ID number at {@code id} holds. */
  static Rule birthDateAgrees(int date, int id) {
    return values -> {
      String day = values[date];
      String number = values[id];
      return day != null
          && number != null
          && !(number.regionMatches(6, day, 0, 4)
              && number.regionMatches(10, day, 5, 2)
              && number.regionMatches(12, day, 8, 2));
    };
  }

  /** {@code male} or {@code female} at {@code sex} is what the ID number at {@code id} says. */
  static Rule sexAgrees(int sex, int id) {
    return values -> {
      String number = values[id];
      return number != null
          && Objects.equals(values[sex], ResidentId.isMale(number) ? "female" : "male");
    };
  }

  /** The date at {@code date} has begun somewhere on earth. */
  static Rule dateNotInFuture(int date, Clock clock) {
    return values -> {
      String day = values[date];
      return day != null
          && CalendarDay.isFuture(
              CalendarDay.number(day, 0, 4),
              CalendarDay.number(day, 5, 7),
              CalendarDay.number(day, 8, 10),
              clock);
    };
  }

  /** The moment at {@code timestamp} is past. */
  static Rule timestampNotInFuture(int timestamp, Clock clock) {
    return values -> {
      String moment = values[timestamp];
      return moment != null && TimestampType.instant(moment).isAfter(clock.instant());
    };
  }
}
