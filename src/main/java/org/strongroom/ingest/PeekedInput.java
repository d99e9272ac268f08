package org.strongroom.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BlockInput;

/**
 * An input whose beginning was looked at and will be read again. Failing to read on while looking
 * is not told then, but when reading gets there, so that what came before is not lost.
 */
public final class PeekedInput extends BlockInput {
  private final byte[] peeked;
  private final @Nullable IOException failure;
  private int pos;

  private PeekedInput(InputStream in, byte[] peeked, @Nullable IOException failure) {
    super(in);
    this.peeked = peeked;
    this.failure = failure;
  }

  /**
   * Reads up to {@code maxBytes}.
   *
   * @throws IOException if not even one byte can be read for a reason other than the end
   */
  public static PeekedInput of(InputStream in, int maxBytes) throws IOException {
    byte[] peeked = new byte[Math.min(maxBytes, 64 << 10)];
    int length = 0;
    @Nullable IOException failure = null;
    try {
      while (length < maxBytes) {
        if (length == peeked.length) {
          peeked = Arrays.copyOf(peeked, Math.min(maxBytes, length * 2));
        }
        int count = in.read(peeked, length, peeked.length - length);
        if (count < 0) {
          break;
        }
        length += count;
      }
    } catch (IOException e) {
      if (length == 0) {
        throw e;
      }
      failure = e;
    }
    return new PeekedInput(in, Arrays.copyOf(peeked, length), failure);
  }

  /** What was looked at. */
  public byte[] peeked() {
    return peeked;
  }

  /** Leaves out the next {@code count} bytes of what was looked at. */
  public void drop(int count) {
    pos += count;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (pos < peeked.length) {
      int count = Math.min(length, peeked.length - pos);
      System.arraycopy(peeked, pos, to, offset, count);
      pos += count;
      return count;
    }
    if (failure != null) {
      throw failure;
    }
    return in.read(to, offset, length);
  }
}
