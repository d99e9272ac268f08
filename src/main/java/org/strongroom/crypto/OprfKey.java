package org.strongroom.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.hash2curve.OPRFHashToScalar;
import org.bouncycastle.math.ec.ECPoint;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.SecretBytes;

/**
 * The server's half of an oblivious pseudorandom function: OPRF(P-256, SHA-256) of RFC 9497, mode
 * 0, which is the base mode without proofs. Who has no key learns the function's value only by
 * asking, once for each input; who is asked learns neither input nor value. Thread-safe.
 */
public final class OprfKey {
  /** What a key is derived from. */
  public static final int SEED_BYTES = 32;

  /** The length of a value of the function. */
  public static final int OUTPUT_BYTES = 32;

  private static final int SECURITY_BITS = 128;
  private static final byte[] DERIVE =
      ("DeriveKeyPair" + OprfGroup.CONTEXT).getBytes(StandardCharsets.US_ASCII);

  private final BigInteger scalar;

  private OprfKey(BigInteger scalar) {
    this.scalar = scalar;
  }

  /**
   * The key of a seed (DeriveKeyPair, RFC 9497, section 3.2.1).
   *
   * @param seed {@value #SEED_BYTES} bytes, copied
   * @param info public; other texts make other keys
   */
  public static OprfKey derive(SecretBytes seed, byte[] info) {
    if (seed.length() != SEED_BYTES || info.length > OprfGroup.MAX_INPUT_BYTES) {
      throw new BugException("a key is derived from 32 bytes and a short text");
    }
    byte[] input = new byte[SEED_BYTES + 2 + info.length + 1];
    System.arraycopy(seed.open(), 0, input, 0, SEED_BYTES);
    OprfGroup.withLength(input, SEED_BYTES, info);
    OPRFHashToScalar hash =
        new OPRFHashToScalar(OprfGroup.CURVE, new SHA256Digest(), SECURITY_BITS);
    for (int counter = 0; counter <= 0xff; counter++) {
      input[input.length - 1] = (byte) counter;
      BigInteger scalar = hash.process(input, DERIVE);
      if (scalar.signum() != 0) {
        return new OprfKey(scalar);
      }
    }
    throw new BugException("256 hashes in a row were zero");
  }

  /**
   * BlindEvaluate: what {@link OprfQuery} makes the value from. Its time does not depend on the
   * key.
   *
   * @param blinded an element in its compressed form
   * @throws org.strongroom.kernel.VaultException {@code INVALID_VALUE} when it is none
   */
  public Bytes evaluateBlinded(Bytes blinded) {
    return OprfGroup.encode(OprfGroup.times(OprfGroup.decode(blinded), scalar));
  }

  /**
   * Evaluate: the value of an input that the server knows, as {@link OprfQuery} gets it. Takes the
   * faster multiplication, whose time depends on the key: for bulk, which nobody can time call by
   * call.
   *
   * @throws org.strongroom.kernel.VaultException {@code TOO_LARGE} for more than 65,535 bytes
   */
  public Bytes evaluate(byte[] input) {
    ECPoint element = OprfGroup.hash(input).multiply(scalar);
    return OprfGroup.output(input, element);
  }

  /** For the published vectors. */
  BigInteger scalar() {
    return scalar;
  }

  @Override
  public String toString() {
    return "OprfKey[redacted]";
  }
}
