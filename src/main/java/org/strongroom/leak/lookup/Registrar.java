package org.strongroom.leak.lookup;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.strongroom.audit.Change;
import org.strongroom.audit.Entry;
import org.strongroom.crypto.Randomness;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.Workers;

/**
 * Registers a leak: makes the lookup key of every identifier in a sample, and keeps those alone.
 *
 * <pre>
 * one thread        reads the identifiers, leaves out most that came before
 * workers           make the keys                          (side by side; the most work)
 * scratch file      sorts them, veiled
 * the first thread  writes ranges, some thousand an entry; then the leak is answered
 * </pre>
 *
 * Nothing is written before the sample was read to its end. What breaks afterwards leaves a leak
 * that is withdrawn. Memory does not grow with the sample. Thread-safe.
 */
public final class Registrar {
  /** What one entry writes at most. */
  static final int MAX_ROWS = 4096;

  private static final int MAX_ENTRY_BYTES = 4 << 20;
  private static final int BATCH = 256;
  private static final int BATCHES_PER_WORKER = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

  private final RegisteredLeaks leaks;
  private final LeakRanges ranges;
  private final LookupKeys keys;
  private final Randomness random;
  private final int workers;

  /** The identifiers of a sample, in any order, perhaps repeated. For one thread. */
  public interface Source {
    /** The next one; null at the end. */
    @Nullable Identifier next() throws IOException;
  }

  /** Hears how far it is, and is asked whether it is still wanted. Called by one thread, often. */
  public interface Progress {
    /** Told again and again how many identifiers were read. */
    void at(long identifiers);

    /** Whether to give up. */
    boolean cancelled();
  }

  /**
   * @param workers how many threads make keys
   */
  public Registrar(
      RegisteredLeaks leaks, LeakRanges ranges, LookupKeys keys, Randomness random, int workers) {
    this.leaks = leaks;
    this.ranges = ranges;
    this.keys = keys;
    this.random = random;
    this.workers = workers;
  }

  /**
   * Registers what {@code source} holds. When this returns, it is durable and answered.
   *
   * @throws VaultException {@code BAD_REQUEST} when there is no identifier in it; {@code CANCELLED}
   * @throws IOException when the source or the scratch file cannot be read
   */
  Leak register(Entry.By by, LeakDraft draft, Source source, Progress progress) throws IOException {
    try (KeySpill spill = new KeySpill(random)) {
      if (collect(source, spill, progress) == 0) {
        throw new VaultException(
            ErrorCode.BAD_REQUEST,
            "the sample holds no e-mail address, telephone number or ID number");
      }
      Leak leak = leaks.begin(by, draft);
      try {
        Writing writing = new Writing(by, leak, progress);
        spill.ranges(writing);
        writing.flush();
        return leaks.complete(by, leak, writing.extents());
      } catch (IOException | RuntimeException | Error e) {
        abandon(by, leak);
        throw e;
      }
    }
  }

  private void abandon(Entry.By by, Leak leak) {
    try {
      Leak unused = leaks.withdraw(by, leak.number());
    } catch (RuntimeException e) {
      LOG.warn("leak {} stays as it is: {}", leak.number(), e.getMessage());
    }
  }

  // ---- making keys -------------------------------------------------------------------------

  /** How many identifiers were read. */
  private long collect(Source source, KeySpill spill, Progress progress) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(workers, Registrar::daemon);
    try {
      Deque<Future<Integer>> underWay = new ArrayDeque<>();
      Repeats repeats = new Repeats();
      List<Identifier> batch = new ArrayList<>(BATCH);
      long read = 0;
      for (Identifier next = source.next(); next != null; next = source.next()) {
        read++;
        if (!repeats.again(next)) {
          batch.add(next);
        }
        if (batch.size() == BATCH) {
          underWay.add(hand(pool, batch, spill));
          batch = new ArrayList<>(BATCH);
          if (underWay.size() > workers * BATCHES_PER_WORKER) {
            await(underWay.remove());
          }
        }
        if (read % BATCH == 0) {
          progress.at(read);
          requireGoingOn(progress);
        }
      }
      underWay.add(hand(pool, batch, spill));
      while (!underWay.isEmpty()) {
        await(underWay.remove());
        requireGoingOn(progress);
      }
      progress.at(read);
      return read;
    } finally {
      Workers.end(pool);
    }
  }

  private Future<Integer> hand(ExecutorService pool, List<Identifier> batch, KeySpill spill) {
    return pool.submit(
        () -> {
          for (Identifier each : batch) {
            if (Thread.currentThread().isInterrupted()) {
              break;
            }
            spill.add(each.kind(), keys.key(each));
          }
          return batch.size();
        });
  }

  private static void await(Future<Integer> batch) throws IOException {
    try {
      int unused = batch.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof VaultException fault) {
        throw fault;
      }
      if (e.getCause() instanceof IOException fault) {
        throw fault;
      }
      throw new BugException("making lookup keys failed", e.getCause());
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "leak-register");
    thread.setDaemon(true);
    return thread;
  }

  private static void requireGoingOn(Progress progress) {
    if (progress.cancelled() || Thread.currentThread().isInterrupted()) {
      throw cancelled();
    }
  }

  private static VaultException cancelled() {
    return new VaultException(ErrorCode.CANCELLED, "cancelled; the leak is not registered");
  }

  // ---- writing -----------------------------------------------------------------------------

  /** Gathers ranges into entries, and counts. */
  private final class Writing implements KeySpill.Sink {
    private final Entry.By by;
    private final Leak leak;
    private final Progress progress;
    private final Map<LookupKind, Leak.Extent> extents = new EnumMap<>(LookupKind.class);
    private Change change = new Change();
    private long bytes;

    Writing(Entry.By by, Leak leak, Progress progress) {
      this.by = by;
      this.leak = leak;
      this.progress = progress;
    }

    @Override
    public void range(LookupKind kind, int range, byte[] suffixes) {
      int count = suffixes.length / LookupKey.SUFFIX_BYTES;
      extents.merge(
          kind,
          new Leak.Extent(kind, count, count),
          (before, one) ->
              new Leak.Extent(
                  kind, before.identifiers() + count, Math.max(before.largestRange(), count)));
      ranges.put(change, leak.number(), kind, range, suffixes);
      bytes += suffixes.length;
      if (change.committed() == MAX_ROWS || bytes >= MAX_ENTRY_BYTES) {
        flush();
      }
    }

    void flush() {
      requireGoingOn(progress);
      if (change.committed() > 0) {
        leaks.write(by, leak, change);
        change = new Change();
        bytes = 0;
      }
    }

    List<Leak.Extent> extents() {
      return List.copyOf(extents.values());
    }
  }
}
