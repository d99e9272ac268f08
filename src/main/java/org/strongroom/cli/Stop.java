package org.strongroom.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * Lets a long command end in good order when the process is told to stop (Ctrl-C, SIGTERM): the
 * command asks between two pieces of its work, and the process waits for it to close the vault and
 * to say how far it came. Thread-safe.
 */
final class Stop implements AutoCloseable {
  /** How long the process waits: a command that reads from a pipe may be stuck there. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String WHY =
      "stopped by a signal; what was kept stays kept: run it again to finish";

  private final Console console;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean asked;
  private volatile String why = WHY;

  Stop(Console console) {
    this.console = console;
  }

  /** {@link #heed()} of a command that keeps nothing of what it has begun. */
  void heed(String whatThatMeans) {
    why = whatThatMeans;
    heed();
  }

  /** Whether the process was told to stop. */
  boolean asked() {
    return asked;
  }

  /** From now on the process waits for the command. */
  void heed() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::await, "stopping"));
  }

  /**
   * To be called between two pieces of work.
   *
   * @throws VaultException {@code INTERRUPTED} when the process was told to stop
   */
  void check() {
    if (asked) {
      throw new VaultException(ErrorCode.INTERRUPTED, why);
    }
  }

  private void await() {
    asked = true;
    try {
      if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        console.failed(ErrorCode.INTERRUPTED.code(), why, false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that the command has ended. */
  @Override
  public void close() {
    ended.countDown();
  }
}
