package org.strongroom.crypto;

import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A permutation of {@value #BLOCK_BYTES}-byte values that nobody knows who has not this object:
 * AES-256 on single blocks, under a key that is drawn for it and never leaves it. For values that
 * are as good as random and lie in a scratch file for the length of a run; equal values look equal.
 * For one thread.
 */
public final class Veil {
  public static final int BLOCK_BYTES = 16;
  private static final int KEY_BYTES = 32;

  private final BlockCipher cover = AESEngine.newInstance();
  private final BlockCipher lift = AESEngine.newInstance();

  public Veil(Randomness random) {
    KeyParameter key = new KeyParameter(random.bytes(KEY_BYTES));
    cover.init(true, key);
    lift.init(false, key);
  }

  /** Veils the whole blocks of {@code values} from {@code offset}, in place. */
  public void cover(byte[] values, int offset, int length) {
    run(cover, values, offset, length);
  }

  /** Takes back what {@link #cover} did. */
  public void lift(byte[] values, int offset, int length) {
    run(lift, values, offset, length);
  }

  private static void run(BlockCipher cipher, byte[] values, int offset, int length) {
    for (int at = offset; at < offset + length; at += BLOCK_BYTES) {
      int unused = cipher.processBlock(values, at, values, at);
    }
  }
}
