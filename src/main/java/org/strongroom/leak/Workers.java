package org.strongroom.leak;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** How the threads of a check end. */
final class Workers {
  private Workers() {}

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
