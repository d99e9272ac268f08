package org.strongroom.crypto;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Id;

/**
 * Random bytes, many at little cost: blocks of AES-256 keystream in counter mode (NIST SP 800-38A),
 * each under a key of its own that is drawn from a {@link SecureRandom} for it and then forgotten.
 * So a block tells nothing of any other, and a bit of it cannot be told from a random one by who
 * cannot break AES; a {@code SecureRandom} alone costs as much as sealing what the bytes are for.
 * Thread-safe; bytes handed out are wiped from the block.
 */
public final class Randomness {
  private static final int BLOCK_BYTES = 4096;
  private static final int KEY_BYTES = 32;
  private static final int COUNTER_BYTES = 16;

  private final SecureRandom random;
  private final ThreadLocal<Block> blocks = ThreadLocal.withInitial(Block::new);

  public Randomness(SecureRandom random) {
    this.random = random;
  }

  /** Fills {@code length} bytes of {@code to} from {@code offset}. */
  public void fill(byte[] to, int offset, int length) {
    blocks.get().fill(to, offset, length);
  }

  public byte[] bytes(int length) {
    byte[] out = new byte[length];
    fill(out, 0, length);
    return out;
  }

  public Id id() {
    return Id.read(bytes(Id.BYTES), 0);
  }

  private final class Block {
    private static final byte[] ZEROS = new byte[BLOCK_BYTES];

    private final byte[] bytes = new byte[BLOCK_BYTES];
    private final Cipher cipher = cipher();
    private int next = BLOCK_BYTES;

    void fill(byte[] to, int offset, int length) {
      int end = Objects.checkFromIndexSize(offset, length, to.length) + length;
      for (int at = offset; at < end; ) {
        if (next == BLOCK_BYTES) {
          refill();
        }
        int part = Math.min(end - at, BLOCK_BYTES - next);
        System.arraycopy(bytes, next, to, at, part);
        Arrays.fill(bytes, next, next + part, (byte) 0);
        next += part;
        at += part;
      }
    }

    private void refill() {
      byte[] key = new byte[KEY_BYTES];
      random.nextBytes(key);
      try {
        cipher.init(
            Cipher.ENCRYPT_MODE,
            new SecretKeySpec(key, "AES"),
            new IvParameterSpec(ZEROS, 0, COUNTER_BYTES));
        int made = cipher.doFinal(ZEROS, 0, BLOCK_BYTES, bytes, 0);
        if (made != BLOCK_BYTES) {
          throw new BugException("a block of keystream is as long as its input");
        }
      } catch (GeneralSecurityException e) {
        throw new BugException("every JDK has AES in counter mode", e);
      } finally {
        Arrays.fill(key, (byte) 0);
      }
      next = 0;
    }

    private static Cipher cipher() {
      try {
        return Cipher.getInstance("AES/CTR/NoPadding");
      } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
        throw new BugException("every JDK has AES in counter mode", e);
      }
    }
  }
}
