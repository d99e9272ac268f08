package org.strongroom.store.rocksdb;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RateLimiter;
import org.strongroom.kernel.Uninterruptibly;

/**
 * How fast RocksDB may write of its own accord, which it does when it flushes and merges. After
 * very much came in that takes all of a disk for a minute or more, and a synced write waits behind
 * it: so it is held back while somebody waits for an answer. Holds native memory: closed after the
 * database. Thread-safe.
 */
final class Pace implements AutoCloseable {
  /** A second, while it is held back: half of what a slow disk takes. */
  static final long HELD_BYTES = 48L << 20;

  /** A second, else: more than any disk takes. */
  static final long FREE_BYTES = 64L << 30;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final RateLimiter limiter = new RateLimiter(FREE_BYTES);
  private @Nullable Thread looking;

  RateLimiter limiter() {
    return limiter;
  }

  /** From now on holds back whenever {@code asked} says so; it is asked by a thread of its own. */
  synchronized void giveWay(BooleanSupplier asked) {
    release();
    Thread thread = new Thread(() -> look(asked), "pace");
    thread.setDaemon(true);
    thread.start();
    looking = thread;
  }

  private void look(BooleanSupplier asked) {
    boolean held = false;
    try {
      while (true) {
        boolean hold = asked.getAsBoolean();
        if (hold != held) {
          limiter.setBytesPerSecond(hold ? HELD_BYTES : FREE_BYTES);
          held = hold;
        }
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      }
    } catch (InterruptedException e) {
      limiter.setBytesPerSecond(FREE_BYTES);
    }
  }

  /** Holds nothing back any more, and asks nobody. */
  synchronized void release() {
    Thread thread = looking;
    if (thread == null) {
      return;
    }
    looking = null;
    thread.interrupt();
    Uninterruptibly.join(thread);
  }

  @Override
  public void close() {
    release();
    limiter.close();
  }
}
