package org.strongroom.vault;

import java.util.Arrays;

/**
 * Writes the plaintext of parts, one behind another; see {@link RecordCodec} and {@link TextForm}.
 * Characters go from the text to where they stay, so no other copy of them is made. For one thread.
 */
final class PartWriter {
  private static final int USUAL_BYTES = 512;

  /** A varint of an int has five bytes at most. */
  private static final int HEAD_BYTES = 10;

  private static final int LONG_BYTES = 10;

  /** No character takes more, in any form: of a pair of surrogates each takes two. */
  private static final int CHARACTER_BYTES = 3;

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
    makeRoom(LONG_BYTES);
    varint(value);
  }

  /** What is no text, a surrogate without its other half, becomes a question mark. */
  void text(int tag, String value) {
    int form = TextForm.shortest(value);
    makeRoom(HEAD_BYTES + Math.multiplyExact(CHARACTER_BYTES, value.length()));
    varint(tag);
    int count = form == TextForm.UTF_8 ? utf8Bytes(value) : value.length();
    varint((long) count << TextForm.HEAD_BITS | form);
    switch (form) {
      case TextForm.UTF_8 -> utf8(value);
      case TextForm.HAN -> han(value);
      default -> packed(value, TextForm.bits(form), TextForm.codes(form));
    }
  }

  private void packed(String value, int bits, byte[] codes) {
    byte[] out = bytes;
    int at = length;
    int pending = 0;
    int filled = 0;
    for (int i = 0; i < value.length(); i++) {
      pending = pending << bits | codes[value.charAt(i)];
      filled += bits;
      if (filled >= Byte.SIZE) {
        filled -= Byte.SIZE;
        out[at++] = (byte) (pending >>> filled);
      }
    }
    if (filled > 0) {
      out[at++] = (byte) (pending << (Byte.SIZE - filled));
    }
    length = at;
  }

  private void han(String value) {
    byte[] out = bytes;
    int at = length;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= TextForm.ASCII) {
        int code = c - TextForm.HAN_FIRST;
        out[at++] = (byte) (TextForm.HAN_WIDE | code >>> Byte.SIZE);
        out[at++] = (byte) code;
      } else {
        out[at++] = (byte) c;
      }
    }
    length = at;
  }

  private static int utf8Bytes(String value) {
    int out = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x80) {
        out++;
      } else if (c < 0x800) {
        out += 2;
      } else if (!Character.isSurrogate(c)) {
        out += 3;
      } else if (isPair(value, i)) {
        out += 4;
        i++;
      } else {
        out++;
      }
    }
    return out;
  }

  private void utf8(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x80) {
        bytes[length++] = (byte) c;
      } else if (c < 0x800) {
        bytes[length++] = (byte) (0xc0 | c >>> 6);
        continued(c);
      } else if (!Character.isSurrogate(c)) {
        bytes[length++] = (byte) (0xe0 | c >>> 12);
        continued(c >>> 6);
        continued(c);
      } else if (isPair(value, i)) {
        int point = value.codePointAt(i++);
        bytes[length++] = (byte) (0xf0 | point >>> 18);
        continued(point >>> 12);
        continued(point >>> 6);
        continued(point);
      } else {
        bytes[length++] = '?';
      }
    }
  }

  private static boolean isPair(String value, int at) {
    return Character.isHighSurrogate(value.charAt(at))
        && at + 1 < value.length()
        && Character.isLowSurrogate(value.charAt(at + 1));
  }

  private void continued(int bits) {
    bytes[length++] = (byte) (0x80 | (bits & 0x3f));
  }

  void wipe() {
    Arrays.fill(bytes, 0, length, (byte) 0);
  }

  private void varint(long value) {
    length = varint(value, bytes, length);
  }

  /**
   * Writes a number, seven bits a byte, the lowest first.
   *
   * @return behind it
   */
  static int varint(long value, byte[] out, int at) {
    int next = at;
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out[next++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out[next++] = (byte) rest;
    return next;
  }

  static int varintBytes(int value) {
    return 1 + (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(value | 1)) / 7;
  }

  private void makeRoom(int more) {
    if (length + more > bytes.length) {
      byte[] larger = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
      wipe();
      bytes = larger;
    }
  }
}
