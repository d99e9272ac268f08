package org.strongroom.translog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;

/**
 * What a witness says of a checkpoint with Ed25519 (C2SP tlog-cosignature): that at a time this was
 * the largest consistent tree that it had seen of the log. The signature is eight bytes of time,
 * then 64 of Ed25519.
 */
public final class Cosignature {
  private static final String HEADER = "cosignature/v1\ntime ";

  private Cosignature() {}

  /**
   * The time that a cosignature tells, in seconds since 1970. Means something only once the
   * signature was verified.
   *
   * @throws IllegalArgumentException when it has not the length of a cosignature
   */
  public static long epochSeconds(NoteSignature cosignature) {
    byte[] stamped = cosignature.signature().unsafeArray();
    if (stamped.length != Long.BYTES + Ed25519.SIGNATURE_BYTES) {
      throw new IllegalArgumentException(
          "the signature has " + stamped.length + " bytes, a cosignature has 72");
    }
    return BigEndian.getLong(stamped, 0);
  }

  /** What is signed. */
  static byte[] message(long epochSeconds, Bytes noteText) {
    byte[] head = (HEADER + epochSeconds + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] out = Arrays.copyOf(head, head.length + noteText.length());
    System.arraycopy(noteText.unsafeArray(), 0, out, head.length, noteText.length());
    return out;
  }

  static NoteSignature of(VerifierKey key, long epochSeconds, byte[] signature) {
    if (epochSeconds <= 0) {
      throw new IllegalArgumentException("a cosignature tells its time");
    }
    byte[] stamped = Arrays.copyOf(BigEndian.ofLong(epochSeconds), Long.BYTES + signature.length);
    System.arraycopy(signature, 0, stamped, Long.BYTES, signature.length);
    return new NoteSignature(key.name(), key.id(), Bytes.owned(stamped));
  }

  static boolean verifies(Bytes publicKey, Bytes noteText, NoteSignature cosignature) {
    byte[] stamped = cosignature.signature().unsafeArray();
    if (stamped.length != Long.BYTES + Ed25519.SIGNATURE_BYTES) {
      return false;
    }
    long epochSeconds = BigEndian.getLong(stamped, 0);
    // A time beyond 2^63-1 reads as negative, and no cosignature may tell one.
    return epochSeconds >= 0
        && Ed25519.verifies(
            publicKey,
            message(epochSeconds, noteText),
            Arrays.copyOfRange(stamped, Long.BYTES, stamped.length));
  }
}
