package org.strongroom.translog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.strongroom.kernel.Bytes;

/** A proof as lines of base64 before a note, as tlog-proof and tlog-witness both have it. */
final class ProofLines {
  private ProofLines() {}

  /** One hash a line. */
  static List<Bytes> parse(List<String> lines) {
    requireFew(lines.size());
    List<Bytes> out = new ArrayList<>();
    for (String line : lines) {
      out.add(Canonical.hash(line, "hash " + (out.size() + 1) + " of the proof"));
    }
    return out;
  }

  /** A copy, once it is sure that these are hashes and not too many. */
  static List<Bytes> checked(List<Bytes> proof) {
    requireFew(proof.size());
    if (proof.stream().anyMatch(hash -> hash.length() != Hashes.BYTES)) {
      throw new IllegalArgumentException("a proof is made of hashes of 32 bytes");
    }
    return List.copyOf(proof);
  }

  /** The head, the proof, a blank line and the note. */
  static byte[] before(String head, List<Bytes> proof, SignedNote note) {
    StringBuilder out = new StringBuilder(head);
    proof.forEach(hash -> out.append(Canonical.base64(hash.unsafeArray())).append('\n'));
    byte[] lines = out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    byte[] tail = note.bytes();
    byte[] all = Arrays.copyOf(lines, lines.length + tail.length);
    System.arraycopy(tail, 0, all, lines.length, tail.length);
    return all;
  }

  private static void requireFew(int hashes) {
    if (hashes > Proofs.MAX_HASHES) {
      throw new IllegalArgumentException(
          "the proof has more than " + Proofs.MAX_HASHES + " hashes");
    }
  }
}
