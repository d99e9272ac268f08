package org.strongroom.witness;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.VaultException;
import org.strongroom.translog.AddCheckpoint;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.Hashes;
import org.strongroom.translog.NoteSignature;
import org.strongroom.translog.Proofs;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.SigningKey;
import org.strongroom.translog.VerifierKey;

/**
 * Cosigns the checkpoints of known logs as long as each goes on from the one before (C2SP
 * tlog-witness). Thread-safe; checks and keeps one checkpoint of a log at a time.
 */
public final class Witness implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Witness.class);

  /** A log, and the lock that lets one checkpoint of it in at a time. */
  private record Log(String hash, List<VerifierKey> keys, ReentrantLock lock) {}

  /** What came of a submission. */
  public sealed interface Answer permits Cosigned, Conflict, Refused {}

  /**
   * It was cosigned, and that is durable.
   *
   * @param signature this witness's
   */
  public record Cosigned(NoteSignature signature) implements Answer {}

  /**
   * The proof begins elsewhere.
   *
   * @param size of the checkpoint that was cosigned last, 0 for none
   */
  public record Conflict(long size) implements Answer {}

  /** It was not cosigned, for good. */
  public record Refused(Reason reason, String why) implements Answer {}

  /** Why, with the status that tlog-witness has for it. */
  public enum Reason {
    /** The request does not read, or its old size is above the new one. */
    MALFORMED(400),
    /** No key of the log signed it. */
    UNSIGNED(403),
    UNKNOWN_LOG(404),
    /** It does not go on from what was cosigned: a fork, or a wrong proof. */
    INCONSISTENT(422);

    private final int status;

    Reason(int status) {
      this.status = status;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }
  }

  private final SigningKey key;
  private final WitnessState state;
  private final Map<String, Log> logs = new HashMap<>();
  private final Clock clock;

  /**
   * Opens the state.
   *
   * @param key of type {@link VerifierKey.Type#COSIGNATURE}
   * @param directory for this witness alone; made where there is none
   * @param logs the keys of the logs, each named as its log's origin; a log may have several
   * @throws VaultException {@code CORRUPT}, {@code CONFLICT} or {@code STORE_FAILED} when the state
   *     is not whole, not this witness's, in use, or cannot be had
   */
  public Witness(SigningKey key, Path directory, List<VerifierKey> logs, Clock clock) {
    this.key = key;
    this.clock = clock;
    for (VerifierKey log : logs) {
      this.logs
          .computeIfAbsent(
              log.name(),
              origin -> new Log(WitnessState.hash(origin), new ArrayList<>(), new ReentrantLock()))
          .keys()
          .add(log);
    }
    this.state = WitnessState.open(directory, key.verifier());
  }

  /** The key that its cosignatures are checked by. */
  public VerifierKey verifier() {
    return key.verifier();
  }

  /**
   * Judges a request and cosigns its checkpoint.
   *
   * @param body of {@code add-checkpoint}
   * @throws VaultException {@code STORE_FAILED} when it could not be kept: nothing was cosigned
   */
  public Answer add(byte[] body) {
    AddCheckpoint request;
    Checkpoint checkpoint;
    try {
      request = AddCheckpoint.parse(body);
      checkpoint = Checkpoint.of(request.note());
    } catch (IllegalArgumentException e) {
      return new Refused(Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
    Log log = logs.get(checkpoint.origin());
    if (log == null) {
      return new Refused(Reason.UNKNOWN_LOG, "this witness does not know the log");
    }
    Map<VerifierKey, NoteSignature> signed;
    try {
      signed = request.note().verifiedBy(log.keys());
    } catch (IllegalArgumentException e) {
      return new Refused(Reason.UNSIGNED, String.valueOf(e.getMessage()));
    }
    if (signed.isEmpty()) {
      return new Refused(Reason.UNSIGNED, "no key of the log signed the checkpoint");
    }
    if (request.oldSize() > checkpoint.size()) {
      return new Refused(Reason.MALFORMED, "the old size is above the checkpoint's");
    }
    log.lock().lock();
    try {
      return add(log, request, checkpoint, List.copyOf(signed.values()));
    } finally {
      log.lock().unlock();
    }
  }

  /** Check and update, with the log's lock held. */
  private Answer add(
      Log log, AddCheckpoint request, Checkpoint checkpoint, List<NoteSignature> byLog) {
    Optional<Checkpoint> last = state.newest(log.hash()).map(Checkpoint::of);
    long lastSize = last.map(Checkpoint::size).orElse(0L);
    if (request.oldSize() != lastSize) {
      return new Conflict(lastSize);
    }
    Bytes lastRoot = last.map(Checkpoint::root).orElse(Bytes.owned(Hashes.empty()));
    if (!Proofs.consistent(
        lastSize, lastRoot, checkpoint.size(), checkpoint.root(), request.proof())) {
      LOG.warn(
          "refused a signed checkpoint of log {}: it does not go on from {}", log.hash(), lastSize);
      return new Refused(
          Reason.INCONSISTENT,
          "the checkpoint is not shown to go on from the one cosigned last, of size " + lastSize);
    }
    Bytes text = request.note().text();
    NoteSignature cosignature = key.cosign(text, clock.instant().getEpochSecond());
    state.keep(log.hash(), new SignedNote(text, byLog).with(List.of(cosignature)));
    return new Cosigned(cosignature);
  }

  /**
   * The newest checkpoint that was cosigned, with the signatures of log and witness.
   *
   * @param originHash the SHA-256 of the log's origin, lower-case hexadecimal
   * @return empty when none was, or the log is not known
   */
  public Optional<SignedNote> newest(String originHash) {
    return state.newest(originHash);
  }

  /** Lets the state's directory go. Requests must have ended. */
  @Override
  public void close() {
    state.close();
  }
}
