package org.strongroom.kernel;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Waits for threads to end although the caller is interrupted: for who frees afterwards what they
 * use. Who was interrupted meanwhile still is when the wait is over.
 */
public final class Uninterruptibly {
  private Uninterruptibly() {}

  private interface Wait {
    /** Whether it is over; false to wait on. */
    boolean isOver() throws InterruptedException;
  }

  /** Returns once {@code thread} has ended, or when it was never started. */
  public static void join(Thread thread) {
    await(
        () -> {
          thread.join();
          return true;
        });
  }

  /**
   * Returns once no thread of {@code pool} runs any more.
   *
   * @param pool shut down
   */
  public static void join(ExecutorService pool) {
    await(() -> pool.awaitTermination(1, TimeUnit.MINUTES));
  }

  private static void await(Wait wait) {
    boolean over = false;
    boolean interrupted = false;
    while (!over) {
      try {
        over = wait.isOver();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
