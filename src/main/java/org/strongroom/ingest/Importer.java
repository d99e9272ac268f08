package org.strongroom.ingest;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.policy.Permission;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.vault.BulkKeeping;
import org.strongroom.vault.Vault;

/**
 * Brings files into the vault: {@link Vault#keep} in bulk.
 *
 * <pre>
 * one thread        cut the input into batches of raw elements
 * workers           parse, validate, normalise, blind, seal        (side by side)
 * the first thread  gather the batches, in input order, into runs
 * one thread        sort and write a run, and bring it into the vault
 * </pre>
 *
 * A run is kept whole or not at all, so an import that was cut short and is run again finds the
 * first part unchanged and ends in the same state. Memory does not grow with the input.
 * Thread-safe; an importer can run several imports.
 */
public final class Importer {
  private static final int BATCH_RECORDS = 1000;
  private static final int BATCH_BYTES = 4 << 20;

  /** Each may bring a picture of megabytes from a file beside the input. */
  private static final int BATCH_RECORDS_WITH_IMAGES = 8;

  /** Batches in the making for each worker: enough to keep it busy while one is written. */
  private static final int BATCHES_PER_WORKER = 2;

  private final Vault vault;
  private final int workers;

  /**
   * @param workers how many threads parse and seal
   */
  public Importer(Vault vault, int workers) {
    this.vault = vault;
    this.workers = workers;
  }

  /** The columns under which a collection's fields are found in an input. */
  public static Columns columns(CollectionSpec spec, ImportRequest request) {
    List<Target> targets = new ArrayList<>();
    spec.fields()
        .forEach(
            field ->
                targets.add(
                    new Target(
                        field.name(),
                        field.aliases(),
                        field.type().json() == org.strongroom.schema.FieldType.JsonKind.IMAGE)));
    return new Columns(targets, request.maps());
  }

  /**
   * Imports all of {@code intake}, which stays open.
   *
   * @param rejects gets every record that was not kept, in input order
   * @return what it came to; everything counted as kept or updated is durable
   * @throws VaultException when the actor may not, or the vault can no longer be written: what was
   *     kept before stays kept
   */
  public ImportSummary run(
      Actor actor,
      CollectionSpec spec,
      Intake intake,
      Columns columns,
      RejectSink rejects,
      Progress progress)
      throws IOException {
    vault.require(actor, Permission.IMPORT);
    Tally tally = new Tally();
    long begun = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(workers, Importer::daemon);
    ExecutorService writer = Executors.newSingleThreadExecutor(Importer::daemon);
    PieceReader reader = intake.reader();
    BulkKeeping bulk = vault.bulk();
    Preparing preparing = new Preparing(vault, actor, spec, intake, bulk);
    try (RunKeeper keeper =
        new RunKeeper(
            bulk,
            writer,
            preparing,
            (outcome, receipt) -> {
              count(outcome, receipt, tally, rejects);
              progress.at(reader.bytesRead(), tally.read());
            })) {
      Deque<Future<Prepared>> inTheMaking = new ArrayDeque<>();
      int batchRecords = intake.hasImages() ? BATCH_RECORDS_WITH_IMAGES : BATCH_RECORDS;
      while (true) {
        @Nullable RawBatch raw = reader.next(batchRecords, BATCH_BYTES);
        if (raw != null) {
          inTheMaking.add(pool.submit(() -> preparing.prepare(raw)));
        }
        while (inTheMaking.size() > (raw == null ? 0 : workers * BATCHES_PER_WORKER)) {
          keeper.add(result(inTheMaking.remove()));
        }
        if (raw == null) {
          break;
        }
      }
      keeper.flush();
      return tally.summary(
          columns.unknown(), reader.fileProblems(), (System.nanoTime() - begun) / 1e9);
    } finally {
      pool.shutdownNow();
    }
  }

  private void count(
      Prepared.Outcome outcome, @Nullable Receipt receipt, Tally tally, RejectSink rejects)
      throws IOException {
    if (receipt != null) {
      tally.logged(receipt);
    }
    tally.add(outcome.tally());
    for (Prepared.Refused each : outcome.refused()) {
      Place place = outcome.raw().place(each.piece());
      byte[] ciphertext = vault.sealReject(outcome.raw().raw(each.piece()));
      rejects.accept(
          new RejectedLine(
              place.file(),
              place.line(),
              place.record(),
              each.problems(),
              Base64.getEncoder().encodeToString(ciphertext)));
    }
  }

  /** What a thread made, or the fault that it met. */
  static <T> T result(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VaultException(
          ErrorCode.UNREADABLE_INPUT, "interrupted; run it again to finish", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof VaultException fault) {
        throw fault;
      }
      throw new BugException("a batch could not be prepared", e.getCause());
    }
  }

  /** Nothing but speed hangs on the priority. */
  @SuppressWarnings("ThreadPriorityCheck")
  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "import");
    thread.setDaemon(true);
    // In a process that serves, the launcher has Java pass this on to the system.
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  }
}
