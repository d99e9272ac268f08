package org.strongroom.crypto;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
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
 * tag: {@value #OVERHEAD_BYTES} bytes longer than its plaintext. {@link Parts} of one thing share
 * the nonce that is drawn for it, and are {@value #TAG_BYTES} bytes longer each.
 *
 * <p>Random nonces bound the use of one key to 2^32 sealings (SP 800-38D, 8.3): a data key serves
 * one subject. Thread-safe; a cipher per thread. What the associated data binds is the caller's
 * choice.
 *
 * <p><b>Nonces of parts.</b> A part's nonce is the drawn one with the part's number, a byte, added
 * to its last byte by exclusive or. Within one thing they differ, since the numbers do. Between two
 * things, each pair of nonces is as independent and evenly distributed as the drawn ones are, so it
 * is the same with a probability of 2^-96, as for nonces that are all drawn: that any two sealings
 * under a key share a nonce is no likelier than 8.3 allows for as many sealings.
 */
public final class Sealer {
  public static final int KEY_BYTES = 32;
  public static final int OVERHEAD_BYTES = 28;
  public static final int NONCE_BYTES = 12;
  public static final int TAG_BYTES = OVERHEAD_BYTES - NONCE_BYTES;
  private static final int MAX_PART = 0xff;
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
    random.fill(out, 0, NONCE_BYTES);
    GCMParameterSpec nonce = new GCMParameterSpec(TAG_BITS, out, 0, NONCE_BYTES);
    encrypt(aes(key), nonce, associated, plaintext, offset, length, out, NONCE_BYTES);
    return out;
  }

  /**
   * Begins to seal the parts of one thing, and writes the nonce that is drawn for it to {@code
   * out}, from {@code at}.
   */
  public Parts parts(SecretBytes key, byte[] out, int at) {
    random.fill(out, at, NONCE_BYTES);
    return new Parts(aes(key), Arrays.copyOfRange(out, at, at + NONCE_BYTES));
  }

  /**
   * Seals the parts of one thing, by ascending numbers, so that none takes another's nonce. For one
   * thread.
   */
  public static final class Parts {
    private final SecretKeySpec key;
    private final byte[] nonce;
    private int last = -1;

    private Parts(SecretKeySpec key, byte[] nonce) {
      this.key = key;
      this.nonce = nonce;
    }

    /**
     * Seals {@code length} bytes of {@code plaintext} from {@code offset} into {@code length +
     * TAG_BYTES} bytes of {@code out}, from {@code at}; {@code out} is another array.
     *
     * @param number above those of all parts before, to 255
     */
    public void seal(
        int number,
        byte[] associated,
        byte[] plaintext,
        int offset,
        int length,
        byte[] out,
        int at) {
      if (number <= last) {
        throw new BugException("a part's number is above those before");
      }
      last = number;
      encrypt(key, nonceOf(number, nonce), associated, plaintext, offset, length, out, at);
    }
  }

  private static GCMParameterSpec nonceOf(int part, byte[] drawn) {
    if (part < 0 || part > MAX_PART || drawn.length != NONCE_BYTES) {
      throw new BugException("a part has a number of one byte, and a nonce");
    }
    byte[] out = drawn.clone();
    out[NONCE_BYTES - 1] ^= (byte) part;
    return new GCMParameterSpec(TAG_BITS, out);
  }

  private static void encrypt(
      SecretKeySpec key,
      GCMParameterSpec nonce,
      byte[] associated,
      byte[] plaintext,
      int offset,
      int length,
      byte[] out,
      int at) {
    try {
      Cipher cipher = CIPHER.get();
      cipher.init(Cipher.ENCRYPT_MODE, key, nonce);
      cipher.updateAAD(associated);
      cipher.doFinal(plaintext, offset, length, out, at);
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
    GCMParameterSpec nonce = new GCMParameterSpec(TAG_BITS, from, offset, NONCE_BYTES);
    return decrypt(aes(key), nonce, associated, from, offset + NONCE_BYTES, length - NONCE_BYTES);
  }

  public byte[] open(SecretBytes key, byte[] associated, byte[] ciphertext) {
    return open(key, associated, ciphertext, 0, ciphertext.length);
  }

  /**
   * Opens what {@link Parts#seal} made.
   *
   * @param nonce that was drawn for the thing
   * @throws VaultException {@code CORRUPT} when key, nonce, number, associated data or a byte is
   *     not the same
   */
  public byte[] openPart(
      SecretBytes key,
      byte[] nonce,
      int number,
      byte[] associated,
      byte[] from,
      int offset,
      int length) {
    if (length < TAG_BYTES) {
      throw corrupt(null);
    }
    return decrypt(aes(key), nonceOf(number, nonce), associated, from, offset, length);
  }

  private static byte[] decrypt(
      SecretKeySpec key,
      GCMParameterSpec nonce,
      byte[] associated,
      byte[] from,
      int offset,
      int length) {
    try {
      Cipher cipher = CIPHER.get();
      cipher.init(Cipher.DECRYPT_MODE, key, nonce);
      cipher.updateAAD(associated);
      return cipher.doFinal(from, offset, length);
    } catch (AEADBadTagException e) {
      throw corrupt(e);
    } catch (GeneralSecurityException e) {
      throw new BugException("opening failed", e);
    }
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
