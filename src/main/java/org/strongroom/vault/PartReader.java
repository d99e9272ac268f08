package org.strongroom.vault;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link PartWriter} wrote, from left to right. What does not read is {@code CORRUPT}.
 * For one thread.
 */
final class PartReader {
  private static final char MALFORMED = '\ufffd';

  /** Of the tenth byte of a number, which has one bit. */
  private static final int LAST_SHIFT = 63;

  private final byte[] bytes;
  private int at;

  PartReader(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean more() {
    return at < bytes.length;
  }

  /**
   * Goes past bytes.
   *
   * @return where they begin
   */
  int skip(int count) {
    require(count);
    at += count;
    return at - count;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = next();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        if (shift == LAST_SHIFT && next > 1) {
          throw RecordCodec.corrupt();
        }
        return value;
      }
    }
    throw RecordCodec.corrupt();
  }

  /** A number that is the head of something else. */
  int varint() {
    long value = number();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw RecordCodec.corrupt();
    }
    return (int) value;
  }

  String text() {
    int head = varint();
    int form = head & ((1 << TextForm.HEAD_BITS) - 1);
    int count = head >>> TextForm.HEAD_BITS;
    return switch (form) {
      case TextForm.UTF_8 -> utf8(count);
      case TextForm.HAN -> han(count);
      default -> packed(count, form);
    };
  }

  private String packed(int count, int form) {
    require(TextForm.packedBytes(form, count));
    int bits = TextForm.bits(form);
    String characters = TextForm.characters(form);
    char[] out = new char[count];
    int pending = 0;
    int left = 0;
    for (int i = 0; i < count; i++) {
      if (left < bits) {
        pending = (pending << Byte.SIZE) | (next() & 0xff);
        left += Byte.SIZE;
      }
      left -= bits;
      out[i] = characters.charAt(pending >>> left & ((1 << bits) - 1));
    }
    if ((pending & ((1 << left) - 1)) != 0) {
      throw RecordCodec.corrupt();
    }
    return textOf(out);
  }

  private String han(int count) {
    require(count);
    char[] out = new char[count];
    for (int i = 0; i < count; i++) {
      byte first = next();
      out[i] =
          first >= 0
              ? (char) first
              : (char) (TextForm.HAN_FIRST + (((first & 0x7f) << Byte.SIZE) | (next() & 0xff)));
    }
    return textOf(out);
  }

  private static String textOf(char[] characters) {
    String out = new String(characters);
    Arrays.fill(characters, (char) 0);
    return out;
  }

  private String utf8(int count) {
    int from = skip(count);
    String out = new String(bytes, from, count, StandardCharsets.UTF_8);
    if (out.indexOf(MALFORMED) >= 0) {
      byte[] again = out.getBytes(StandardCharsets.UTF_8);
      boolean same = Arrays.equals(again, 0, again.length, bytes, from, at);
      Arrays.fill(again, (byte) 0);
      if (!same) {
        throw RecordCodec.corrupt();
      }
    }
    return out;
  }

  private byte next() {
    require(1);
    return bytes[at++];
  }

  private void require(long more) {
    if (more > bytes.length - at) {
      throw RecordCodec.corrupt();
    }
  }
}
