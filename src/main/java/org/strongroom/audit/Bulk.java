package org.strongroom.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.strongroom.store.Store;

/**
 * A writer of very many entries, in runs: each goes into the log and the store as a whole, sorted
 * and written beside the store before, so that others wait for it only briefly. Its changes are
 * planned side by side and ahead of their turn, so each says what had been written when its
 * planning began; what came after is held against it by memory, not by reading again. For one
 * thread; one run may be appended by another thread while the next is gathered.
 */
public final class Bulk {
  /** So many runs that were appended are held against what was planned meanwhile. */
  private static final int REMEMBERED = 4;

  private final Store store;
  private final EntryCodec codec;
  private final LogIndex index;
  private final Deque<Run> runs = new ArrayDeque<>();

  /** The number of the newest write among those that are no more remembered. */
  private long forgotten;

  Bulk(Store store, EntryCodec codec, LogIndex index) {
    this.store = store;
    this.codec = codec;
    this.index = index;
  }

  /**
   * Makes an entry ready for a run. May be called by any thread; neither entry nor change is kept.
   *
   * @param began what {@link Sequencer#writes} was before the change was planned
   * @throws org.strongroom.kernel.VaultException {@code TOO_LARGE} for an entry that is too long
   */
  public Ready prepare(Entry entry, Change change, long began) {
    return new Ready(
        SealedEntry.of(entry, change, codec, index),
        store.pack(change.batch()),
        hashes(change.conditions()),
        hashes(change.claims()),
        began);
  }

  private static long[] hashes(List<Change.Key> keys) {
    long[] out = new long[keys.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = keys.get(i).hash();
    }
    return out;
  }

  /** An entry with its change, sealed and packed. Immutable. */
  public static final class Ready {
    private final SealedEntry entry;
    private final Store.Rows rows;
    private final long[] conditions;
    private final long[] claims;
    private final long began;

    private Ready(
        SealedEntry entry, Store.Rows rows, long[] conditions, long[] claims, long began) {
      this.entry = entry;
      this.rows = rows;
      this.conditions = conditions;
      this.claims = claims;
      this.began = began;
    }
  }

  /** Begins the next run. */
  public Run begin() {
    Run run = new Run();
    runs.add(run);
    while (runs.size() > REMEMBERED) {
      forgotten = Math.max(forgotten, runs.remove().written);
    }
    return run;
  }

  /** Entries with their changes, in order, on their way into the log. */
  public final class Run implements AutoCloseable {
    private static final long NOT_YET = Long.MAX_VALUE;
    private static final long NEVER = 0;

    private final Store.Run rows = store.newRun();
    private final List<SealedEntry> entries = new ArrayList<>();
    private final KeyHashes conditions = new KeyHashes();
    private final KeyHashes writes = new KeyHashes();
    private long seen = Long.MAX_VALUE;

    /** The number of the write that this became. */
    private volatile long written = NOT_YET;

    private Run() {}

    /**
     * Adds an entry with its change.
     *
     * @return false when it was not added, since an earlier one of this writer wrote meanwhile what
     *     it demands to be absent, or may have: the caller appends the run and plans anew
     */
    public boolean add(Ready ready) {
      if (ready.began < forgotten || clashes(ready)) {
        return false;
      }
      entries.add(ready.entry);
      for (long hash : ready.conditions) {
        conditions.add(hash);
      }
      for (long hash : ready.claims) {
        writes.add(hash);
      }
      rows.add(ready.rows);
      seen = Math.min(seen, ready.began);
      return true;
    }

    private boolean clashes(Ready ready) {
      for (Run run : runs) {
        if (run.written > ready.began) {
          for (long hash : ready.conditions) {
            if (run.writes.has(hash)) {
              return true;
            }
          }
        }
      }
      return false;
    }

    /** The size of its rows so far. */
    public long bytes() {
      return rows.bytes();
    }

    /** How many entries it has. */
    public int size() {
      return entries.size();
    }

    /** Sorts and writes what was added, which is most of the work. No more can be added. */
    public void finish() {
      rows.finish();
    }

    Store.Run rows() {
      return rows;
    }

    List<SealedEntry> entries() {
      return entries;
    }

    /** Whether all conditions hold for certain. */
    boolean holds(RecentWrites recent) {
      return recent.untouched(conditions, seen, Bulk.this);
    }

    void written(RecentWrites recent) {
      written = recent.add(Bulk.this, writes.toArray());
    }

    /** Gives up what was not appended. Idempotent. */
    @Override
    public void close() {
      if (written == NOT_YET) {
        written = NEVER;
      }
      rows.close();
    }
  }
}
