package org.strongroom.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Uninterruptibly;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Store;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.Frontier;

/**
 * The one way to write: callers hand it an entry with the changes that the entry speaks of, and
 * both become durable together or not at all. Entries of concurrent callers share one synced write.
 *
 * <p>Thread-safe. A checkpoint over what is durable is signed at least every {@link
 * #CHECKPOINT_EVERY} while entries come, and at close.
 */
public final class Sequencer implements AutoCloseable {
  /** The longest that a durable entry waits for its signed checkpoint. */
  public static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(1);

  /** Bounds on one group, so that no caller waits long for the others. */
  private static final int MAX_GROUP = 1024;

  private static final int MAX_GROUP_CHANGES = 50_000;
  private static final int QUEUE = 4096;

  /** The longest that a group waits for more callers: what so many wait for processors anyway. */
  private static final Duration LINGER = Duration.ofMillis(10);

  /** So many callers are no crowd. */
  private static final int FEW = 4;

  /** A crowd is written in so many groups: while one is, the others are made ready. */
  private static final int PARTS = 4;

  /** How often a group that waits looks who has come. Cheaper than being woken by each. */
  private static final Duration LOOK_EVERY = Duration.ofNanos(250_000);

  private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);

  private final Store store;
  private final EntryCodec codec;
  private final LogIndex index;
  private final String origin;
  private final Checkpoints checkpoints;
  private final LogEnd end;
  private final BlockingQueue<Submission> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Thread thread;

  /** Held for reading while something is handed in, so that nothing comes after closing. */
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();

  private volatile boolean closing;

  /** Callers that lately were here at one time: the last group and who came meanwhile. */
  private int crowd;

  /** Ends the thread's wait. An interrupt would also break off a write under way. */
  private final Submission wake = new Submission.Wake();

  /**
   * Starts the sequencer's thread.
   *
   * @param sign from a checkpoint to its signed note
   * @throws VaultException {@code CORRUPT} when the log lacks entries, or they are not those that
   *     its checkpoint was signed over
   */
  public Sequencer(
      Store store, EntryCodec codec, LogIndex index, String origin, UnaryOperator<byte[]> sign) {
    this.store = store;
    this.codec = codec;
    this.index = index;
    this.origin = origin;
    this.checkpoints = new Checkpoints(store, sign, this::wake);
    this.end = new LogEnd(store, origin);
    checkpoints.requireNotBehind(end.tree());
    // After a kill, entries may be there that no checkpoint is over yet.
    checkpoint(false);
    this.thread = new Thread(this::run, "sequencer");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /**
   * Makes {@code entry} and {@code change} durable together, and returns once they are.
   *
   * @return empty when a condition of the change did not hold: nothing was written, and the caller
   *     reads again and decides anew
   * @throws VaultException {@code AUDIT_FAILED} when it could not be written: then the act that the
   *     entry speaks of must not go on. Where the store failed, both may be on disk nevertheless.
   *     {@code TOO_LARGE} for an entry that is too long: nothing was written.
   */
  public Optional<Receipt> append(Entry entry, Change change) {
    return joined(submit(entry, change));
  }

  /**
   * {@link #append(Entry)} for who does not wait here: what it returns or throws comes with the
   * future, on the sequencer's thread, where little may be done.
   *
   * @throws VaultException what can be told at once
   */
  public CompletableFuture<Receipt> submit(Entry entry) {
    return submit(entry, new Change()).thenApply(Sequencer::unconditional);
  }

  private CompletableFuture<Optional<Receipt>> submit(Entry entry, Change change) {
    Submission.One submission =
        new Submission.One(SealedEntry.of(entry, change, codec, index), change);
    submit(submission);
    return submission.result();
  }

  /** A writer of very many entries. */
  public Bulk bulk() {
    return new Bulk(store, codec, index);
  }

  /** How many writes of anything but the log were done: what is read from now on shows them. */
  public long writes() {
    return end.recent().last();
  }

  /**
   * {@link #append(Entry, Change)} of a finished run: all its entries with all their changes, or
   * nothing.
   *
   * @return a receipt for each entry, in their order; empty when nothing was written because others
   *     wrote meanwhile what a change demands to be absent, or because that cannot be told: then
   *     the caller plans and appends the entries one by one
   * @throws VaultException {@code AUDIT_FAILED} likewise
   */
  public Optional<List<Receipt>> append(Bulk.Run run) {
    Submission.Many submission = new Submission.Many(run);
    submit(submission);
    return joined(submission.result());
  }

  private static <T> T joined(CompletableFuture<T> result) {
    try {
      return result.join();
    } catch (CompletionException e) {
      throw fault(e);
    }
  }

  /** What {@link #append(Entry)} throws, of what a future of {@link #submit(Entry)} ended with. */
  public static VaultException fault(Throwable failure) {
    @Nullable Throwable cause =
        failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof VaultException fault
        ? fault
        : new VaultException(ErrorCode.AUDIT_FAILED, "the audit entry was not kept", failure);
  }

  /** {@link #append(Entry, Change)} of an entry that changes nothing else. */
  public Receipt append(Entry entry) {
    return appendUnconditional(entry, new Change());
  }

  /** {@link #append(Entry, Change)} of a change that holds whatever was there before. */
  public Receipt appendUnconditional(Entry entry, Change change) {
    return unconditional(append(entry, change));
  }

  private static Receipt unconditional(Optional<Receipt> receipt) {
    return receipt.orElseThrow(() -> new BugException("a change without conditions always holds"));
  }

  /**
   * {@link #append(Entry)} of a disclosure: returns only when as many witnesses as the vault
   * demands have cosigned a checkpoint over the entry, too.
   *
   * @throws VaultException as {@link #append(Entry)}; a {@link Denial} with {@code UNWITNESSED}
   *     when they have not, and the vault is told to refuse then; the entry is kept all the same
   */
  public Receipt appendWitnessed(Entry entry) {
    return witnessed(() -> append(entry));
  }

  /**
   * {@link #appendWitnessed(Entry)} of an entry that is appended in another way.
   *
   * @param append returns once the entry is durable
   */
  public Receipt witnessed(Supplier<Receipt> append) {
    Witnessing witnessing = checkpoints.witnessing();
    // Before the entry is there: a round over it may fail sooner than this thread gets to wait.
    witnessing.enter();
    try {
      Receipt receipt = append.get();
      try {
        witnessing.await(receipt.index());
      } catch (VaultException e) {
        throw new Denial(e, receipt);
      }
      return receipt;
    } finally {
      witnessing.leave();
    }
  }

  /** What is demanded of witnesses from now on; nothing until this is called. */
  public void demand(Demand demand) {
    checkpoints.demand(demand);
    wake();
  }

  /**
   * Says that {@link #close} comes soon: from now on, what waits for witnesses that do not cosign
   * is refused, also where it was to wait.
   */
  public void closing() {
    checkpoints.witnessing().closing();
  }

  /** What is demanded of witnesses. */
  public Demand demanded() {
    return checkpoints.witnessing().demand();
  }

  /** What the log shows of itself. */
  public Publication publication() {
    return checkpoints.publication();
  }

  /** What was written since the start: entries, and the synced writes that they shared. */
  public Written written() {
    return end.sums();
  }

  /** Entries, and the synced writes that they shared. */
  public record Written(long entries, long syncs) {}

  private void submit(Submission submission) {
    gate.readLock().lock();
    try {
      if (closing) {
        throw closed();
      }
      queue.put(submission);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VaultException(ErrorCode.AUDIT_FAILED, "interrupted before the entry was kept", e);
    } finally {
      gate.readLock().unlock();
    }
  }

  /** Finishes what was handed in, signs a last checkpoint, and stops. Idempotent. */
  @Override
  public void close() {
    gate.writeLock().lock();
    try {
      closing = true;
    } finally {
      gate.writeLock().unlock();
    }
    checkpoints.witnessing().close();
    wake();
    Uninterruptibly.join(thread);
  }

  /** Ends the thread's wait. A full queue takes no more, but then the thread is not waiting. */
  private void wake() {
    boolean unused = queue.offer(wake);
  }

  private void run() {
    List<Submission.One> group = new ArrayList<>();
    while (!closing || !queue.isEmpty()) {
      Submission.@Nullable Many many = null;
      try {
        Submission first = queue.poll(CHECKPOINT_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        if (first instanceof Submission.One one) {
          group.add(one);
        } else if (first instanceof Submission.Many run) {
          many = run;
        }
      } catch (InterruptedException e) {
        // Nobody else holds this thread; what is left to write is left all the same.
        continue;
      }
      if (many == null) {
        gather(group);
        linger(group);
      }
      commit(group, many);
      crowd = Math.max(group.size() + queue.size(), crowd * 7 / 8);
      group.clear();
      checkpoint(false);
    }
    checkpoint(true);
  }

  /**
   * Waits a moment where many callers come at once, until a part of them is here: the rest keeps
   * the processors busy meanwhile, also while it is written, and the disk syncs once for many. Who
   * comes while a group is written makes the crowd known as larger, so it is waited for the next
   * time. Fewer than {@link #FEW} at a time never wait for each other, and nobody waits for those
   * behind a run.
   */
  private void linger(List<Submission.One> group) {
    if (group.isEmpty()) {
      return;
    }
    int most = crowd < FEW ? 1 : crowd / PARTS;
    long deadline = System.nanoTime() + LINGER.toNanos();
    while (group.size() < most
        && !closing
        && !(queue.peek() instanceof Submission.Many)
        && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      gather(group);
    }
  }

  /** Takes who has come, up to the next run: it is written alone. */
  private void gather(List<Submission.One> group) {
    int changes = group.stream().mapToInt(each -> each.change().batch().changes().size()).sum();
    while (group.size() < MAX_GROUP && changes < MAX_GROUP_CHANGES) {
      // Looked at before it is taken: nobody else takes, but a run may come at any moment.
      Submission next = queue.peek();
      if (next == null || next instanceof Submission.Many) {
        return;
      }
      queue.remove();
      if (next instanceof Submission.One one) {
        group.add(one);
        changes += one.change().batch().changes().size();
      }
    }
  }

  private void commit(List<Submission.One> group, Submission.@Nullable Many many) {
    if (many != null) {
      attempt(List.of(many), () -> end.write(many));
    } else if (!group.isEmpty()) {
      attempt(group, () -> end.write(group));
    }
  }

  private static void attempt(List<? extends Submission> submissions, Runnable write) {
    try {
      write.run();
    } catch (RuntimeException | Error e) {
      // An error must not end this thread either, or every later caller would wait for ever.
      logFault("the audit log could not be written", e);
      VaultException fault =
          new VaultException(
              ErrorCode.AUDIT_FAILED,
              "the audit log could not be written, so the act was refused: " + e.getMessage(),
              e);
      submissions.forEach(submission -> submission.fail(fault));
    }
  }

  private void checkpoint(boolean last) {
    try {
      Frontier edge = end.tree();
      if (last || checkpoints.due(edge.size())) {
        checkpoints.sign(
            new Checkpoint(origin, edge.size(), edge.root()),
            last ? Store.Durability.SYNCED : Store.Durability.BUFFERED);
      }
    } catch (RuntimeException | Error e) {
      logFault("the checkpoint could not be written", e);
    }
  }

  /** A fault of the disk is told by its message; for anything else, the trace is needed. */
  private static void logFault(String what, Throwable e) {
    if (e instanceof VaultException) {
      LOG.error("{}: {}", what, e.getMessage());
    } else {
      LOG.error(what, e);
    }
  }

  private static VaultException closed() {
    return new VaultException(ErrorCode.AUDIT_FAILED, "the vault is closing; nothing was done");
  }
}
