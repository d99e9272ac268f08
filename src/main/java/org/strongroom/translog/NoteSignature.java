package org.strongroom.translog;

import java.util.Arrays;
import org.strongroom.kernel.Bytes;

/**
 * A line of signature under a note (C2SP signed-note).
 *
 * @param name of the key
 * @param keyId four bytes, which with the name tell the key
 * @param signature what the key signed, in the form of its type; not empty
 */
public record NoteSignature(String name, Bytes keyId, Bytes signature) {
  private static final String DASH = "\u2014 ";

  public NoteSignature {
    VerifierKey.requireName(name);
    if (keyId.length() != VerifierKey.ID_BYTES || signature.length() == 0) {
      throw new IllegalArgumentException("a signature is a key id of 4 bytes and at least 1 more");
    }
  }

  /**
   * Reads a line without its newline.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static NoteSignature parse(String line) {
    String[] parts = line.split(" ", -1);
    if (!line.startsWith(DASH) || parts.length != 3) {
      throw new IllegalArgumentException(
          "a signature line is not an em dash, the key's name and base64, with one space between");
    }
    byte[] tagged = Canonical.base64(parts[2], "a signature");
    if (tagged.length <= VerifierKey.ID_BYTES) {
      throw new IllegalArgumentException("a signature has only " + tagged.length + " bytes");
    }
    return new NoteSignature(
        parts[1],
        Bytes.owned(Arrays.copyOf(tagged, VerifierKey.ID_BYTES)),
        Bytes.owned(Arrays.copyOfRange(tagged, VerifierKey.ID_BYTES, tagged.length)));
  }

  /** The line without its newline. */
  public String line() {
    byte[] tagged = Arrays.copyOf(keyId.unsafeArray(), VerifierKey.ID_BYTES + signature.length());
    System.arraycopy(signature.unsafeArray(), 0, tagged, VerifierKey.ID_BYTES, signature.length());
    return DASH + name + " " + Canonical.base64(tagged);
  }
}
