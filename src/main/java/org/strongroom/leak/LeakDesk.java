package org.strongroom.leak;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.strongroom.audit.Receipt;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.report.Report;
import org.strongroom.leak.report.ReportJson;
import org.strongroom.policy.ActAsk;
import org.strongroom.policy.Decision;
import org.strongroom.policy.Denied;
import org.strongroom.policy.Granted;
import org.strongroom.policy.Permission;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.vault.Catalogue;
import org.strongroom.vault.PolicyBook;
import org.strongroom.vault.Vault;

/**
 * Where leak checks are asked for and their results are kept: decides who may, and how often, so
 * that a check judges a leak and answers no questions about single people. Thread-safe; one check
 * at a time.
 *
 * <p>A crafted sample would tell of each of its records whether it is true. So a check of fewer
 * than {@link #LEAST_RECORDS} records tells nothing, an actor has {@link #CHECKS_A_DAY}, and nearly
 * the same people are checked at most {@link #NEARLY_SAME} times {@link #NEARLY_SAME_WITHIN},
 * whoever asks: varying a guess about them takes more checks than that.
 */
public final class LeakDesk {
  /** Distinct records with a valid identifier below which a check tells nothing. */
  public static final int LEAST_RECORDS = 100;

  /** Checks that an actor may make in {@link #DAY}, those included that were refused for it. */
  public static final int CHECKS_A_DAY = 10;

  static final Duration DAY = Duration.ofHours(24);

  /** How often nearly the same people may be checked, with samples that differ. */
  public static final int NEARLY_SAME = 2;

  static final Duration NEARLY_SAME_WITHIN = Duration.ofDays(7);

  /** From this {@link Sketch#likeness} on people are nearly the same. */
  public static final double NEARLY = 0.5;

  /** Columns of a collection of which the list of the affected tells. */
  private static final int MAX_FIELDS = Long.SIZE;

  private final Setting setting;
  private final LeakBook book;
  private final LeakLog log;
  private final Checking checking;
  private final UnaryOperator<Report> sign;
  private final SecureRandom random;
  private final Semaphore running = new Semaphore(1);

  /** Who may, and what there is to leak. */
  public record Setting(Vault vault, PolicyBook policies, Catalogue catalogue) {}

  /**
   * @param sign puts the log's signature to a report that has its receipt; the same each time
   */
  public LeakDesk(
      Setting setting,
      LeakBook book,
      LeakLog log,
      Checking checking,
      UnaryOperator<Report> sign,
      SecureRandom random) {
    this.setting = setting;
    this.book = book;
    this.log = log;
    this.checking = checking;
    this.sign = sign;
    this.random = random;
  }

  // ---- checking ----------------------------------------------------------------------------

  /**
   * Begins a check; nothing is read yet.
   *
   * @throws org.strongroom.audit.Denial when the actor may not check leaks
   * @throws LeakRefused when the policy does not grant the purpose, or the actor's checks are spent
   * @throws VaultException {@code NOT_FOUND} for an unknown collection; {@code CONFLICT} while
   *     another check goes on; {@code AUDIT_FAILED}
   */
  public Run begin(Actor actor, LeakRequest request) {
    setting.vault().require(actor, Permission.CHECK_LEAK);
    CollectionSpec spec = setting.catalogue().spec(request.collection());
    Asked asked = granted(actor, request);
    if (!running.tryAcquire()) {
      throw new VaultException(
          ErrorCode.CONFLICT, "a leak check is running already; try again when that has ended");
    }
    try {
      requireBudget(asked);
      book.sweep(asked);
      return new Run(asked, spec, Id.random(random));
    } catch (RuntimeException e) {
      running.release();
      throw e;
    }
  }

  private Asked granted(Actor actor, LeakRequest request) {
    ActAsk ask =
        new ActAsk(
            actor.roles(),
            Permission.CHECK_LEAK,
            request.purpose(),
            request.collection(),
            request.reason().isPresent());
    Decision decision = setting.policies().policy().decide(ask);
    if (decision instanceof Granted granted) {
      return new Asked(actor, granted.role(), request);
    }
    Denied denied = (Denied) decision;
    throw log.refused(new Asked(actor, "", request), denied.code(), denied.why());
  }

  private void requireBudget(Asked asked) {
    List<Instant> made = log.checksOf(asked.actor(), DAY);
    if (made.size() >= CHECKS_A_DAY) {
      throw log.refused(
          asked,
          LeakRefused.CHECKS_SPENT,
          "you have made "
              + CHECKS_A_DAY
              + " checks within 24 hours, which is all; the next can begin after "
              + made.get(CHECKS_A_DAY - 1).plus(DAY));
    }
  }

