package org.strongroom.translog;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.strongroom.kernel.Bytes;

/**
 * What a log sends to a witness (C2SP tlog-witness, add-checkpoint).
 *
 * @param oldSize of the checkpoint that the witness cosigned last, 0 for none
 * @param proof of consistency from there
 * @param note the new checkpoint, signed by the log
 */
public record AddCheckpoint(long oldSize, List<Bytes> proof, SignedNote note) {
  /** The largest request that is read. */
  public static final int MAX_BYTES = SignedNote.MAX_BYTES;

  private static final String OLD = "old ";

  public AddCheckpoint {
    if (oldSize < 0) {
      throw new IllegalArgumentException("the old size is negative");
    }
    proof = ProofLines.checked(proof);
  }

  /**
   * Reads a request; whether its note is a checkpoint is not checked.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static AddCheckpoint parse(byte[] body) {
    String text = Canonical.text(body, MAX_BYTES, "the request");
    int blank = text.indexOf("\n\n");
    if (blank < 0 || !text.startsWith(OLD)) {
      throw new IllegalArgumentException(
          "the request is not a line 'old' with a size, hashes, a blank line and a checkpoint");
    }
    List<String> lines = List.of(text.substring(0, blank).split("\n", Proofs.MAX_HASHES + 3));
    return new AddCheckpoint(
        Canonical.decimal(lines.get(0).substring(OLD.length()), "the old size"),
        ProofLines.parse(lines.subList(1, lines.size())),
        SignedNote.parse(text.substring(blank + 2).getBytes(StandardCharsets.UTF_8)));
  }

  /** The request as it is sent. */
  public byte[] bytes() {
    return ProofLines.before(OLD + oldSize + "\n", proof, note);
  }
}
