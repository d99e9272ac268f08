package org.strongroom.leak;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Uninterruptibly;
import org.strongroom.kernel.VaultException;

/** How the threads of a check, or of a registration, end. */
public final class Workers {
  private Workers() {}

  /**
   * Stops a pool, and returns once none of its threads runs any more: what they read and write, a
   * snapshot and scratch files, may be freed then and not before.
   */
  public static void end(ExecutorService pool) {
    pool.shutdownNow();
    Uninterruptibly.join(pool);
  }

  static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "leak-check");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * @throws VaultException {@code CANCELLED}
   */
  static void requireGoingOn(LeakProgress progress) {
    if (progress.cancelled() || Thread.currentThread().isInterrupted()) {
      throw new VaultException(ErrorCode.CANCELLED, "the check was cancelled; nothing was kept");
    }
  }

  /** What a worker made, or why it failed. */
  static <T> T result(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VaultException(ErrorCode.CANCELLED, "the check was cancelled; nothing was kept", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof VaultException fault) {
        throw fault;
      }
      if (e.getCause() instanceof IOException fault) {
        throw fault;
      }
      throw new BugException("a part of a leak check failed", e.getCause());
    }
  }
}
