package org.strongroom.vault;

import java.util.List;
import java.util.Optional;
import org.strongroom.audit.Bulk;
import org.strongroom.audit.Receipt;
import org.strongroom.audit.Sequencer;

/**
 * Keeps plans in runs: very many records at a time, for a fraction of what they cost batch by
 * batch. A run is kept whole or not at all; each of its plans has an entry of its own in the log.
 * Made by {@link Vault#bulk}. For one thread; a run may be kept by another thread while the next is
 * gathered.
 */
public final class BulkKeeping {
  private final Keeping keeping;
  private final Sequencer sequencer;
  private final Bulk bulk;

  BulkKeeping(Keeping keeping, Sequencer sequencer) {
    this.keeping = keeping;
    this.sequencer = sequencer;
    this.bulk = sequencer.bulk();
  }

  /** Begins the next run. */
  public Run begin() {
    return new Run();
  }

  /** A plan for the same records as things are now. */
  public KeepPlan again(KeepPlan plan) {
    return keeping.plan(plan.by(), plan.shelf(), plan.records());
  }

  /** Plans on their way into the vault, in order. To be closed. */
  public final class Run implements AutoCloseable {
    private final Bulk.Run run = bulk.begin();

    private Run() {}

    /**
     * Adds a plan, of which nothing needs to be kept but what the caller wants to know.
     *
     * @return false when it was not added, since it does not know of an earlier one that it
     *     collides with: the caller keeps what was gathered and then adds the plan made {@link
     *     BulkKeeping#again again} to a new run
     */
    public boolean add(KeepPlan plan) {
      return run.add(keeping.entry(plan, null), plan.change(), plan.began());
    }

    /** The size of the rows so far. */
    public long bytes() {
      return run.bytes();
    }

    /**
     * Writes all that was added. What is returned is durable.
     *
     * @return a receipt for each plan, in their order; empty when nothing was written because
     *     others wrote meanwhile: then the caller plans anew and keeps one by one
     */
    public Optional<List<Receipt>> keep() {
      run.finish();
      return sequencer.append(run);
    }

    /** Gives up what was not kept. Idempotent. */
    @Override
    public void close() {
      run.close();
    }
  }
}
