package org.strongroom.vault;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Entry;
import org.strongroom.audit.Receipt;
import org.strongroom.audit.Sequencer;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.ValidRecord;

/** The way in, once it is open to somebody: plans batches, and writes them. Thread-safe. */
final class Keeping {
  /** Records that change under our hands so often that we give up. */
  private static final int MAX_ATTEMPTS = 100;

  private final Planner.Tools tools;
  private final Sequencer sequencer;
  private final Clock clock;

  Keeping(Planner.Tools tools, Sequencer sequencer, Clock clock) {
    this.tools = tools;
    this.sequencer = sequencer;
    this.clock = clock;
  }

  KeepPlan plan(Entry.By by, Shelf shelf, List<ValidRecord> records) {
    for (ValidRecord record : records) {
      requireDeclared(shelf, record.spec());
    }
    KeepPlan plan = new KeepPlan(by, shelf, records, sequencer.writes());
    new Planner(tools, plan, clock.instant()).run();
    return plan;
  }

  /** The positions of one declaration mean nothing in another, so only that in force will do. */
  private static void requireDeclared(Shelf shelf, CollectionSpec spec) {
    if (spec == shelf.spec()) {
      return;
    }
    if (!spec.name().equals(shelf.spec().name())) {
      throw new BugException("a record of another collection");
    }
    throw new VaultException(
        ErrorCode.CONFLICT,
        "the declaration of " + spec.name() + " was changed meanwhile; check the records anew");
  }

  Kept.Batch keep(KeepPlan plan) {
    KeepPlan attempt = plan;
    for (int i = 0; i < MAX_ATTEMPTS; i++) {
      Optional<Receipt> receipt = sequencer.append(entry(attempt, null), attempt.change());
      if (receipt.isPresent()) {
        return new Kept.Batch(attempt.outcomes(), receipt.get());
      }
      attempt = plan(attempt.by(), attempt.shelf(), attempt.records());
    }
    throw changing();
  }

  /** Keeps records of subjects who come into being with them, or none. */
  Optional<Kept.Batch> keepNew(
      Entry.By by, Shelf shelf, List<ValidRecord> records, Vault.Beside beside) {
    for (int i = 0; i < MAX_ATTEMPTS; i++) {
      KeepPlan plan = plan(by, shelf, records);
      if (!plan.isAllNew()) {
        return Optional.empty();
      }
      // Before the rows beside the records are added, which are no versions.
      Entry entry = entry(plan, beside.outcome());
      beside.add(plan.outcomes(), plan.change());
      Optional<Receipt> receipt = sequencer.append(entry, plan.change());
      if (receipt.isPresent()) {
        return Optional.of(new Kept.Batch(plan.outcomes(), receipt.get()));
      }
    }
    throw changing();
  }

  private static VaultException changing() {
    return new VaultException(
        ErrorCode.CONFLICT, "these records are being changed by others; try again");
  }

  /** What the log says of a plan. */
  Entry entry(KeepPlan plan, @Nullable String outcome) {
    int versions = plan.versions();
    // The subjects of a bulk write stand in its list of rows; one entry does not repeat them.
    List<Id> subjects = versions == 1 ? List.of(plan.subject()) : List.of();
    return new Entry(
        Entry.Kind.WRITE,
        clock.instant(),
        plan.by(),
        new Entry.About(plan.shelf().spec().name(), subjects, versions),
        null,
        outcome,
        null);
  }
}
