package org.strongroom.translog;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.strongroom.kernel.Bytes;

/**
 * Ed25519 (RFC 8032). By Bouncy Castle: the JDK cannot tell the public key that belongs to a
 * private one.
 */
final class Ed25519 {
  /** Length of a public key, and of a private one. */
  static final int KEY_BYTES = 32;

  static final int SIGNATURE_BYTES = 64;

  private Ed25519() {}

  /** The public half of a key. */
  static Bytes publicKey(byte[] privateKey) {
    return Bytes.owned(
        new Ed25519PrivateKeyParameters(privateKey).generatePublicKey().getEncoded());
  }

  static byte[] sign(byte[] privateKey, byte[] message) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, new Ed25519PrivateKeyParameters(privateKey));
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }

  /** Whether {@code signature}, of any length, is the key's over {@code message}. */
  static boolean verifies(Bytes publicKey, byte[] message, byte[] signature) {
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, new Ed25519PublicKeyParameters(publicKey.unsafeArray()));
    verifier.update(message, 0, message.length);
    return signature.length == SIGNATURE_BYTES && verifier.verifySignature(signature);
  }

  /**
   * Refuses what cannot be a public key.
   *
   * @throws IllegalArgumentException when it is no point of the curve, or one of small order
   */
  static void requirePublicKey(Bytes key) {
    if (key.length() != KEY_BYTES) {
      throw new IllegalArgumentException(
          "the key has " + key.length() + " bytes, Ed25519 has " + KEY_BYTES);
    }
    try {
      new Ed25519PublicKeyParameters(key.unsafeArray());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the key is no Ed25519 public key", e);
    }
  }
}
