package org.strongroom.ingest;

/** Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF; no NUL. */
final class Utf8 {
  private Utf8() {}

  /** What a range of bytes is. */
  enum Verdict {
    GOOD,
    BROKEN,
    /** Good but for its last character, which is cut off. */
    CUT,
    /** Holds a NUL byte; what follows it was not looked at. */
    NUL
  }

  static Verdict check(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (i <= to - 8) {
        long v = (long) ByteScan.WORD.get(bytes, i);
        if (((v | ByteScan.zeros(v)) & ByteScan.HIGHS) == 0) {
          i += 8;
          continue;
        }
      }
      int first = bytes[i];
      if (first > 0) {
        i++;
      } else if (first == 0) {
        return Verdict.NUL;
      } else {
        int length = length(bytes, i, to);
        if (length <= 0) {
          return length == 0 ? Verdict.BROKEN : Verdict.CUT;
        }
        i += length;
      }
    }
    return Verdict.GOOD;
  }

  /** The length of the character of several bytes at {@code i}; 0 if broken, -1 if cut off. */
  private static int length(byte[] bytes, int i, int to) {
    int first = bytes[i] & 0xff;
    int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (first < 0xc2 || first > 0xf4) {
      return 0;
    }
    if (i + 1 < to) {
      int second = bytes[i + 1] & 0xff;
      int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
      int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
      if (second < least || second > most) {
        return 0;
      }
    }
    for (int k = 2; k < length && i + k < to; k++) {
      if ((bytes[i + k] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return i + length <= to ? length : -1;
  }
}
