package org.strongroom.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.TrustPolicy;
import org.strongroom.translog.VerifierKey;

/**
 * What the witnesses of a log know of it. Whatever they have cosigned was durable before, so it
 * must be in every view of the store that is taken after they were asked.
 *
 * @param policy whose keys cosignatures are held against
 * @param seen what they cosigned last, signed by this log, each once
 * @param notes for people: what each of them said, and what no fault is made of
 */
public record Witnessed(TrustPolicy policy, List<Checkpoint> seen, List<String> notes) {
  /** Of a log without witnesses. */
  public static final Witnessed BY_NOBODY =
      new Witnessed(Demand.NOTHING.policy(), List.of(), List.of());

  public Witnessed {
    seen = List.copyOf(seen);
    notes = List.copyOf(notes);
  }

  /**
   * Asks every witness, all at once. One that gives no answer is a note, and no fault: it may be
   * down, and knows nothing that an attacker of the vault could have changed.
   *
   * @param store what is there now; read only for the cosigned checkpoint
   * @param log the key that the log signs with; null when it is not there
   */
  public static Witnessed ask(
      StoreView store, String origin, @Nullable VerifierKey log, Demand demand) {
    List<FutureTask<Witness.Latest>> asked = new ArrayList<>();
    for (Witness witness : demand.witnesses()) {
      FutureTask<Witness.Latest> task = new FutureTask<>(() -> witness.latest(origin));
      Thread thread = new Thread(task, "witness");
      thread.setDaemon(true);
      thread.start();
      asked.add(task);
    }
    List<Checkpoint> seen = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      Witness.Latest answer = answer(asked.get(i));
      notes.add("witness " + demand.witnesses().get(i).key().name() + ": " + said(answer, log));
      if (answer instanceof Witness.Seen known && isSigned(known, log)) {
        seen.add(known.checkpoint());
      }
    }
    @Nullable String kept = kept(store, demand);
    if (kept != null) {
      notes.add(kept);
    }
    return new Witnessed(demand.policy(), seen.stream().distinct().toList(), notes);
  }

  private static Witness.Latest answer(FutureTask<Witness.Latest> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      return new Witness.Declined(Witness.Reason.UNREACHABLE, "asking it failed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Witness.Declined(Witness.Reason.UNREACHABLE, "interrupted before it answered");
    }
  }

  private static String said(Witness.Latest answer, @Nullable VerifierKey log) {
    if (answer instanceof Witness.Declined no) {
      return no.why();
    }
    if (answer instanceof Witness.Seen known) {
      return isSigned(known, log)
          ? "it cosigned " + known.checkpoint().size() + " entries last"
          : "what it cosigned last is not signed by this log's key";
    }
    return "it has cosigned nothing of this log yet";
  }

  private static boolean isSigned(Witness.Seen known, @Nullable VerifierKey log) {
    return log != null && SavedCheckpoint.isSigned(known.note(), log);
  }

  /**
   * What is to be said of the cosigned checkpoint that is kept. Where it lacks cosignatures, other
   * witnesses may have been put in force since, so that is no fault.
   */
  private static @Nullable String kept(StoreView store, Demand demand) {
    byte @Nullable [] note = store.get(Table.META, Checkpoints.COSIGNED);
    if (!demand.required()) {
      return null;
    }
    if (note == null) {
      return "no checkpoint is kept that enough witnesses cosigned";
    }
    try {
      return demand.policy().check(SignedNote.parse(note)) instanceof TrustPolicy.Refused refused
          ? "the checkpoint that is kept as cosigned: " + refused.why()
          : null;
    } catch (IllegalArgumentException e) {
      // Said as a fault by whoever reads it.
      return null;
    }
  }

  /**
   * Why the checkpoint that is kept as cosigned is none, as far as signatures go: it is altered.
   *
   * @return null when there is nothing to say against it
   */
  @Nullable String wrongWith(SignedNote note, VerifierKey log) {
    if (!SavedCheckpoint.isSigned(note, log)) {
      return "its signature does not hold";
    }
    try {
      var unused =
          note.verifiedBy(policy.witnesses().stream().map(TrustPolicy.Witness::key).toList());
      return null;
    } catch (IllegalArgumentException e) {
      return "a witness's cosignature on it does not hold";
    }
  }
}
