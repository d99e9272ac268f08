package org.strongroom.vault;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.strongroom.kernel.BigEndian;

/** Writes the plaintext of parts, one behind another; see {@link RecordCodec}. For one thread. */
final class PartWriter {
  private static final int USUAL_BYTES = 512;

  /** A varint of an int has five bytes at most. */
  private static final int HEAD_BYTES = 10;

  private byte[] bytes = new byte[USUAL_BYTES];
  private int length;

  int length() {
    return length;
  }

  /**
   * The content, in its first {@link #length} bytes; to be read only, and before the next write.
   */
  byte[] bytes() {
    return bytes;
  }

  void number(long value) {
    makeRoom(Long.BYTES);
    BigEndian.putLong(bytes, length, value);
    length += Long.BYTES;
  }

  void text(int tag, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    makeRoom(HEAD_BYTES + utf8.length);
    varint(tag);
    varint(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  void wipe() {
    Arrays.fill(bytes, 0, length, (byte) 0);
  }

  private void varint(int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      bytes[length++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  private void makeRoom(int more) {
    if (length + more > bytes.length) {
      byte[] larger = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
      wipe();
      bytes = larger;
    }
  }
}
