package org.strongroom.vault;

import java.util.List;
import java.util.Optional;
import org.strongroom.audit.Bulk;
import org.strongroom.audit.Receipt;
import org.strongroom.audit.Sequencer;

/**
 * Keeps batches in runs: very many records at a time, for a fraction of what they cost batch by
 * batch. A run is kept whole or not at all; each batch has an entry of its own in the log. Made by
 * {@link Vault#bulk}. Thread-safe; its runs are for one thread, but a run may be kept by another
 * thread while the next is gathered.
 */
public final class BulkKeeping {
  private final Keeping keeping;
  private final Sequencer sequencer;
  private final Courtesy courtesy;
  private final Bulk bulk;

  BulkKeeping(Keeping keeping, Sequencer sequencer, Courtesy courtesy) {
    this.keeping = keeping;
    this.sequencer = sequencer;
    this.courtesy = courtesy;
    this.bulk = sequencer.bulk();
  }

  /** A batch that is ready to be kept. Holds nothing in clear. */
  public static final class Ready {
    private final Bulk.Ready ready;
    private final List<Kept> outcomes;

    private Ready(Bulk.Ready ready, List<Kept> outcomes) {
      this.ready = ready;
      this.outcomes = outcomes;
    }

    /** What becomes of each record once it is kept. */
    public List<Kept> outcomes() {
      return outcomes;
    }
  }

  /** Who plans for this takes a turn for each plan; {@link Run#keep} takes its own. */
  public Courtesy courtesy() {
    return courtesy;
  }

  /** Makes a plan, which is not kept, ready for a run. May be called by any thread. */
  public Ready prepare(KeepPlan plan) {
    return new Ready(
        bulk.prepare(keeping.entry(plan, null), plan.change(), plan.began()), plan.outcomes());
  }

  /** Begins the next run. */
  public Run begin() {
    return new Run();
  }

  /** Batches on their way into the vault, in order. To be closed. */
  public final class Run implements AutoCloseable {
    private final Bulk.Run run = bulk.begin();

    private Run() {}

    /**
     * Adds a batch.
     *
     * @return false when it was not added, since it was planned without an earlier one that it
     *     collides with: the caller keeps what was gathered, plans anew, and adds that to a new run
     */
    public boolean add(Ready batch) {
      return run.add(batch.ready);
    }

    /** The size of the rows so far. */
    public long bytes() {
      return run.bytes();
    }

    /**
     * Writes all that was added. What is returned is durable.
     *
     * @return a receipt for each batch, in their order; empty when nothing was written because
     *     others wrote meanwhile: then the caller plans anew and keeps one by one
     */
    public Optional<List<Receipt>> keep() {
      return sequencer.append(
          courtesy.inTurn(
              () -> {
                run.finish();
                return run;
              }));
    }

    /** Gives up what was not kept. Idempotent. */
    @Override
    public void close() {
      run.close();
    }
  }
}