  /** A check that was granted. To be closed. For one thread, {@link #cancel} apart. */
  public final class Run implements AutoCloseable {
    private final Asked asked;
    private final CollectionSpec spec;
    private final Id id;
    private String sample = "";
    private volatile boolean cancelled;
    private boolean closed;

    private Run(Asked asked, CollectionSpec spec, Id id) {
      this.asked = asked;
      this.spec = spec;
      this.id = id;
    }

    /**
     * Checks a sample and keeps what that finds. When it fails or is cancelled, nothing is kept but
     * an entry of the log that says so.
     *
     * @throws LeakRefused when the sample is too small, or nearly the same people were checked too
     *     often: then nothing is told
     * @throws VaultException {@code CANCELLED}; as {@link Checking#run}; {@code AUDIT_FAILED} when
     *     the entry could not be kept
     * @throws IOException as {@link Checking#run}
     */
    public Report run(SampleSource source, LeakProgress heard) throws IOException {
      LeakProgress progress = new Watched(heard);
      try (Outcome outcome = checking.run(source, asked.request(), progress)) {
        return conclude(outcome, progress);
      } catch (LeakRefused e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        ended(e, progress.cancelled());
        throw e;
      }
    }

    /** Ends {@link #run} soon, unless it has ended. */
    public void cancel() {
      cancelled = true;
    }

    private void ended(Exception failure, boolean wasCancelled) {
      String how = wasCancelled ? "cancelled" : "failed (" + word(failure) + ")";
      try {
        log.ended(asked, id, how, sample);
      } catch (VaultException e) {
        failure.addSuppressed(e);
      }
      if (wasCancelled) {
        throw new VaultException(
            ErrorCode.CANCELLED, "the check was cancelled; nothing of it is kept", failure);
      }
    }

    private static String word(Exception failure) {
      return failure instanceof VaultException known ? known.code().code() : "input_output";
    }

    private Report conclude(Outcome outcome, LeakProgress progress) throws IOException {
      Report.Findings findings = outcome.findings();
      sample = findings.sample().sha256();
      requireEnough(findings);
      requireNotNearlySame(outcome.sketch());
      LeakBook.Listed listed = book.list(asked, id, outcome.affected(), progress);
      if (progress.cancelled()) {
        throw new VaultException(ErrorCode.CANCELLED, "the check was cancelled");
      }
      // As it will be read again, so that all that is told of it is the same.
      Report report = ReportJson.read(ReportJson.write(report(findings)));
      Head head = head(report, outcome, listed.chunks());
      Receipt receipt = book.keep(asked, head, report, listed);
      return signed(report, receipt);
    }

    private Report report(Report.Findings findings) {
      String digest = ReportJson.digest(findings).hex();
      Report.Check check =
          new Report.Check(
              id.toString(), log.now(), asked.actor().name(), asked.request().purpose(), digest);
      return new Report(findings, check, null, null);
    }

    private Head head(Report report, Outcome outcome, int chunks) {
      List<Head.Exposable> fields =
          spec.fields().stream()
              .limit(MAX_FIELDS)
              .map(field -> new Head.Exposable(field.name(), field.sensitivity().text()))
              .toList();
      return new Head(
          KeptCheck.of(report, outcome.affected().size()),
          asked.actor().id().toString(),
          new TreeMap<>(asked.request().maps()),
          fields,
          chunks,
          outcome.sketch());
    }

    private void requireEnough(Report.Findings findings) {
      long distinct = findings.records() - findings.duplicates() - findings.invalid();
      if (distinct < LEAST_RECORDS) {
        throw log.refused(
            asked,
            LeakRefused.SAMPLE_TOO_SMALL,
            "the sample has fewer than "
                + LEAST_RECORDS
                + " distinct records with a valid identifier, and of so few nothing is told:"
                + " it would tell of single people. Check a larger part of it");
      }
    }

