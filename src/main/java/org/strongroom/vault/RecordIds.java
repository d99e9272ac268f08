package org.strongroom.vault;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** Makes record ids: the time and a counter, inverted. Thread-safe; strictly falling. */
final class RecordIds {
  private static final int COUNTER_BITS = 16;

  private final Clock clock;
  private final AtomicLong last = new AtomicLong();

  RecordIds(Clock clock) {
    this.clock = clock;
  }

  /** Makes all further ids come before {@code newest}, should the clock have been set back. */
  void goOnFrom(RecordId newest) {
    last.accumulateAndGet(~newest.value(), Math::max);
  }

  RecordId next() {
    long now = clock.millis() << COUNTER_BITS;
    return new RecordId(~last.updateAndGet(before -> Math.max(before + 1, now)));
  }
}
