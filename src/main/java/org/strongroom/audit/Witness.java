package org.strongroom.audit;

import java.util.List;
import org.strongroom.kernel.Bytes;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.NoteSignature;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.VerifierKey;

/**
 * Somebody elsewhere who cosigns this log's checkpoints, and would notice another history of it
 * (C2SP tlog-witness). Implementations are thread-safe; a call may take as long as the network lets
 * it, within a bound of their own. No answer is an exception: what a witness does is its affair.
 */
public interface Witness {
  /** Its key, of type {@link VerifierKey.Type#COSIGNATURE}; whose name is the witness's. */
  VerifierKey key();

  /**
   * Has a checkpoint cosigned. Checks the answer: a cosignature that is returned verifies.
   *
   * @param note the checkpoint, signed by the log
   * @param proofs of this log, up to the checkpoint's size
   */
  Submitted submit(SignedNote note, ConsistencySource proofs);

  /**
   * What the witness cosigned last of the log. The witness's cosignature on it was checked, the
   * log's signature was not.
   */
  Latest latest(String origin);

  /** Where proofs of consistency come from; may throw what reading the log throws. */
  @FunctionalInterface
  interface ConsistencySource {
    /** From the tree of {@code from} leaves to that of {@code to}, which is no smaller. */
    List<Bytes> consistency(long from, long to);
  }

  /** What came of a submission. */
  sealed interface Submitted permits Cosigned, Declined {}

  /** What the witness has of a log. */
  sealed interface Latest permits Seen, Unseen, Declined {}

  /**
   * The witness signed.
   *
   * @param signature verified
   * @param epochSeconds when, as the witness says, in seconds since 1970
   */
  record Cosigned(NoteSignature signature, long epochSeconds) implements Submitted {}

  /**
   * The newest checkpoint that the witness cosigned.
   *
   * @param note with the cosignature, which verifies
   */
  record Seen(Checkpoint checkpoint, SignedNote note) implements Latest {}

  /** The witness never cosigned anything of the log. */
  record Unseen() implements Latest {}

  /**
   * There is no answer that counts.
   *
   * @param why for the operator, in plain English
   */
  record Declined(Reason reason, String why) implements Submitted, Latest {}

  /** What kind of no it is. */
  enum Reason {
    /** It could not be reached, or gave no answer in time; trying again may help. */
    UNREACHABLE,
    /** It does not know the log, or not its key: its operator must configure it. */
    NOT_CONFIGURED,
    /**
     * It has cosigned a larger tree than the one submitted. Either a newer checkpoint overtook this
     * one, or this log was put back to an earlier state.
     */
    AHEAD,
    /** It has cosigned another history of this log. */
    FORK,
    /** Its answer is none that a witness gives: not its signature, too long, not of the form. */
    NOT_TRUSTED
  }
}