    private void requireNotNearlySame(Sketch sketch) {
      List<Head> heads = book.heads();
      String collection = asked.request().collection();
      if (heads.stream().anyMatch(head -> head.asked(sample, collection, asked.request().maps()))) {
        // The very same question tells nothing new.
        return;
      }
      Instant since = log.now().minus(NEARLY_SAME_WITHIN);
      long alike =
          heads.stream()
              .filter(head -> head.check().ended().isAfter(since))
              .filter(head -> head.sketch().likeness(sketch) >= NEARLY)
              .map(head -> head.check().sample() + head.check().collection() + head.maps())
              .distinct()
              .count();
      if (alike >= NEARLY_SAME) {
        throw log.refused(
            asked,
            LeakRefused.SAMPLE_NEARLY_SAME,
            "samples of nearly the same people were checked "
                + NEARLY_SAME
                + " times within 7 days, which is all; a sample that was checked already can be"
                + " checked again as it was");
      }
    }

    /** Lets the next check begin. Idempotent. */
    @Override
    public void close() {
      if (!closed) {
        closed = true;
        running.release();
      }
    }

    /** Cancelled by whoever hears, or by {@link #cancel}. */
    private final class Watched implements LeakProgress {
      private final LeakProgress heard;

      Watched(LeakProgress heard) {
        this.heard = heard;
      }

      @Override
      public void at(long bytes, long records, long compared) {
        heard.at(bytes, records, compared);
      }

      @Override
      public boolean cancelled() {
        return cancelled || heard.cancelled();
      }
    }
  }

  private Report signed(Report report, Receipt receipt) {
    return sign.apply(new Report(report.findings(), report.check(), null, receipt));
  }

  // ---- what was kept -----------------------------------------------------------------------

  /**
   * The checks that were kept.
   *
   * @param receipt of the listing
   */
  public record Listed(List<KeptCheck> checks, Receipt receipt) {
    public Listed {
      checks = List.copyOf(checks);
    }
  }

  /**
   * A report that was kept.
   *
   * @param receipt of its showing; the report has that of its check
   */
  public record Shown(Report report, Receipt receipt) {}

  /** What a report is asked for. */
  public enum For {
    /** All that it tells, sources included. */
    REPORT,
    /** What people and authorities are told of it. */
    NOTICE
  }

  /** Takes the affected as they are read. */
  public interface AffectedSink {
    /** Called once, when the showing is durable in the log. */
    void begin(Receipt receipt) throws IOException;

    /**
     * Takes one.
     *
     * @param fields names of those that were exposed, and the class of each
     */
    void subject(Id subject, Map<String, String> fields) throws IOException;
  }

  /** Every check, the newest first, for those who check or notify. */
  public Listed list(Actor actor) {
    require(actor, For.NOTICE);
    List<KeptCheck> checks = book.heads().stream().map(Head::check).toList();
    return new Listed(checks, log.shown(actor, "listed the checks"));
  }

  /**
   * The report of a check, for those who check; for a notice, also for those who notify.
   *
   * @throws VaultException {@code DENIED}, {@code NOT_FOUND}, {@code AUDIT_FAILED}
   */
  public Shown show(Actor actor, Id check, For what) {
    require(actor, what);
    Head head = head(check);
    Report report = book.report(head);
    long index = log.indexOf(head.check(), Id.parse(head.actor()));
    String shown = what == For.REPORT ? "report" : "notice";
    Receipt receipt = log.shown(actor, "shown the " + shown + " of check " + check);
    return new Shown(signed(report, new Receipt(receipt.log(), index)), receipt);
  }

  /**
   * Whom a check found affected, for those who notify them.
   *
   * @throws IOException when {@code out} fails
   * @throws VaultException as {@link #show}
   */
  public void affected(Actor actor, Id check, AffectedSink out) throws IOException {
    setting.vault().require(actor, Permission.NOTIFY_AFFECTED);
    Head head = head(check);
    Receipt receipt = log.disclosed(actor, "shown the affected of check " + check);
    out.begin(receipt);
    book.affected(head, (subject, fields) -> out.subject(subject, exposed(head, fields)));
  }

  private static Map<String, String> exposed(Head head, long fields) {
    Map<String, String> out = new LinkedHashMap<>();
    for (int i = 0; i < head.fields().size(); i++) {
      if ((fields >>> i & 1) != 0) {
        out.put(head.fields().get(i).name(), head.fields().get(i).sensitivity());
      }
    }
    return out;
  }

  private void require(Actor actor, For what) {
    boolean notifies =
        what == For.NOTICE
            && setting.policies().policy().may(actor.roles(), Permission.NOTIFY_AFFECTED);
    if (!notifies) {
      setting.vault().require(actor, Permission.CHECK_LEAK);
    }
  }

  private Head head(Id check) {
    return book.head(check)
        .orElseThrow(
            () -> new VaultException(ErrorCode.NOT_FOUND, "no check that was kept has this id"));
  }
}
