package org.strongroom.keys;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.kernel.VaultException;

/** Seals and opens under one of the vault's own keysets. Thread-safe. */
public final class KeysetSealer {
  private final Aead aead;

  KeysetSealer(Aead aead) {
    this.aead = aead;
  }

  /** Seals under the keyset's primary key, bound to {@code associated}. */
  public byte[] seal(byte[] plaintext, byte[] associated) {
    try {
      return aead.encrypt(plaintext, associated);
    } catch (GeneralSecurityException e) {
      throw new BugException("sealing failed", e);
    }
  }

  /** {@link #seal(byte[], byte[])} of a secret, which stays the caller's to close. */
  public byte[] seal(SecretBytes secret, byte[] associated) {
    return seal(secret.open(), associated);
  }

  /** {@link #open} of a secret, which the caller closes. */
  public SecretBytes openSecret(byte[] ciphertext, byte[] associated) {
    return SecretBytes.owned(open(ciphertext, associated));
  }

  /**
   * Opens what any key of the keyset sealed.
   *
   * @throws VaultException {@code CORRUPT} when it was altered or bound to something else
   */
  public byte[] open(byte[] ciphertext, byte[] associated) {
    try {
      return aead.decrypt(ciphertext, associated);
    } catch (GeneralSecurityException e) {
      throw new VaultException(
          ErrorCode.CORRUPT,
          "a sealed text does not open: it was altered, moved, or sealed under another key",
          e);
    }
  }
}
