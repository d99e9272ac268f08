package org.strongroom.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BugException;

/**
 * Does the work of all who come at one time together: the first of them leads and does it for his
 * share of those in line, who wait. Many gets in a row take a fraction of what each takes on a
 * thread of its own, between other work that has filled the processor's caches. Who comes alone
 * leads at once, and waits for nobody. Thread-safe.
 */
final class Crowd<T extends Crowd.Caller> {
  /** Bounds on one group, so that no caller waits long for the others. */
  private static final int MAX_GROUP = 256;

  /** So many are not parted among leaders: the gain is in many gets in a row. */
  private static final int FEW = 8;

  private final int mostLeaders;
  private final Semaphore leaders;
  private final Work<T> work;
  private final Queue<T> line = new ConcurrentLinkedQueue<>();

  /** What is done for a group. */
  interface Work<T> {
    /**
     * Answers each of the group, now or later, on any thread. Where this throws, who has no answer
     * yet gets what was thrown.
     */
    void on(List<T> group);
  }

  /** Who waits for an answer: the thread that makes it. */
  abstract static class Caller {
    private final Thread thread = Thread.currentThread();
    private volatile boolean appointed;
    private volatile boolean answered;
    private @Nullable Throwable failure;

    /** There is an answer: the caller sees what was written before. */
    final void answered() {
      answered = true;
      LockSupport.unpark(thread);
    }

    /** There will be none. Heard only before {@link #answered}. */
    final void failed(Throwable why) {
      if (!answered) {
        failure = why;
        answered();
      }
    }

    private void appoint() {
      appointed = true;
      LockSupport.unpark(thread);
    }

    private boolean isAppointed() {
      return appointed;
    }

    private boolean isAnswered() {
      return answered;
    }

    private void throwFailure() {
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure != null) {
        throw new BugException("the work for a crowd failed", failure);
      }
    }
  }

  /**
   * @param leaders how many may lead at a time, from 1
   */
  Crowd(int leaders, Work<T> work) {
    this.mostLeaders = leaders;
    this.leaders = new Semaphore(leaders);
    this.work = work;
  }

  /**
   * Returns once the caller was answered. An interrupt does not end the wait, and is kept.
   *
   * @throws RuntimeException what the caller {@linkplain Caller#failed failed} with
   */
  void await(T caller) {
    Caller own = caller;
    line.add(caller);
    appoint();
    boolean led = false;
    boolean interrupted = false;
    while (!own.isAnswered()) {
      if (own.isAppointed() && !led) {
        // Its own group has it in it: it is answered later, and does not lead again.
        led = true;
        lead(caller);
      } else {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    own.throwFailure();
  }

  /** How many wait for a leader. */
  int inLine() {
    return line.size();
  }

  /** Lets the first in line lead, where one more may. */
  private void appoint() {
    while (!line.isEmpty() && leaders.tryAcquire()) {
      @Nullable Caller first = line.poll();
      if (first != null) {
        first.appoint();
        return;
      }
      leaders.release();
    }
  }

  // It only makes groups larger, and nothing relies on it.
  @SuppressWarnings("ThreadPriorityCheck")
  private void lead(T leader) {
    List<T> group = new ArrayList<>();
    group.add(leader);
    try {
      // Who is about to come gets in line before.
      Thread.yield();
      int share = Math.min(MAX_GROUP, Math.max(FEW, 1 + line.size() / mostLeaders));
      @Nullable T next = line.poll();
      while (next != null) {
        group.add(next);
        next = group.size() < share ? line.poll() : null;
      }
      // Who is left is for another leader, so that its processor has work meanwhile.
      appoint();
      work.on(group);
    } catch (RuntimeException | Error e) {
      group.forEach(one -> one.failed(e));
    } finally {
      leaders.release();
      appoint();
    }
  }
}
