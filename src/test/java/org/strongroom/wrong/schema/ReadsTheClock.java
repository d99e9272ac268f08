package org.strongroom.wrong.schema;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.NullMarked;

/** Wrong: takes the time from the system. */
@NullMarked
public final class ReadsTheClock {
  private ReadsTheClock() {}

  public static Instant instant() {
    return Instant.now();
  }

  public static LocalDate day() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  public static long millis() {
    return System.currentTimeMillis();
  }

  public static Clock system() {
    return Clock.systemUTC();
  }

  /** Right: by a clock that comes in. */
  public static Instant told(Clock clock) {
    return Instant.now(clock);
  }
}
