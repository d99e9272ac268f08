package org.strongroom.synthetic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Bytes written one after another into an array that grows and is used again. For one thread. */
final class ByteSink {
  private byte[] bytes;
  private int length;

  ByteSink(int capacity) {
    this.bytes = new byte[capacity];
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  byte at(int index) {
    return bytes[index];
  }

  void put(int oneByte) {
    ensure(1);
    bytes[length++] = (byte) oneByte;
  }

  void put(byte[] from) {
    ensure(from.length);
    System.arraycopy(from, 0, bytes, length, from.length);
    length += from.length;
  }

  /** Appends {@code from} of {@code other}, until {@code until}. */
  void put(ByteSink other, int from, int until) {
    ensure(until - from);
    System.arraycopy(other.bytes, from, bytes, length, until - from);
    length += until - from;
  }

  /** Appends {@code value}, which is not negative, in decimal without leading zeros. */
  void putNumber(int value) {
    int digits = 1;
    for (int rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    putDigits(value, digits);
  }

  /** Appends the last {@code digits} decimal digits of {@code value}. */
  void putDigits(int value, int digits) {
    ensure(digits);
    int rest = value;
    for (int k = length + digits - 1; k >= length; k--) {
      bytes[k] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  /** Copies {@code count} bytes from {@code index} to {@code into}. */
  void copy(int index, byte[] into, int offset, int count) {
    System.arraycopy(bytes, index, into, offset, count);
  }

  String text(int from, int until) {
    return new String(bytes, from, until - from, UTF_8);
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
