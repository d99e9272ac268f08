package org.strongroom.schema;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Cleans text from anywhere. Source: Unicode Standard Annex 15 (normalisation forms). Each function
 * has a fast path that returns its argument when there is nothing to do, which is nearly always.
 */
final class CleanText {
  private CleanText() {}

  /** Whether {@code raw} is empty or only white space: the same as absent. */
  static boolean isBlank(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      if (!isSpace(raw.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** One line: NFKC, white space folded and stripped, invisible format characters dropped. */
  static String line(String raw, int maxChars) throws InvalidValue {
    char previous = ' ';
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (!(c > ' ' && c < 0x7f) && !isCommonHan(c) && !(c == ' ' && previous != ' ')) {
        return foldedLine(raw, maxChars);
      }
      previous = c;
    }
    return previous == ' ' ? foldedLine(raw, maxChars) : requireLength(raw, maxChars);
  }

  private static String foldedLine(String raw, int maxChars) throws InvalidValue {
    StringBuilder out = new StringBuilder();
    boolean space = false;
    String text = normalised(withoutFormat(raw, maxChars), Normalizer.Form.NFKC);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isSpace(c)) {
        space = !out.isEmpty();
        continue;
      }
      if (Character.isISOControl(c)) {
        throw controlCharacter();
      }
      if (space) {
        out.append(' ');
        space = false;
      }
      out.append(c);
    }
    return requireLength(out.toString(), maxChars);
  }

  /** Several lines: NFC, line ends as LF, stripped at both ends; tabs stay. */
  static String block(String raw, int maxChars) throws InvalidValue {
    requireRawLength(raw, maxChars);
    boolean plain = true;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      boolean known = (c >= ' ' && c < 0x7f) || isCommonHan(c) || c == '\n' || c == '\t';
      plain &= known || (c > 0xff00 && c < 0xff5f) || (c >= 0x3000 && c < 0x302a);
      if (!known && Character.isISOControl(c) && c != '\r') {
        throw controlCharacter();
      }
    }
    String text = raw;
    if (!plain) {
      requireWellFormed(raw);
      text = normalised(raw.replace("\r\n", "\n").replace('\r', '\n'), Normalizer.Form.NFC);
    }
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return requireLength(text.substring(from, to), maxChars);
  }

  /** A token: NFKC without any white space or invisible format character. */
  static String token(String raw, int maxChars) throws InvalidValue {
    boolean plain = true;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      plain &= c > ' ' && c < 0x7f;
    }
    if (plain) {
      return requireLength(raw, maxChars);
    }
    String line = foldedLine(raw, maxChars);
    // Without the space, a combining mark may have come to stand behind a letter.
    return line.indexOf(' ') < 0 ? line : normalised(line.replace(" ", ""), Normalizer.Form.NFKC);
  }

  /** For matching: letter case and white space removed, so that loose spellings meet. */
  static String looseForm(String canonical) {
    boolean folded = true;
    for (int i = 0; i < canonical.length() && folded; i++) {
      char c = canonical.charAt(i);
      folded = isCommonHan(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
    if (folded) {
      return canonical;
    }
    StringBuilder out = new StringBuilder(canonical.length());
    // Upper case first: it unites letters that lower case alone keeps apart, such as sharp s and
    // ss.
    String cased = canonical.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    for (int i = 0; i < cased.length(); i++) {
      if (!isSpace(cased.charAt(i))) {
        out.append(cased.charAt(i));
      }
    }
    return normalised(out.toString(), Normalizer.Form.NFKC);
  }

  /** The unified ideographs of the first block, which no normalisation form changes. */
  static boolean isCommonHan(int c) {
    return c >= 0x4e00 && c <= 0x9fff;
  }

  static boolean isSpace(char c) {
    return c <= ' '
        ? c == ' ' || (c >= '\t' && c <= '\r')
        : c >= 0x85 && (c == 0x85 || Character.isSpaceChar(c));
  }

  private static String withoutFormat(String raw, int maxChars) throws InvalidValue {
    requireRawLength(raw, maxChars);
    requireWellFormed(raw);
    StringBuilder out = new StringBuilder(raw.length());
    raw.codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static String normalised(String text, Normalizer.Form form) {
    return Normalizer.isNormalized(text, form) ? text : Normalizer.normalize(text, form);
  }

  static void requireWellFormed(String text) throws InvalidValue {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw new InvalidValue("ill_formed", "holds half of a surrogate pair, which is no text");
        }
        i++;
      }
    }
  }

  private static String requireLength(String text, int maxChars) throws InvalidValue {
    if (text.isEmpty()) {
      throw new InvalidValue("empty", "holds no visible character");
    }
    if (text.length() > maxChars && text.codePointCount(0, text.length()) > maxChars) {
      throw tooLong(maxChars);
    }
    return text;
  }

  /** Bounds the work on hostile input; white space to be folded away gets some room. */
  private static void requireRawLength(String raw, int maxChars) throws InvalidValue {
    if (raw.length() > 4L * maxChars + 64) {
      throw tooLong(maxChars);
    }
  }

  private static InvalidValue tooLong(int maxChars) {
    return new InvalidValue("too_long", "is longer than " + maxChars + " characters");
  }

  private static InvalidValue controlCharacter() {
    return new InvalidValue("control_character", "holds NUL or another control character");
  }
}
