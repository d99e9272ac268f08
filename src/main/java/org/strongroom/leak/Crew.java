package org.strongroom.leak;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the threads of a pool work with: each task borrows one, so that there are as many as tasks
 * at a time. Thread-safe, but for the end: {@link #all} and {@link #close} are for when no task
 * runs any more.
 */
final class Crew<T extends Closeable> implements Closeable {
  private final Supplier<T> hiring;
  private final ConcurrentLinkedQueue<T> idle = new ConcurrentLinkedQueue<>();
  private final List<T> all = new ArrayList<>();

  Crew(Supplier<T> hiring) {
    this.hiring = hiring;
  }

  /** Something to do. */
  interface Task<T> {
    void with(T member) throws IOException;
  }

  /** Does it. What a failed task leaves behind is not used again. */
  void run(Task<T> task) throws IOException {
    @Nullable T free = idle.poll();
    T member = free == null ? hired() : free;
    task.with(member);
    idle.add(member);
  }

  private T hired() {
    T member = hiring.get();
    synchronized (all) {
      all.add(member);
    }
    return member;
  }

  /** All that were ever borrowed. */
  List<T> all() {
    return all;
  }

  /** Closes them, which writes what they hold. */
  @Override
  public void close() throws IOException {
    for (T member : all) {
      member.close();
    }
  }
}
