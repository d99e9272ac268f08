package org.strongroom.ingest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;
import org.strongroom.identity.Actor;
import org.strongroom.policy.Permission;
import org.strongroom.schema.Checked;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Invalid;
import org.strongroom.schema.ValidRecord;
import org.strongroom.vault.BulkKeeping;
import org.strongroom.vault.KeepPlan;
import org.strongroom.vault.Kept;
import org.strongroom.vault.Vault;

/** What a worker does with a batch: parses, validates, normalises, blinds, seals. Thread-safe. */
final class Preparing {
  private final Vault vault;
  private final Actor actor;
  private final CollectionSpec spec;
  private final Intake intake;
  private final BulkKeeping bulk;
  private final ThreadLocal<PieceParser> parsers;

  Preparing(Vault vault, Actor actor, CollectionSpec spec, Intake intake, BulkKeeping bulk) {
    this.vault = vault;
    this.actor = actor;
    this.spec = spec;
    this.intake = intake;
    this.bulk = bulk;
    this.parsers = ThreadLocal.withInitial(intake::newParser);
  }

  /** A batch that is kept. */
  record Done(Prepared.Outcome outcome, @Nullable Receipt receipt) {}

  /** Makes a batch ready to be kept in a run. */
  Prepared prepare(RawBatch raw) {
    return bulk.courtesy().inTurn(() -> ready(planned(raw, parsers.get())));
  }

  /** The same once more, as things are now. */
  Prepared again(RawBatch raw) {
    return ready(planned(raw, intake.newParserOnceMore()));
  }

  /** Plans a batch once more and keeps it by itself. */
  Done keepAlone(RawBatch raw) {
    Planned planned = planned(raw, intake.newParserOnceMore());
    if (planned.plan == null) {
      return new Done(planned.outcome(List.of()), null);
    }
    Kept.Batch kept = vault.keep(planned.plan);
    return new Done(planned.outcome(kept.records()), kept.receipt());
  }

  private Prepared ready(Planned planned) {
    if (planned.plan == null) {
      return new Prepared(null, planned.outcome(List.of()));
    }
    BulkKeeping.Ready ready = bulk.prepare(planned.plan);
    return new Prepared(ready, planned.outcome(ready.outcomes()));
  }

  private record Planned(
      RawBatch raw, @Nullable KeepPlan plan, List<Integer> pieces, List<Prepared.Refused> refused) {
    Prepared.Outcome outcome(List<Kept> kept) {
      return Prepared.Outcome.of(raw, refused, pieces, kept);
    }
  }

  private Planned planned(RawBatch raw, PieceParser parser) {
    List<ValidRecord> valid = new ArrayList<>(raw.size());
    List<Integer> pieces = new ArrayList<>(raw.size());
    List<Prepared.Refused> refused = new ArrayList<>();
    parser.parse(
        raw,
        (piece, parsed) -> {
          if (parsed instanceof Rejected rejected) {
            refused.add(new Prepared.Refused(piece, rejected.problems()));
            return;
          }
          Checked checked = spec.check(((Drafted) parsed).draft());
          if (checked instanceof Invalid invalid) {
            refused.add(
                new Prepared.Refused(piece, invalid.problems().stream().map(Problem::of).toList()));
          } else {
            valid.add((ValidRecord) checked);
            pieces.add(piece);
          }
        });
    @Nullable KeepPlan plan =
        valid.isEmpty() ? null : vault.plan(actor, Permission.IMPORT, spec.name(), valid);
    return new Planned(raw, plan, pieces, refused);
  }
}
