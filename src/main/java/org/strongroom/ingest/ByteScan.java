package org.strongroom.ingest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds bytes eight at a time. A byte of a word is zero where {@code (v - 0x01..) & ~v & 0x80..}
 * has its high bit set; the lowest such bit is exact (Warren, Hacker's Delight, 6-1).
 */
final class ByteScan {
  static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final long ONES = 0x0101010101010101L;
  static final long HIGHS = 0x8080808080808080L;

  private ByteScan() {}

  /** The first line feed in {@code [from, to)}, or {@code to}. */
  static int lineFeed(byte[] bytes, int from, int to) {
    int i = from;
    for (; i <= to - 8; i += 8) {
      long hit = zeros((long) WORD.get(bytes, i) ^ (ONES * '\n'));
      if (hit != 0) {
        return i + (Long.numberOfTrailingZeros(hit) >>> 3);
      }
    }
    while (i < to && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  /** The first quote, line feed or carriage return in {@code [from, to)}, or {@code to}. */
  static int quoteOrLineEnd(byte[] bytes, int from, int to) {
    int i = from;
    for (; i <= to - 8; i += 8) {
      long v = (long) WORD.get(bytes, i);
      long hit = zeros(v ^ (ONES * '"')) | zeros(v ^ (ONES * '\n')) | zeros(v ^ (ONES * '\r'));
      if (hit != 0) {
        return i + (Long.numberOfTrailingZeros(hit) >>> 3);
      }
    }
    while (i < to && bytes[i] != '"' && bytes[i] != '\n' && bytes[i] != '\r') {
      i++;
    }
    return i;
  }

  /** The first quote, backslash or line feed in {@code [from, to)}, or {@code to}. */
  static int stringStop(byte[] bytes, int from, int to) {
    int i = from;
    for (; i <= to - 8; i += 8) {
      long v = (long) WORD.get(bytes, i);
      long hit = zeros(v ^ (ONES * '"')) | zeros(v ^ (ONES * '\\')) | zeros(v ^ (ONES * '\n'));
      if (hit != 0) {
        return i + (Long.numberOfTrailingZeros(hit) >>> 3);
      }
    }
    while (i < to && bytes[i] != '"' && bytes[i] != '\\' && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  static long zeros(long v) {
    return (v - ONES) & ~v & HIGHS;
  }
}
