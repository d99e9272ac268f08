package org.strongroom.crypto;

import java.math.BigInteger;
import org.bouncycastle.util.BigIntegers;
import org.strongroom.kernel.Bytes;

/**
 * The client's half of an oblivious pseudorandom function (see {@link OprfKey}): one input, blinded
 * by a random scalar so that the element that is sent is any element of the group alike. Prints
 * nothing. Immutable and thread-safe.
 */
public final class OprfQuery {
  private final byte[] input;
  private final BigInteger blind;
  private final Bytes blinded;

  OprfQuery(byte[] input, BigInteger blind) {
    this.input = input.clone();
    this.blind = blind;
    this.blinded = OprfGroup.encode(OprfGroup.times(OprfGroup.hash(input), blind));
  }

  /**
   * Blind (RFC 9497, section 3.3.1).
   *
   * @throws org.strongroom.kernel.VaultException {@code TOO_LARGE} for more than 65,535 bytes
   */
  public static OprfQuery of(byte[] input, Randomness random) {
    BigInteger blind;
    do {
      blind = new BigInteger(1, random.bytes(OprfGroup.SCALAR_BYTES));
    } while (!OprfGroup.isScalar(blind));
    return new OprfQuery(input, blind);
  }

  /** What to send: 33 bytes. */
  public Bytes blinded() {
    return blinded;
  }

  /**
   * Finalize: the value of the input, 32 bytes.
   *
   * @param evaluated what the server made of {@link #blinded}
   * @throws org.strongroom.kernel.VaultException {@code INVALID_VALUE} when it is no element
   */
  public Bytes finish(Bytes evaluated) {
    BigInteger inverse = BigIntegers.modOddInverse(OprfGroup.ORDER, blind);
    return OprfGroup.output(input, OprfGroup.times(OprfGroup.decode(evaluated), inverse));
  }

  @Override
  public String toString() {
    return "OprfQuery[redacted]";
  }
}
