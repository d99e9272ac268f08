package org.strongroom.crypto;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.kernel.VaultException;

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. A sealed text is nonce, ciphertext,
 * tag: {@value #OVERHEAD_BYTES} bytes longer than its plaintext.
 *
 * <p>Random nonces bound the use of one key to 2^32 sealings (SP 800-38D, 8.3): a data key serves
 * one subject. Thread-safe; a cipher per thread. What the associated data binds is the caller's
 * choice.
 */
public final class Sealer {
  public static final int KEY_BYTES = 32;
  public static final int OVERHEAD_BYTES = 28;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private static final ThreadLocal<Cipher> CIPHER =
      ThreadLocal.withInitial(
          () -> {
            try {
              return Cipher.getInstance("AES/GCM/NoPadding");
            } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
              throw new BugException("every JDK has AES-GCM", e);
            }
          });

  private final Randomness random;

  public Sealer(Randomness random) {
    this.random = random;
  }

  /** Seals the {@code length} bytes of {@code plaintext} from {@code offset}. */
  public byte[] seal(SecretBytes key, byte[] associated, byte[] plaintext, int offset, int length) {
    byte[] out = new byte[length + OVERHEAD_BYTES];
    seal(key, associated, plaintext, offset, length, out, 0);
    return out;
  }

  /**
   * The same into {@code length + OVERHEAD_BYTES} bytes of {@code out}, from {@code at}; {@code
   * out} is another array than {@code plaintext}.
   */
  public void seal(
      SecretBytes key,
      byte[] associated,
      byte[] plaintext,
      int offset,
      int length,
      byte[] out,
      int at) {
    random.fill(out, at, NONCE_BYTES);
    try {
      Cipher cipher = CIPHER.get();
      cipher.init(
          Cipher.ENCRYPT_MODE, aes(key), new GCMParameterSpec(TAG_BITS, out, at, NONCE_BYTES));
      cipher.updateAAD(associated);
      cipher.doFinal(plaintext, offset, length, out, at + NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new BugException("sealing failed", e);
    }
  }

  public byte[] seal(SecretBytes key, byte[] associated, byte[] plaintext) {
    return seal(key, associated, plaintext, 0, plaintext.length);
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws VaultException {@code CORRUPT} when key, associated data or a byte is not the same
   */
  public byte[] open(SecretBytes key, byte[] associated, byte[] from, int offset, int length) {
    if (length < OVERHEAD_BYTES) {
      throw corrupt(null);
    }
    try {
      Cipher cipher = CIPHER.get();
      cipher.init(
          Cipher.DECRYPT_MODE, aes(key), new GCMParameterSpec(TAG_BITS, from, offset, NONCE_BYTES));
      cipher.updateAAD(associated);
      return cipher.doFinal(from, offset + NONCE_BYTES, length - NONCE_BYTES);
    } catch (AEADBadTagException e) {
      throw corrupt(e);
    } catch (GeneralSecurityException e) {
      throw new BugException("opening failed", e);
    }
  }

  public byte[] open(SecretBytes key, byte[] associated, byte[] ciphertext) {
    return open(key, associated, ciphertext, 0, ciphertext.length);
  }

  private static SecretKeySpec aes(SecretBytes key) {
    if (key.length() != KEY_BYTES) {
      throw new BugException("a data key has 32 bytes");
    }
    return new SecretKeySpec(key.open(), "AES");
  }

  private static VaultException corrupt(@org.jspecify.annotations.Nullable Throwable cause) {
    return new VaultException(
        ErrorCode.CORRUPT,
        "a sealed text does not open: it was altered, moved, or sealed under another key",
        cause);
  }
}
