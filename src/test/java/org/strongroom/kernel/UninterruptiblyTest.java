package org.strongroom.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That nobody frees what a thread still uses because he was interrupted. */
final class UninterruptiblyTest {
  private final CountDownLatch asked = new CountDownLatch(1);
  private volatile boolean ended;

  @AfterEach
  void clear() {
    boolean unused = Thread.interrupted();
  }

  /** Ends once it sees that the caller, who was interrupted before, waits all the same. */
  private Runnable until(Thread caller) {
    return () -> {
      while (caller.getState() == Thread.State.RUNNABLE || caller.isInterrupted()) {
        Thread.onSpinWait();
      }
      ended = true;
    };
  }

  @Test
  void join_interruptedCaller_waitsForTheThreadAndStaysInterrupted() {
    Thread thread = new Thread(until(Thread.currentThread()));
    Thread.currentThread().interrupt();
    thread.start();
    Uninterruptibly.join(thread);
    assertThat(ended).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void join_interruptedCaller_waitsForThePoolAndStaysInterrupted() {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    pool.execute(until(Thread.currentThread()));
    pool.shutdown();
    Thread.currentThread().interrupt();
    Uninterruptibly.join(pool);
    assertThat(ended).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void join_nobodyInterrupts_leavesTheCallerSo() {
    Thread thread = new Thread(asked::countDown);
    thread.start();
    Uninterruptibly.join(thread);
    Uninterruptibly.join(new Thread(asked::countDown));
    assertThat(asked.getCount()).isZero();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
