package org.strongroom.translog;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.strongroom.kernel.Bytes;

/**
 * The state of a log at one moment (C2SP tlog-checkpoint).
 *
 * @param origin the log's unique name, without a newline
 * @param size leaves in the log
 * @param root the RFC 6962 root over them, 32 bytes
 */
public record Checkpoint(String origin, long size, Bytes root) {
  public Checkpoint {
    if (origin.isEmpty()
        || origin.indexOf('\n') >= 0
        || size < 0
        || root.length() != Hashes.BYTES) {
      throw new IllegalArgumentException("not a checkpoint");
    }
  }

  /**
   * Reads the body of a signed note (C2SP signed-note); does not check its signatures.
   *
   * @throws IllegalArgumentException when it is no checkpoint
   */
  public static Checkpoint ofNote(byte[] note) {
    String[] lines = new String(note, StandardCharsets.UTF_8).split("\n", 4);
    if (lines.length < 4) {
      throw new IllegalArgumentException("not a checkpoint");
    }
    Bytes root = Bytes.owned(Base64.getDecoder().decode(lines[2]));
    return new Checkpoint(lines[0], Long.parseLong(lines[1]), root);
  }

  /** The body that is signed: three lines, each ended. */
  public byte[] body() {
    String base64 = Base64.getEncoder().encodeToString(root.unsafeArray());
    return (origin + "\n" + size + "\n" + base64 + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
