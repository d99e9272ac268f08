package org.strongroom.vault;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Lets who waits for an answer go before work in bulk. That is cut into turns of some milliseconds,
 * and while somebody asks, or did a moment ago, only so many are taken at a time that half of the
 * processors stay free: what a find needs then finds one that is idle, at each of the threads that
 * it goes through and in the system's own that bring it to disk. While nobody asks, a turn is never
 * waited for.
 *
 * <p>Bulk work never starves, however many ask: it keeps half of the processors, and at least one,
 * in the order in which it came. Thread-safe.
 */
public final class Courtesy {
  /** So long after the last question bulk work still holds back: people come in crowds. */
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final int turnsAtOnce;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private int taken;
  private volatile long askedAt;

  /**
   * @param processors how many there are
   * @param nanoTime as {@link System#nanoTime}
   */
  Courtesy(int processors, LongSupplier nanoTime) {
    this.turnsAtOnce = Math.max(1, processors / 2);
    this.nanoTime = nanoTime;
    this.askedAt = nanoTime.getAsLong() - MOMENT.toNanos();
  }

  /** Somebody asks something, and waits for the answer. */
  void asked() {
    askedAt = nanoTime.getAsLong();
  }

  /** Whether somebody asks, or did a moment ago: then bulk work goes in small steps. */
  public boolean isDue() {
    return nanosDue() > 0;
  }

  private long nanosDue() {
    return askedAt + MOMENT.toNanos() - nanoTime.getAsLong();
  }

  /**
   * Does one step of bulk work, once it has its turn. A step must not begin another. Who is
   * interrupted is to end soon and does not wait; it stays interrupted.
   *
   * @return what {@code step} returns
   */
  public <T> T inTurn(Supplier<T> step) {
    begin();
    try {
      return step.get();
    } finally {
      end();
    }
  }

  private void begin() {
    lock.lock();
    try {
      while (taken >= turnsAtOnce) {
        long due = nanosDue();
        if (due <= 0) {
          break;
        }
        long unused = changed.awaitNanos(due);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      taken++;
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      taken--;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
