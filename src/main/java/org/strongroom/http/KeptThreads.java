package org.strongroom.http;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;

/**
 * Threads that wait for the next task when they are done with one, virtual ones too: libraries keep
 * ciphers and generators by thread, which cost more to make anew for each request than the request
 * itself. As many are kept as ever were busy at a time. Thread-safe.
 */
final class KeptThreads implements Executor {
  private final Executor fresh;
  private final SynchronousQueue<Runnable> handOver = new SynchronousQueue<>();

  /**
   * @param fresh starts a thread for each task
   */
  KeptThreads(Executor fresh) {
    this.fresh = fresh;
  }

  @Override
  public void execute(Runnable task) {
    if (!handOver.offer(task)) {
      fresh.execute(() -> work(task));
    }
  }

  private void work(Runnable first) {
    try {
      for (Runnable task = first; ; task = handOver.take()) {
        task.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
