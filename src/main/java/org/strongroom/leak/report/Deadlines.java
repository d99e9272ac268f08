package org.strongroom.leak.report;

import java.time.Duration;
import java.time.Instant;

/** By when the law asks for notices, counted from the moment at which one became aware. */
final class Deadlines {
  /** GDPR Art. 33 (1): where feasible, not later than 72 hours. */
  static final Duration GDPR_AUTHORITY = Duration.ofDays(3);

  private Deadlines() {}

  static Instant gdprAuthority(Instant aware) {
    return aware.plus(GDPR_AUTHORITY);
  }
}
