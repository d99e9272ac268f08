package org.strongroom.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.NoteSignature;
import org.strongroom.translog.Proofs;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.Tiles;
import org.strongroom.translog.TrustPolicy;

/**
 * Has checkpoints cosigned by witnesses, one round after the other in a thread of its own, and
 * holds back what must not leave before they did. Thread-safe.
 *
 * <p>A round submits the newest checkpoint to every witness at once, and ends as soon as enough
 * have cosigned it, or when all have answered or failed. Whoever waits for an entry learns the
 * outcome of the first round over it.
 */
final class Witnessing implements AutoCloseable {
  /** How long after a round that failed the next one begins, if no newer checkpoint comes. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** The longest round: witnesses have shorter limits of their own. */
  private static final Duration ROUND = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Witnessing.class);

  private final Tiles tiles;
  private final Outcomes outcomes;
  private final Thread thread;

  /** Witnesses that have not answered to an earlier round: they are not asked again meanwhile. */
  private final Set<Witness> busy = ConcurrentHashMap.newKeySet();

  private final AtomicInteger callers = new AtomicInteger();

  private Demand demand = Demand.NOTHING;
  private @Nullable Job next;
  private boolean running;
  private long covered;
  private long failed;
  private String why = "no witness was asked yet";
  private boolean alarmed;

  /** Witnesses that have seen another history of this log, until they cosign again. */
  private final Set<Witness> contradicting = ConcurrentHashMap.newKeySet();

  private boolean closing;
  private boolean closed;

  /** What becomes of a round. Called by the thread of rounds. */
  interface Outcomes {
    /**
     * A round ended.
     *
     * @param note with the cosignatures that came
     * @param enough whether those are as many as were demanded
     */
    void ended(SignedNote note, boolean enough);

    /** Another checkpoint may come. */
    void ready();
  }

  private record Job(Checkpoint checkpoint, SignedNote note) {}

  Witnessing(Tiles tiles, Outcomes outcomes) {
    this.tiles = tiles;
    this.outcomes = outcomes;
    this.thread = new Thread(this::run, "witnessing");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** What is demanded from now on. Whoever waits is held against it at the next round. */
  synchronized void demand(Demand now) {
    demand = now;
    covered = 0;
    failed = 0;
    alarmed = false;
    notifyAll();
  }

  synchronized Demand demand() {
    return demand;
  }

  /** Whether entries wait for cosignatures, and a round over them may begin. */
  synchronized boolean eager() {
    return demand.required() && !running && next == null;
  }

  /** Offers the newest checkpoint, durable in the log; one that was not begun yet gives way. */
  synchronized void offer(Checkpoint checkpoint, SignedNote note) {
    if (!demand.witnesses().isEmpty()) {
      next = new Job(checkpoint, note);
      notifyAll();
    }
  }

  /** Counts a caller that will wait, until it {@linkplain #leave leaves}: it may be held up. */
  void enter() {
    callers.incrementAndGet();
  }

  void leave() {
    callers.decrementAndGet();
  }

  /**
   * Returns once the entry at {@code index} may have consequences: enough witnesses have cosigned a
   * checkpoint over it, or too few have and the demand says to go on all the same.
   *
   * @throws VaultException {@code UNWITNESSED} when too few have
   */
  synchronized void await(long index) {
    try {
      while (demand.required() && covered <= index) {
        if (failed > index && demand.unwitnessed() == Demand.Unwitnessed.PROCEED) {
          return;
        }
        boolean refusing = closing || demand.unwitnessed() == Demand.Unwitnessed.REFUSE;
        if (closed || (failed > index && refusing)) {
          throw new VaultException(
              ErrorCode.UNWITNESSED,
              "the audit log's witnesses did not cosign entry "
                  + index
                  + ", so nothing is disclosed: "
                  + (closed ? "the vault is closing" : why));
        }
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VaultException(
          ErrorCode.UNWITNESSED, "interrupted before the audit log's witnesses cosigned", e);
    }
  }

  private void run() {
    for (Job job = take(null); job != null; job = take(job)) {
      Demand now = demand();
      try {
        end(job, now, round(job, now));
      } catch (RuntimeException | Error e) {
        // This thread must go on, or every later caller would wait for ever.
        LOG.error("a round of witnesses failed", e);
        end(job, now, new Round(job.note(), "it failed here; see the server's log"));
      }
    }
  }

  /** The next checkpoint; the last one again, after a while, if its round failed. */
  private synchronized @Nullable Job take(@Nullable Job last) {
    boolean again = last != null && covered < last.checkpoint().size();
    long deadline = System.nanoTime() + RETRY_AFTER.toNanos();
    try {
      while (!closed && next == null) {
        long left = deadline - System.nanoTime();
        if (again && left <= 0) {
          running = true;
          return last;
        }
        if (again) {
          TimeUnit.NANOSECONDS.timedWait(this, left);
        } else {
          wait();
        }
      }
    } catch (InterruptedException e) {
      // Nobody but close ends this thread.
      return closed ? null : last;
    }
    Job taken = next;
    next = null;
    running = true;
    return closed ? null : taken;
  }

  /**
   * What came of asking.
   *
   * @param why too few cosigned; null when enough did
   */
  private record Round(SignedNote note, @Nullable String why) {}

  private Round round(Job job, Demand now) {
    BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    SignedNote note = job.note();
    List<String> faults = new ArrayList<>();
    int asked = 0;
    for (Witness witness : now.witnesses()) {
      if (busy.add(witness)) {
        Thread asking = new Thread(() -> answers.add(ask(witness, job, now)), "witness");
        asking.setDaemon(true);
        asking.start();
        asked++;
      } else {
        faults.add(witness.key().name() + ": has not answered yet to an earlier checkpoint");
      }
    }
    long deadline = System.nanoTime() + ROUND.toNanos();
    for (int i = 0; i < asked; i++) {
      @Nullable Answer answer = poll(answers, deadline);
      if (answer == null) {
        faults.add("no answer in time");
        break;
      }
      if (answer.signature() == null) {
        faults.add(answer.name() + ": " + answer.fault());
        continue;
      }
      note = note.with(List.of(answer.signature()));
      if (now.required() && now.policy().check(note) instanceof TrustPolicy.Accepted) {
        return new Round(note, null);
      }
    }
    if (now.policy().check(note) instanceof TrustPolicy.Refused refused) {
      return new Round(note, refused.why() + " " + faults);
    }
    return new Round(note, null);
  }

  private record Answer(String name, @Nullable NoteSignature signature, String fault) {}

  private Answer ask(Witness witness, Job job, Demand now) {
    String name = witness.key().name();
    try {
      Witness.Submitted submitted =
          witness.submit(job.note(), (from, to) -> Proofs.consistency(from, to, tiles));
      contradicts(witness, submitted, now);
      return submitted instanceof Witness.Cosigned cosigned
          ? new Answer(name, cosigned.signature(), "")
          : new Answer(name, null, ((Witness.Declined) submitted).why());
    } catch (RuntimeException | Error e) {
      LOG.error("asking a witness failed", e);
      return new Answer(name, null, "asking it failed; see the server's log");
    } finally {
      busy.remove(witness);
    }
  }

  private static @Nullable Answer poll(BlockingQueue<Answer> answers, long deadline) {
    try {
      return answers.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return null;
    }
  }

  private void end(Job job, Demand now, Round round) {
    boolean well = round.why() == null;
    safely(() -> outcomes.ended(round.note(), well));
    boolean begins;
    boolean ends;
    synchronized (this) {
      running = false;
      boolean current = demand.equals(now);
      if (current && well) {
        covered = Math.max(covered, job.checkpoint().size());
      } else if (current) {
        failed = Math.max(failed, job.checkpoint().size());
        why = String.valueOf(round.why());
      }
      // Nobody is alarmed by what holds nobody up.
      begins = current && !well && now.required() && callers.get() > 0 && !alarmed;
      ends = current && well && alarmed;
      alarmed = (alarmed || begins) && !ends;
      notifyAll();
    }
    safely(outcomes::ready);
    if (begins) {
      LOG.error("alarm: too few of the audit log's witnesses cosign: {}", round.why());
      safely(() -> now.alarm().raised("too few witnesses cosign"));
    }
    if (ends) {
      LOG.info("the audit log's witnesses cosign again");
      safely(() -> now.alarm().raised("enough witnesses cosign again"));
    }
  }

  /** Says it when a witness begins to contradict this log, however many others cosign. */
  private void contradicts(Witness witness, Witness.Submitted submitted, Demand now) {
    boolean contradicts =
        submitted instanceof Witness.Declined declined
            && (declined.reason() == Witness.Reason.FORK
                || declined.reason() == Witness.Reason.AHEAD);
    if (!contradicts) {
      if (submitted instanceof Witness.Cosigned) {
        contradicting.remove(witness);
      }
      return;
    }
    if (contradicting.add(witness)) {
      String name = witness.key().name();
      LOG.error(
          "alarm: the witness {} does not cosign: {}; see what happened to the vault or its copies,"
              + " and run: strongroom verify",
          name,
          ((Witness.Declined) submitted).why());
      safely(() -> now.alarm().raised("the witness " + name + " saw another or a longer history"));
    }
  }

  private void safely(Runnable act) {
    try {
      act.run();
    } catch (RuntimeException | Error e) {
      if (!isClosed()) {
        LOG.error("the outcome of a round of witnesses could not be kept", e);
      }
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** From now on nobody waits on after a round that failed. */
  synchronized void closing() {
    closing = true;
    notifyAll();
  }

  /** Lets go of whoever waits. Idempotent. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
  }
}
