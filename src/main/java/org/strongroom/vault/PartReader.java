package org.strongroom.vault;

import java.nio.charset.StandardCharsets;
import org.strongroom.kernel.BigEndian;

/**
 * Reads the plaintext of a part from left to right; see {@link RecordCodec}. What does not read is
 * {@code CORRUPT}. For one thread.
 */
final class PartReader {
  private final byte[] bytes;
  private int at;

  PartReader(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean more() {
    return at < bytes.length;
  }

  long number() {
    at += Long.BYTES;
    if (at > bytes.length) {
      throw RecordCodec.corrupt();
    }
    return BigEndian.getLong(bytes, at - Long.BYTES);
  }

  int varint() {
    int value = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      if (at == bytes.length) {
        throw RecordCodec.corrupt();
      }
      byte next = bytes[at++];
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw RecordCodec.corrupt();
  }

  String text(int length) {
    if (length < 0 || length > bytes.length - at) {
      throw RecordCodec.corrupt();
    }
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }
}
