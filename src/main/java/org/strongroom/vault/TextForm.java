package org.strongroom.vault;

import java.util.Arrays;

/**
 * How a text is packed in a part, as tightly as its characters allow: most of what is known of
 * people are digits, a few lower-case words of a list, and Han characters.
 *
 * <pre>
 * text   = head units         head = count * 4 + form, a varint
 * UTF_8  count bytes
 * DIGITS count characters of 4 bits: digits and the signs of dates, instants, phone and ID numbers
 * WORD   count characters of 5 bits: lower-case letters and the signs of enum values and e-mail
 * HAN    count characters of a byte, 0 and 7 bits of ASCII, or two, 1 and 15 bits from U+2000 on
 * </pre>
 *
 * Bits are filled from the highest down, and what is left of the last byte is zero. Each form is
 * the shortest for all texts that it can hold and those before it in {@link #shortest} cannot.
 */
final class TextForm {
  static final int UTF_8 = 0;
  static final int DIGITS = 1;
  static final int WORD = 2;
  static final int HAN = 3;

  /** Of a head: what tells the form. */
  static final int HEAD_BITS = 2;

  static final int DIGIT_BITS = 4;
  static final int WORD_BITS = 5;
  static final String DIGIT_CHARS = "0123456789+-:TXZ";
  static final String WORD_CHARS = "abcdefghijklmnopqrstuvwxyz_-. @'";

  static final int ASCII = 0x80;

  /** From general punctuation over CJK symbols and kana to the end of the Han characters. */
  static final int HAN_FIRST = 0x2000;

  /** A byte with this bit is the first of two. */
  static final int HAN_WIDE = 0x80;

  private static final int HAN_BITS = 15;

  private static final byte[] DIGIT_CODES = codes(DIGIT_CHARS);
  private static final byte[] WORD_CODES = codes(WORD_CHARS);

  /** Of each ASCII character, a bit for each form that can hold it. */
  private static final byte[] FORMS = forms();

  private TextForm() {}

  /** The form that takes the fewest bytes for this text. */
  static int shortest(String text) {
    int forms = 1 << DIGITS | 1 << WORD | 1 << HAN;
    int wide = 0;
    for (int i = 0; i < text.length() && forms != 0; i++) {
      char c = text.charAt(i);
      if (c < ASCII) {
        forms &= FORMS[c];
      } else {
        forms &= isWide(c) ? 1 << HAN : 0;
        wide++;
      }
    }
    if ((forms & 1 << DIGITS) != 0) {
      return DIGITS;
    }
    if ((forms & 1 << WORD) != 0) {
      return WORD;
    }
    return (forms & 1 << HAN) != 0 && wide > 0 ? HAN : UTF_8;
  }

  /** The bits of each character in this form; 0 where they differ from one to the next. */
  static int bits(int form) {
    return form == DIGITS ? DIGIT_BITS : form == WORD ? WORD_BITS : 0;
  }

  /** What the bits of a character are an index of. */
  static String characters(int form) {
    return form == DIGITS ? DIGIT_CHARS : WORD_CHARS;
  }

  /** What stands for each ASCII character in this form, if it can hold it. */
  static byte[] codes(int form) {
    return form == DIGITS ? DIGIT_CODES : WORD_CODES;
  }

  /** How many bytes {@code count} characters take. */
  static long packedBytes(int form, int count) {
    return ((long) count * bits(form) + Byte.SIZE - 1) / Byte.SIZE;
  }

  private static boolean isWide(char c) {
    return (c - HAN_FIRST) >>> HAN_BITS == 0;
  }

  private static byte[] codes(String characters) {
    byte[] out = new byte[ASCII];
    for (int i = 0; i < characters.length(); i++) {
      out[characters.charAt(i)] = (byte) i;
    }
    return out;
  }

  private static byte[] forms() {
    byte[] out = new byte[ASCII];
    Arrays.fill(out, (byte) (1 << HAN));
    DIGIT_CHARS.chars().forEach(c -> out[c] |= (byte) (1 << DIGITS));
    WORD_CHARS.chars().forEach(c -> out[c] |= (byte) (1 << WORD));
    return out;
  }
}
