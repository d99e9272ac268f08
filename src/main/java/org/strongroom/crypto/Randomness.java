package org.strongroom.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import org.strongroom.kernel.Id;

/**
 * Random bytes from a {@link SecureRandom}, drawn in blocks: a call of {@code SecureRandom} costs
 * about as much for 12 bytes as for a thousand. Thread-safe; bytes handed out are wiped from the
 * block.
 */
public final class Randomness {
  private static final int BLOCK_BYTES = 4096;

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
    private final byte[] bytes = new byte[BLOCK_BYTES];
    private int next = BLOCK_BYTES;

    void fill(byte[] to, int offset, int length) {
      if (length > BLOCK_BYTES) {
        byte[] large = new byte[length];
        random.nextBytes(large);
        System.arraycopy(large, 0, to, offset, length);
        Arrays.fill(large, (byte) 0);
        return;
      }
      if (BLOCK_BYTES - next < length) {
        random.nextBytes(bytes);
        next = 0;
      }
      System.arraycopy(bytes, next, to, offset, length);
      Arrays.fill(bytes, next, next + length, (byte) 0);
      next += length;
    }
  }
}
