package org.strongroom.schema;

/**
 * An address brought into one way of writing, to be compared: simplified characters, lower case, no
 * white space or commas; house numbers in digits, with one dash for whatever unit follows them, so
 * that 三号楼二单元, 3号楼2单元 and 3-2 are the same. Immutable.
 */
final class AddressForm {
  /** What is counted, longest first where one begins with another. */
  private static final String[] UNITS = {
    "号楼", "号院", "单元", "号", "栋", "幢", "座", "楼", "门", "室", "房", "户", "层", "组", "弄", "队", "排"
  };

  private static final String UNITS_BEGIN = "号单栋幢座楼门室房户层组弄队排";
  private static final String NUMERALS = "〇零一二两三四五六七八九十百千";
  private static final String DIGITS = "零一二三四五六七八九";
  private static final String DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212/#";
  private static final String DROPPED = ",.;:()[]\u3001\u3002\u300a\u300b\u3010\u3011'\"";
  private static final int MOST_NUMBERS = 16;

  private final String text;

  /** Where each number begins and ends, in turn. */
  private final int[] bounds;

  private final int numbers;

  private AddressForm(StringBuilder written) {
    int end = written.length();
    while (end > 0 && written.charAt(end - 1) == '-') {
      end--;
    }
    this.text = written.substring(0, end);
    this.bounds = new int[2 * MOST_NUMBERS];
    int found = 0;
    for (int i = 0; i < text.length() && found < MOST_NUMBERS; i++) {
      if (isDigit(text.charAt(i))) {
        bounds[2 * found] = i;
        while (i < text.length() && isDigit(text.charAt(i))) {
          i++;
        }
        bounds[2 * found + 1] = i;
        found++;
      }
    }
    this.numbers = found;
  }

  static AddressForm of(String canonical) {
    StringBuilder out = new StringBuilder(canonical.length());
    int i = 0;
    while (i < canonical.length()) {
      char c = canonical.charAt(i);
      int end = numberEnd(canonical, i);
      if (end > i) {
        appendNumber(canonical, i, end, out);
        i = end + unitLength(canonical, end);
        if (i > end) {
          dash(out);
        }
        continue;
      }
      if (CleanText.isCommonHan(c)) {
        if (c != '第' || numberEnd(canonical, i + 1) == i + 1) {
          out.append(HanVariants.simplified(c));
        }
      } else if (DASHES.indexOf(c) >= 0) {
        dash(out);
      } else if (!CleanText.isSpace(c) && DROPPED.indexOf(c) < 0) {
        out.append(Character.toLowerCase(c));
      }
      i++;
    }
    return new AddressForm(out);
  }

  private static void dash(StringBuilder out) {
    if (!out.isEmpty() && out.charAt(out.length() - 1) != '-') {
      out.append('-');
    }
  }

  String text() {
    return text;
  }

  /** How many numbers there are; those beyond the sixteenth are not counted. */
  int numbers() {
    return numbers;
  }

  String number(int i) {
    return text.substring(bounds[2 * i], bounds[2 * i + 1]);
  }

  boolean sameNumber(int i, AddressForm other, int k) {
    int length = bounds[2 * i + 1] - bounds[2 * i];
    return length == other.bounds[2 * k + 1] - other.bounds[2 * k]
        && text.regionMatches(bounds[2 * i], other.text, other.bounds[2 * k], length);
  }

  /**
   * The end of the number at {@code from}; {@code from} if there is none. Chinese numerals count
   * only where a unit follows: 五一路 is a road.
   */
  private static int numberEnd(String text, int from) {
    int end = from;
    if (from >= text.length()) {
      return from;
    }
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    if (end > from) {
      return end;
    }
    while (end < text.length() && isNumeral(text.charAt(end))) {
      end++;
    }
    return end > from && unitLength(text, end) > 0 ? end : from;
  }

  private static int unitLength(String text, int at) {
    if (at < text.length() && UNITS_BEGIN.indexOf(HanVariants.simplified(text.charAt(at))) >= 0) {
      for (String unit : UNITS) {
        if (starts(text, at, unit)) {
          return unit.length();
        }
      }
    }
    return 0;
  }

  private static boolean starts(String text, int at, String unit) {
    for (int i = 0; i < unit.length(); i++) {
      if (at + i >= text.length()
          || HanVariants.simplified(text.charAt(at + i)) != unit.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNumeral(char c) {
    return c <= '零' && NUMERALS.indexOf(c) >= 0;
  }

  /** Digits as they are; numerals by value, or digit by digit where there is no ten among them. */
  private static void appendNumber(String text, int from, int end, StringBuilder out) {
    if (isDigit(text.charAt(from))) {
      out.append(text, from, end);
      return;
    }
    boolean places = false;
    for (int i = from; i < end; i++) {
      places |= "十百千".indexOf(text.charAt(i)) >= 0;
    }
    int value = 0;
    int digit = -1;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      int place = c == '十' ? 10 : c == '百' ? 100 : c == '千' ? 1000 : 0;
      if (place > 0) {
        value += (digit < 0 ? 1 : digit) * place;
        digit = -1;
      } else {
        digit = c == '〇' ? 0 : c == '两' ? 2 : DIGITS.indexOf(c);
        if (!places) {
          out.append(digit);
        }
      }
    }
    if (places) {
      out.append(value + Math.max(0, digit));
    }
  }
}
