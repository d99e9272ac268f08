package org.strongroom.leak.sample;

import java.io.InputStream;
import java.util.Arrays;

/** One byte, many times. */
final class Repeated extends InputStream {
  private final byte value;
  private long left;

  Repeated(byte value, long count) {
    this.value = value;
    this.left = count;
  }

  @Override
  public int read() {
    return left-- > 0 ? value : -1;
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    if (left <= 0) {
      return -1;
    }
    int count = (int) Math.min(length, left);
    Arrays.fill(to, offset, offset + count, value);
    left -= count;
    return count;
  }
}
