package org.strongroom.audit;

import java.util.List;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.VerifierKey;

/** A checkpoint that somebody kept outside of the vault: the log must still be what it says. */
public final class SavedCheckpoint {
  private SavedCheckpoint() {}

  /**
   * Reads a signed note.
   *
   * @param source what to call it in errors
   * @param log the key that this log signs with, named by its origin
   * @throws VaultException {@code BAD_REQUEST} when it is no checkpoint, or one of another log, or
   *     signed by another key
   */
  public static Checkpoint read(String source, byte[] note, VerifierKey log) {
    SignedNote signed;
    Checkpoint checkpoint;
    try {
      signed = SignedNote.parse(note);
      checkpoint = Checkpoint.of(signed);
    } catch (IllegalArgumentException e) {
      throw refused(source, "this is no checkpoint", e);
    }
    if (!checkpoint.origin().equals(log.name())) {
      throw refused(source, "it is a checkpoint of another log; this one is " + log.name(), null);
    }
    if (!isSigned(signed, log)) {
      throw refused(source, "it is not signed by this log's key", null);
    }
    return checkpoint;
  }

  /** Whether this log signed it; others may have as well. */
  static boolean isSigned(SignedNote note, VerifierKey log) {
    try {
      return note.verifiedBy(List.of(log)).containsKey(log);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static VaultException refused(
      String source, String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return new VaultException(ErrorCode.BAD_REQUEST, source + ": " + why, cause);
  }
}
