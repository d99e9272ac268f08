package org.strongroom.ingest;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Uninterruptibly;
import org.strongroom.vault.BulkKeeping;

/**
 * Keeps prepared batches in input order, many at a time: gathers them into a run, and while one run
 * is sorted and written, the next. For one thread. Runs grow from small ones, so that a small
 * import is kept in parts, too, and a large one in few; none waits long for more input.
 */
final class RunKeeper implements AutoCloseable {
  private static final long FIRST_BYTES = 2 << 20;
  private static final long MOST_BYTES = 64 << 20;

  /** While somebody asks: a find waits for as long as a run is taken in. */
  private static final long MOST_BYTES_IN_COMPANY = 16 << 20;

  private static final long MOST_RAW_BYTES = 64 << 20;

  /** However little there is of it to write. */
  private static final int MOST_BATCHES = 256;

  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final ExecutorService writer;
  private final Preparing preparing;
  private final Written written;
  private final BulkKeeping bulk;
  private long bytes = FIRST_BYTES;
  private @Nullable Gathered gathering;
  private @Nullable Gathered writing;
  private @Nullable Future<List<Preparing.Done>> done;

  /** Hears what was kept, in input order. */
  interface Written {
    /**
     * A batch is kept.
     *
     * @param receipt null when nothing of it was to be kept
     */
    void accept(Prepared.Outcome outcome, @Nullable Receipt receipt) throws IOException;
  }

  /** A run and what each of its batches comes to once it is kept. */
  private final class Gathered implements AutoCloseable {
    private final BulkKeeping.Run run = bulk.begin();
    private final List<Prepared.Outcome> outcomes = new ArrayList<>();

    /** Whether a batch is in the run; of some nothing is to be kept. */
    private final List<Boolean> planned = new ArrayList<>();

    private final long begun = System.nanoTime();
    private long rawBytes;

    boolean takes(Prepared batch) {
      BulkKeeping.@Nullable Ready ready = batch.ready();
      return ready == null || run.add(ready);
    }

    void add(Prepared batch) {
      outcomes.add(batch.outcome());
      planned.add(batch.ready() != null);
      rawBytes += batch.outcome().raw().bytes();
    }

    boolean isFull() {
      return run.bytes()
              >= (bulk.courtesy().isDue() ? Math.min(bytes, MOST_BYTES_IN_COMPANY) : bytes)
          || rawBytes >= MOST_RAW_BYTES
          || outcomes.size() >= MOST_BATCHES
          || System.nanoTime() - begun >= LONGEST.toNanos();
    }

    @Override
    public void close() {
      run.close();
    }
  }

  /**
   * @param writer of one thread; ended by {@link #close}
   * @param preparing prepares a batch once more where that is needed
   */
  RunKeeper(BulkKeeping bulk, ExecutorService writer, Preparing preparing, Written written) {
    this.bulk = bulk;
    this.writer = writer;
    this.preparing = preparing;
    this.written = written;
  }

  /** Takes the next batch of the input. */
  void add(Prepared batch) throws IOException {
    if (gathering == null) {
      gathering = new Gathered();
    }
    Gathered into = gathering;
    if (into.takes(batch)) {
      into.add(batch);
    } else {
      // It was planned before something that it speaks of was decided by a batch before it.
      flush();
      into = new Gathered();
      gathering = into;
      Prepared again = preparing.again(batch.outcome().raw());
      if (!into.takes(again)) {
        throw new BugException("a fresh plan collides with nothing");
      }
      into.add(again);
    }
    if (into.isFull()) {
      handOver();
    }
  }

  /** Keeps all that was added. */
  void flush() throws IOException {
    handOver();
    await();
  }

  private void handOver() throws IOException {
    await();
    Gathered full = gathering;
    if (full != null) {
      gathering = null;
      writing = full;
      bytes = Math.min(2 * bytes, MOST_BYTES);
      done = writer.submit(() -> keep(full));
    }
  }

  private void await() throws IOException {
    Future<List<Preparing.Done>> ending = done;
    if (ending != null && writing != null) {
      List<Preparing.Done> all = Importer.result(ending);
      writing.close();
      done = null;
      writing = null;
      for (Preparing.Done each : all) {
        written.accept(each.outcome(), each.receipt());
      }
    }
  }

  private List<Preparing.Done> keep(Gathered gathered) {
    Optional<List<Receipt>> receipts = gathered.run.keep();
    List<Preparing.Done> out = new ArrayList<>(gathered.outcomes.size());
    int next = 0;
    for (int i = 0; i < gathered.outcomes.size(); i++) {
      Prepared.Outcome outcome = gathered.outcomes.get(i);
      if (!gathered.planned.get(i)) {
        out.add(new Preparing.Done(outcome, null));
      } else if (receipts.isPresent()) {
        out.add(new Preparing.Done(outcome, receipts.get().get(next++)));
      } else {
        // Somebody else wrote to the same subjects meanwhile; batch by batch there is an end to it.
        out.add(preparing.keepAlone(outcome.raw()));
      }
    }
    return out;
  }

  /** Gives up what was not kept, once what is being kept is done. */
  @Override
  public void close() {
    writer.shutdown();
    Uninterruptibly.join(writer);
    if (gathering != null) {
      gathering.close();
    }
    if (writing != null) {
      writing.close();
    }
  }
}
