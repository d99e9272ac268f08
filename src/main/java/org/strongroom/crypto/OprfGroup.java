package org.strongroom.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.hash2curve.HashToCurveProfile;
import org.bouncycastle.crypto.hash2curve.HashToEllipticCurve;
import org.bouncycastle.math.ec.ECConstants;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECMultiplier;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Curve;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * The group of OPRF(P-256, SHA-256) in mode 0 (RFC 9497, section 4.3), by Bouncy Castle's
 * arithmetic. Pure functions, thread-safe.
 */
final class OprfGroup {
  static final int ELEMENT_BYTES = 33;
  static final int SCALAR_BYTES = 32;

  /** What an input may have at most (RFC 9497, section 1.2). */
  static final int MAX_INPUT_BYTES = 0xffff;

  static final ECCurve CURVE = new SecP256R1Curve();
  static final BigInteger ORDER = CURVE.getOrder();

  /** "OPRFV1-", the mode, "-P256-SHA256" (RFC 9497, section 3.1). */
  static final String CONTEXT = "OPRFV1-\0-P256-SHA256";

  /** Its steps do not depend on the scalar; twice the work of the usual one. */
  private static final ECMultiplier EVEN = new FixedPointCombMultiplier();

  /** Not safe for many threads, hence one for each. */
  private static final ThreadLocal<HashToEllipticCurve> HASH_TO_GROUP =
      ThreadLocal.withInitial(
          () ->
              HashToEllipticCurve.getInstance(
                  HashToCurveProfile.P256_XMD_SHA_256, "HashToGroup-" + CONTEXT));

  private OprfGroup() {}

  /** HashToGroup of the RFC. */
  static ECPoint hash(byte[] input) {
    if (input.length > MAX_INPUT_BYTES) {
      throw new VaultException(ErrorCode.TOO_LARGE, "an input has at most 65,535 bytes");
    }
    ECPoint point = HASH_TO_GROUP.get().hashToCurve(input);
    if (point.isInfinity()) {
      throw new VaultException(ErrorCode.INVALID_VALUE, "an input that hashes to the identity");
    }
    return point;
  }

  /** The product, in steps that do not depend on the scalar. */
  static ECPoint times(ECPoint point, BigInteger scalar) {
    return EVEN.multiply(point, scalar);
  }

  /** The compressed form (SEC 1), {@value #ELEMENT_BYTES} bytes. */
  static Bytes encode(ECPoint point) {
    return Bytes.owned(point.getEncoded(true));
  }

  /**
   * The point of a compressed form.
   *
   * @throws VaultException {@code INVALID_VALUE} for whatever is no point of the curve, or the
   *     identity
   */
  static ECPoint decode(Bytes element) {
    byte[] bytes = element.unsafeArray();
    boolean compressed = bytes.length == ELEMENT_BYTES && (bytes[0] == 2 || bytes[0] == 3);
    if (compressed) {
      try {
        // Checks that it lies on the curve, whose order is prime.
        ECPoint point = CURVE.decodePoint(bytes);
        if (!point.isInfinity()) {
          return point;
        }
      } catch (IllegalArgumentException e) {
        throw notAnElement(e);
      }
    }
    throw notAnElement(null);
  }

  /** The second half of Finalize, from the element that the key and the input make. */
  static Bytes output(byte[] input, ECPoint element) {
    byte[] encoded = encode(element).unsafeArray();
    byte[] last = "Finalize".getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[2 + input.length + 2 + encoded.length + last.length];
    int at = withLength(all, 0, input);
    at = withLength(all, at, encoded);
    System.arraycopy(last, 0, all, at, last.length);
    SHA256Digest sha256 = new SHA256Digest();
    sha256.update(all, 0, all.length);
    byte[] out = new byte[sha256.getDigestSize()];
    sha256.doFinal(out, 0);
    return Bytes.owned(out);
  }

  /** Writes the length in two bytes and the content; where the next goes. */
  static int withLength(byte[] to, int at, byte[] content) {
    to[at] = (byte) (content.length >>> 8);
    to[at + 1] = (byte) content.length;
    System.arraycopy(content, 0, to, at + 2, content.length);
    return at + 2 + content.length;
  }

  /** Whether it is a scalar that blinds or is a key: neither zero nor beyond the order. */
  static boolean isScalar(BigInteger candidate) {
    return candidate.compareTo(ECConstants.ZERO) > 0 && candidate.compareTo(ORDER) < 0;
  }

  private static VaultException notAnElement(@Nullable Throwable cause) {
    return new VaultException(
        ErrorCode.INVALID_VALUE, "an element is a point of P-256 in its compressed form", cause);
  }
}
