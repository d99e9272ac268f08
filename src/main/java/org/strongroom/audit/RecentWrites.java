package org.strongroom.audit;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Which keys the latest writes wrote. So a condition that held when somebody read, at a write that
 * is remembered, can be told to hold still without reading again. For the sequencer's thread, but
 * {@link #last} for every one.
 */
final class RecentWrites {
  /** So many keys of writes are remembered at most: those of several runs. */
  private static final int MOST_KEYS = 1 << 21;

  private final Deque<Write> writes = new ArrayDeque<>();
  private int keys;

  /** The first write that is remembered; later ones are, too. */
  private long first = 1;

  private volatile long last;

  /** A write, with its keys by their hashes, in no order. */
  private static final class Write {
    private final long number;
    private final @Nullable Bulk writer;
    private final long[] hashes;

    Write(long number, @Nullable Bulk writer, long[] hashes) {
      this.number = number;
      this.writer = writer;
      this.hashes = hashes;
    }
  }

  /** The number of the last write, from 1; 0 before it. What is read from now on shows it. */
  long last() {
    return last;
  }

  /**
   * Remembers a write that is done.
   *
   * @param writer who sees to it that what it writes later does not collide with this
   * @return its number
   */
  long add(@Nullable Bulk writer, long[] hashes) {
    long number = last + 1;
    writes.add(new Write(number, writer, hashes));
    keys += hashes.length;
    while (keys > MOST_KEYS) {
      keys -= writes.remove().hashes.length;
      first++;
    }
    last = number;
    return number;
  }

  /**
   * There was a write that failed, so that it may be there or not: of all before nothing is told.
   */
  void addUncertain() {
    writes.clear();
    keys = 0;
    long number = last + 1;
    first = number + 1;
    last = number;
  }

  /**
   * Whether it is certain that no write after the one numbered {@code since} wrote any of {@code
   * keys}, those of {@code writer} aside.
   */
  boolean untouched(KeyHashes keys, long since, Bulk writer) {
    if (since == last) {
      return true;
    }
    if (since + 1 < first) {
      return false;
    }
    for (Write write : writes) {
      if (write.number > since && write.writer != writer) {
        for (long hash : write.hashes) {
          if (keys.has(hash)) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
