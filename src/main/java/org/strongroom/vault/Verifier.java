package org.strongroom.vault;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Entry;
import org.strongroom.audit.SavedCheckpoint;
import org.strongroom.audit.Sequencer;
import org.strongroom.audit.Witnessed;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.policy.Permission;
import org.strongroom.store.Store;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.VerifierKey;

/**
 * Verifies a vault that is open, as it is at one moment, for those who may; each run is an entry of
 * the log, written after it. Thread-safe; one run at a time.
 */
public final class Verifier {
  private final Vault vault;
  private final Store store;
  private final Sequencer sequencer;
  private final Verification.Sources sources;
  private final Clock clock;
  private final SecureRandom random;
  private final Semaphore running = new Semaphore(1);

  public Verifier(Vault.Foundations on, Vault vault, Clock clock, SecureRandom random) {
    this.vault = vault;
    this.store = on.store();
    this.sequencer = on.sequencer();
    this.sources =
        new Verification.Sources(
            on.header().id(), on.header().origin(), on.keyring(), on.custody(), List.of());
    this.clock = clock;
    this.random = random;
  }

  /**
   * Begins to verify; nothing is read yet.
   *
   * @param saved checkpoints to hold the log against as well
   * @throws VaultException {@code DENIED}; {@code BAD_REQUEST} for a note that is no checkpoint of
   *     this log; {@code CONFLICT} while another run goes on
   */
  public Run begin(Actor actor, List<SavedNote> saved) {
    vault.require(actor, Permission.VERIFY);
    Verification.Sources with = with(sources, saved);
    if (!running.tryAcquire()) {
      throw new VaultException(
          ErrorCode.CONFLICT, "the vault is being verified already; try again when that has ended");
    }
    return new Run(actor, with);
  }

  /** A run that was granted. To be closed. For one thread. */
  public final class Run implements AutoCloseable {
    private final Actor actor;
    private final Verification.Sources with;
    private boolean closed;

    private Run(Actor actor, Verification.Sources with) {
      this.actor = actor;
      this.with = with;
    }

    /**
     * Verifies the vault as it is now, and says so in its log.
     *
     * @throws VaultException {@code AUDIT_FAILED} when the entry could not be kept
     */
    public Verification.Summary run(Verification.Listener listener) {
      // Before the snapshot, which then has whatever a witness has seen.
      Witnessed asked = Witnessed.ask(store, with.origin(), with.log(), sequencer.demanded());
      try (Store.Snapshot moment = store.snapshot()) {
        Verification.Summary found =
            Verification.run(moment, with.with(asked), listener, clock, random);
        return found.with(sequencer.append(entry(actor, found, clock)).index());
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        running.release();
      }
    }
  }

  /**
   * The same sources, with checkpoints that were kept elsewhere.
   *
   * @throws VaultException {@code BAD_REQUEST} for a note that is no checkpoint of this log
   */
  public static Verification.Sources with(Verification.Sources of, List<SavedNote> saved) {
    @Nullable VerifierKey log = of.log();
    if (log == null && !saved.isEmpty()) {
      throw new VaultException(
          ErrorCode.CORRUPT,
          "the key that signs checkpoints does not unwrap, so none can be checked; leave them out");
    }
    List<Checkpoint> read =
        log == null
            ? List.of()
            : saved.stream()
                .map(each -> SavedCheckpoint.read(each.source(), each.note().toArray(), log))
                .toList();
    return new Verification.Sources(
        of.vault(), of.origin(), of.keyring(), of.custody(), read, of.witnessed());
  }

  /** What the log says of a run. */
  public static Entry entry(Actor actor, Verification.Summary found, Clock clock) {
    return Entry.of(
        Entry.Kind.VERIFY,
        clock.instant(),
        Vault.by(actor, null),
        found.faults() == 1 ? "1 fault" : found.faults() + " faults");
  }
}
