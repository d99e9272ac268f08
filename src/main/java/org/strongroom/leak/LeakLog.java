package org.strongroom.leak;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.strongroom.audit.Change;
import org.strongroom.audit.Entry;
import org.strongroom.audit.LogQuery;
import org.strongroom.audit.LogReader;
import org.strongroom.audit.Receipt;
import org.strongroom.audit.Sequencer;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.report.Report;
import org.strongroom.vault.Vault;

/**
 * What the log says of leak checks, written and read. The first word of an outcome tells what
 * happened, and stays for ever: budgets are counted by it. Thread-safe.
 */
public final class LeakLog {
  private static final String CHECKED = "checked ";

  /** Denials that came after the sample was looked at, and so count as checks. */
  private static final Set<String> AFTER_A_LOOK =
      Set.of(LeakRefused.SAMPLE_TOO_SMALL, LeakRefused.SAMPLE_NEARLY_SAME);

  private final Sequencer sequencer;
  private final LogReader reader;
  private final Clock clock;

  public LeakLog(Sequencer sequencer, LogReader reader, Clock clock) {
    this.sequencer = sequencer;
    this.reader = reader;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  // ---- written -----------------------------------------------------------------------------

  /** A part of a check that is being kept; the rows belong to nothing until {@link #checked}. */
  void part(Asked asked, Id check, int part, int of, Change rows) {
    String outcome = "part " + part + " of " + of + " of check " + check;
    sequencer.appendUnconditional(entry(asked, now(), outcome), rows);
  }

  /** A check that has ended, with the rows by which it is kept; at the time that it names. */
  Receipt checked(Asked asked, Report report, long affected, Change rows) {
    Report.Findings findings = report.findings();
    String outcome =
        CHECKED
            + report.check().id()
            + ": sample "
            + findings.sample().sha256()
            + ", findings "
            + report.check().findings()
            + ", "
            + findings.records()
            + " records, "
            + findings.matched()
            + " matched, "
            + findings.genuine().records()
            + " genuine, "
            + affected
            + " affected";
    return sequencer.appendUnconditional(entry(asked, report.check().at(), outcome), rows);
  }

  /**
   * A check that was not brought to its end, of which nothing is kept.
   *
   * @param how a word
   * @param sample its SHA-256, or nothing where it is not known yet
   */
  void ended(Asked asked, Id check, String how, String sample) {
    String outcome = how + " check " + check + (sample.isEmpty() ? "" : ": sample " + sample);
    sequencer.append(entry(asked, now(), outcome));
  }

  /** Rows of a check that was cut short. */
  void removed(Asked asked, Id check, Change rows) {
    String outcome = "removed " + rows.committed() + " rows of check " + check + ", cut short";
    sequencer.appendUnconditional(entry(asked, now(), outcome), rows);
  }

  /** Something that was found is shown. */
  Receipt shown(Actor actor, String what) {
    return sequencer.append(Entry.of(Entry.Kind.LEAK, now(), Vault.by(actor, null), what));
  }

  /** The same of subjects: as a disclosure, it waits for the witnesses that the vault demands. */
  Receipt disclosed(Actor actor, String what) {
    return sequencer.appendWitnessed(Entry.of(Entry.Kind.LEAK, now(), Vault.by(actor, null), what));
  }

  /** Logs a denial; to be thrown. */
  LeakRefused refused(Asked asked, String word, String why) {
    Receipt receipt =
        sequencer.append(
            new Entry(
                Entry.Kind.DENIAL, now(), asked.by(), asked.about(), asked.basis(), word, null));
    return new LeakRefused(word, why, receipt);
  }

  private static Entry entry(Asked asked, Instant at, String outcome) {
    return new Entry(Entry.Kind.LEAK, at, asked.by(), asked.about(), asked.basis(), outcome, null);
  }

  // ---- read --------------------------------------------------------------------------------

  /** When an actor's checks of late were made, from the newest: those that told something. */
  List<Instant> checksOf(Actor actor, Duration within) {
    List<Instant> out = new ArrayList<>();
    walk(
        new LogQuery(now().minus(within), null, actor.id(), null, null, null),
        (index, entry) -> {
          if (counts(entry)) {
            out.add(entry.at());
          }
        });
    return out;
  }

  private static boolean counts(Entry entry) {
    String outcome = entry.outcome() == null ? "" : entry.outcome();
    return switch (entry.kind()) {
      case LEAK -> outcome.startsWith(CHECKED);
      case DENIAL -> AFTER_A_LOOK.contains(outcome);
      default -> false;
    };
  }

  /**
   * The index of a kept check's entry.
   *
   * @throws VaultException {@code CORRUPT} when the log has none
   */
  long indexOf(KeptCheck check, Id actor) {
    List<Long> found = new ArrayList<>();
    Instant at = check.ended();
    walk(
        new LogQuery(at, at.plusNanos(1), actor, null, null, Entry.Kind.LEAK),
        (index, entry) -> {
          if (entry.outcome() != null && entry.outcome().startsWith(CHECKED + check.id())) {
            found.add(index);
          }
        });
    if (found.size() != 1) {
      throw new VaultException(
          ErrorCode.CORRUPT,
          "the audit log does not have one entry of this check; run: strongroom verify");
    }
    return found.get(0);
  }

  private void walk(LogQuery query, LogReader.Sink sink) {
    try {
      reader.walk(query, Long.MAX_VALUE, Long.MAX_VALUE, sink);
    } catch (IOException e) {
      throw new BugException("this sink does not fail", e);
    }
  }
}
