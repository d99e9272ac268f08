package org.strongroom.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.translog.Checkpoint;

/** A checkpoint that somebody kept outside of the vault: the log must still be what it says. */
public final class SavedCheckpoint {
  private SavedCheckpoint() {}

  /**
   * Reads a signed note.
   *
   * @param source what to call it in errors
   * @param sign from a checkpoint's body to the note as this log signs it
   * @throws VaultException {@code BAD_REQUEST} when it is no checkpoint, or one of another log, or
   *     signed by another key
   */
  public static Checkpoint read(
      String source, byte[] note, String origin, UnaryOperator<byte[]> sign) {
    Checkpoint checkpoint;
    try {
      checkpoint = Checkpoint.ofNote(note);
    } catch (IllegalArgumentException e) {
      throw refused(source, "this is no checkpoint", e);
    }
    if (!checkpoint.origin().equals(origin)) {
      throw refused(source, "it is a checkpoint of another log; this one is " + origin, null);
    }
    if (!isSigned(note, checkpoint, sign)) {
      throw refused(source, "it is not signed by this log's key", null);
    }
    return checkpoint;
  }

  /**
   * Whether this log signed it. Ed25519 gives one body one signature (RFC 8032), so the line that
   * we would write must be among those there are; a witness may have added others.
   */
  static boolean isSigned(byte[] note, Checkpoint checkpoint, UnaryOperator<byte[]> sign) {
    List<String> ours = lines(sign.apply(checkpoint.body()));
    List<String> theirs = lines(note);
    int body = ours.size() - 1;
    return theirs.size() >= ours.size()
        && theirs.subList(0, body).equals(ours.subList(0, body))
        && theirs.subList(body, theirs.size()).contains(ours.get(body));
  }

  private static List<String> lines(byte[] note) {
    String text = new String(note, StandardCharsets.UTF_8);
    return Arrays.asList(text.stripTrailing().split("\n", -1));
  }

  private static VaultException refused(
      String source, String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return new VaultException(ErrorCode.BAD_REQUEST, source + ": " + why, cause);
  }
}
