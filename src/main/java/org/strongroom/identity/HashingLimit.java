package org.strongroom.identity;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets a few password hashes run at a time, since each takes 19 MiB: without it, a crowd of
 * sign-ins would take the memory that the vault needs for its work. Thread-safe.
 */
final class HashingLimit {
  static final int AT_ONCE = 4;
  static final Duration WAIT = Duration.ofSeconds(5);

  private final Semaphore turns;
  private final Duration wait;

  HashingLimit(int atOnce, Duration wait) {
    this.turns = new Semaphore(atOnce, true);
    this.wait = wait;
  }

  /** What {@code work} gives; empty if its turn did not come in time, and it was not done. */
  <T> Optional<T> take(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      return Optional.of(work.get());
    } finally {
      turns.release();
    }
  }
}
