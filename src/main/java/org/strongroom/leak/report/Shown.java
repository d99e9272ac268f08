package org.strongroom.leak.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Figures, times and foreign names as pages show them, in English and UTC. Public for the templates
 * only. Gives plain text: the templates escape it.
 */
public final class Shown {
  private static final DateTimeFormatter DAY = formatter("d MMMM uuuu");
  private static final DateTimeFormatter DAY_OF_YEAR = formatter("d MMMM");
  private static final DateTimeFormatter TIME = formatter("HH:mm");

  /** More marks than this upon one letter reach into the lines above and below. */
  private static final int MOST_MARKS = 4;

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

  private Shown() {}

  /** {@code 1,234,567}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 940}, {@code 12 k}, {@code 1.5 M}: for the axes of charts. */
  public static String shortCount(long number) {
    if (number >= 1_000_000) {
      return plain(number / 1e6) + " M";
    }
    return number >= 10_000 ? plain(number / 1e3) + " k" : count(number);
  }

  /** {@code 96.4 %}; what is not all or nothing is never shown as such. */
  public static String percent(double share) {
    if (share > 0 && share < 0.001) {
      return "< 0.1 %";
    }
    if (share < 1 && share > 0.999) {
      return "> 99.9 %";
    }
    return plain(share * 100) + " %";
  }

  /** A part of a whole in per cent; nothing of nothing is a dash. */
  public static String percent(long part, long whole) {
    return whole == 0 ? "–" : percent((double) part / whole);
  }

  /** With one digit after the point: {@code 1,192.1}. */
  public static String decimal(double number) {
    return String.format(Locale.ROOT, "%,.1f", number);
  }

  /** {@code 0.031} or {@code 4.4 × 10⁻¹⁸³}. */
  public static String probability(double p) {
    if (p <= 0) {
      return "< 10⁻³⁰⁰";
    }
    BigDecimal rounded = new BigDecimal(p).round(new MathContext(2));
    if (rounded.compareTo(new BigDecimal("0.0001")) >= 0) {
      return rounded.stripTrailingZeros().toPlainString();
    }
    int exponent = rounded.precision() - rounded.scale() - 1;
    return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString()
        + " × 10⁻"
        + superscript(-exponent);
  }

  /** {@code 56.1 MB}, by powers of 1000. */
  public static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " bytes";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 999.95 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return plain(value) + " " + UNITS[unit];
  }

  /** {@code 2 March 2026}. */
  public static String day(Instant at) {
    return DAY.format(at);
  }

  /** {@code 2 March 2026, 09:15 UTC}. */
  public static String moment(Instant at) {
    return DAY.format(at) + ", " + TIME.format(at) + " UTC";
  }

  /**
   * {@code 2–9 March 2026}; by minutes when it is within two days.
   *
   * @param to null when it lasts
   */
  public static String span(Instant from, @Nullable Instant to) {
    if (to == null) {
      return "since " + day(from);
    }
    if (day(from).equals(day(to))) {
      return TIME.format(from) + "–" + TIME.format(to) + " UTC on " + day(to);
    }
    if (ChronoUnit.HOURS.between(from, to) < 48) {
      return DAY_OF_YEAR.format(from) + ", " + TIME.format(from) + " – " + moment(to);
    }
    ZonedDateTime a = from.atZone(ZoneOffset.UTC);
    ZonedDateTime b = to.atZone(ZoneOffset.UTC);
    if (a.getYear() != b.getYear()) {
      return day(from) + " – " + day(to);
    }
    return a.getMonth() == b.getMonth()
        ? a.getDayOfMonth() + "–" + day(to)
        : DAY_OF_YEAR.format(from) + " – " + day(to);
  }

  /**
   * A name that somebody else chose, so that all of it is seen: characters without a shape of their
   * own, such as those that turn the direction of the text, are told by their code.
   */
  public static String name(String foreign) {
    StringBuilder out = new StringBuilder(foreign.length());
    int marks = 0;
    for (int i = 0; i < foreign.length(); ) {
      int c = foreign.codePointAt(i);
      i += Character.charCount(c);
      marks = isMark(c) ? marks + 1 : 0;
      if (isShapeless(c) || marks > MOST_MARKS) {
        out.append(String.format(Locale.ROOT, "⟨U+%04X⟩", c));
      } else {
        out.appendCodePoint(c);
      }
    }
    return out.length() == 0 ? "⟨empty⟩" : out.toString();
  }

  /** A word with underscores as words, the first with a capital. */
  public static String words(String name) {
    String spaced = name(name).replace('_', ' ');
    return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
  }

  private static boolean isShapeless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      case Character.SPACE_SEPARATOR -> c != ' ';
      default -> false;
    };
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  /** With one digit after the point, if it is not 0. */
  private static String plain(double number) {
    String text = decimal(number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String superscript(int number) {
    StringBuilder out = new StringBuilder();
    Integer.toString(number).chars().forEach(c -> out.append(SUPERSCRIPTS.charAt(c - '0')));
    return out.toString();
  }

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }
}
