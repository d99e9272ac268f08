package org.strongroom.translog;

import java.security.SecureRandom;
import java.util.Arrays;
import org.strongroom.kernel.Bytes;

/**
 * A private key that signs notes. Prints its public half alone. Immutable and thread-safe.
 *
 * <p>As text it has the form that Go's {@code golang.org/x/mod/sumdb/note} gave such keys: {@code
 * PRIVATE+KEY+name+id+base64(type || private key)}.
 */
public final class SigningKey {
  private static final String PREFIX = "PRIVATE+KEY+";

  private final byte[] secret;
  private final VerifierKey verifier;

  private SigningKey(String name, VerifierKey.Type type, byte[] secret) {
    this.secret = secret;
    this.verifier = new VerifierKey(name, type, Ed25519.publicKey(secret));
  }

  /** A new key. */
  public static SigningKey generate(String name, VerifierKey.Type type, SecureRandom random) {
    byte[] secret = new byte[Ed25519.KEY_BYTES];
    random.nextBytes(secret);
    return new SigningKey(name, type, secret);
  }

  /**
   * Reads the text of a key.
   *
   * @throws IllegalArgumentException saying what is wrong, and nothing of the key
   */
  public static SigningKey parse(String text) {
    String[] parts =
        text.startsWith(PREFIX) ? text.substring(PREFIX.length()).split("\\+", 3) : new String[0];
    if (parts.length < 3) {
      throw new IllegalArgumentException("the key is not of the form PRIVATE+KEY+name+id+base64");
    }
    byte[] typed = Canonical.base64(parts[2], "the private key");
    if (typed.length != 1 + Ed25519.KEY_BYTES) {
      throw new IllegalArgumentException("the private key is not a type and 32 bytes");
    }
    VerifierKey.Type type = VerifierKey.Type.of(typed[0] & 0xff);
    SigningKey key = new SigningKey(parts[0], type, Arrays.copyOfRange(typed, 1, typed.length));
    if (!key.verifier.id().hex().equals(parts[1])) {
      throw new IllegalArgumentException("the key's id is not that of its name and private key");
    }
    return key;
  }

  /**
   * The private key as text, for {@link #parse}: a secret, for a file that only its owner reads.
   */
  public String secretText() {
    return PREFIX
        + verifier.name()
        + "+"
        + verifier.id().hex()
        + "+"
        + Canonical.base64(VerifierKey.typed(verifier.type(), secret));
  }

  /** The public half. */
  public VerifierKey verifier() {
    return verifier;
  }

  /**
   * Signs the text of a note; for keys of type {@link VerifierKey.Type#NOTE}.
   *
   * @param noteText ends in a newline
   */
  public NoteSignature sign(Bytes noteText) {
    require(VerifierKey.Type.NOTE);
    return new NoteSignature(
        verifier.name(), verifier.id(), Bytes.owned(Ed25519.sign(secret, noteText.unsafeArray())));
  }

  /**
   * Cosigns a checkpoint; for keys of type {@link VerifierKey.Type#COSIGNATURE}.
   *
   * @param noteText the text of the checkpoint's note
   * @param epochSeconds when it is signed, in seconds since 1970; positive
   */
  public NoteSignature cosign(Bytes noteText, long epochSeconds) {
    require(VerifierKey.Type.COSIGNATURE);
    return Cosignature.of(
        verifier, epochSeconds, Ed25519.sign(secret, Cosignature.message(epochSeconds, noteText)));
  }

  /** The public half: the secret is not printed. */
  @Override
  public String toString() {
    return "the private key of " + verifier.text();
  }

  private void require(VerifierKey.Type type) {
    if (verifier.type() != type) {
      throw new IllegalArgumentException("the key is of type " + verifier.type());
    }
  }
}
