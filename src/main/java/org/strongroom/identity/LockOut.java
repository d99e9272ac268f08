package org.strongroom.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Slows down the guessing of passwords, name by name, whether or not the name is a user's: after
 * the fifth failure a second must pass before the next try is looked at, then two, then four, up to
 * 15 minutes. A success, or a day without a try, starts afresh. Thread-safe.
 *
 * <p>Kept in memory alone, for {@value #MOST_NAMES} names; beyond that the one untried for longest
 * is forgotten. To make it forget one name an attacker thus pays that many password hashes.
 */
final class LockOut {
  static final int MOST_NAMES = 1 << 16;
  static final int FREE_FAILURES = 4;
  static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  static final Duration LONGEST_DELAY = Duration.ofMinutes(15);
  static final Duration FORGET_AFTER = Duration.ofDays(1);

  private record Failures(int count, Instant last, Instant lockedUntil) {}

  private final Clock clock;
  private final Map<String, Failures> byName =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MOST_NAMES;
        }
      };

  LockOut(Clock clock) {
    this.clock = clock;
  }

  /**
   * Begins a try. It counts as a failure from now on, so that many tries at once get no further
   * than one after another; {@link #succeeded} or {@link #withdrawn} takes that back.
   *
   * @return empty if the try may go on; otherwise how long to wait, and the try was not counted
   */
  synchronized Optional<Duration> begin(String name) {
    Instant now = clock.instant();
    @Nullable Failures before = byName.get(name);
    if (before != null && now.isBefore(before.lockedUntil())) {
      return Optional.of(Duration.between(now, before.lockedUntil()));
    }
    boolean afresh = before == null || !now.isBefore(before.last().plus(FORGET_AFTER));
    int count = afresh || before == null ? 1 : before.count() + 1;
    byName.put(name, new Failures(count, now, now.plus(delayAfter(count))));
    return Optional.empty();
  }

  /** The try begun before was right. */
  synchronized void succeeded(String name) {
    byName.remove(name);
  }

  /** The try begun before was not made after all. */
  synchronized void withdrawn(String name) {
    @Nullable Failures begun = byName.get(name);
    if (begun != null) {
      byName.put(name, new Failures(begun.count() - 1, begun.last(), begun.last()));
    }
  }

  synchronized int names() {
    return byName.size();
  }

  private static Duration delayAfter(int failures) {
    if (failures <= FREE_FAILURES) {
      return Duration.ZERO;
    }
    // Ten doublings of a second are more than the longest delay.
    int doublings = Math.min(failures - FREE_FAILURES - 1, 10);
    Duration delay = FIRST_DELAY.multipliedBy(1L << doublings);
    return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
  }
}
