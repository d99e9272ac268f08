package org.strongroom.schema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A day, kept as ISO 8601 {@code yyyy-mm-dd}, years 0001 to 9999. Also accepts {@code yyyymmdd},
 * {@code yyyy/m/d} and {@code yyyy.m.d}, the Chinese form with year, month and day written out, and
 * a midnight behind the day, which databases add to dates that they export.
 */
final class DateType implements FieldType {
  private static final int ISO_LENGTH = 10;
  private static final int MAX_CHARS = 40;
  private static final Pattern LOOSE =
      Pattern.compile(
          "([0-9]{4})(?:([-/.])([0-9]{1,2})\\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)"
              + "(?:[T ]00:00(?::00(?:\\.0{1,9})?)?Z?)?");

  @Override
  public String name() {
    return "date";
  }

  @Override
  public String normalise(String raw) throws InvalidValue {
    if (isIsoShaped(raw)) {
      requireReal(
          CalendarDay.number(raw, 0, 4),
          CalendarDay.number(raw, 5, 7),
          CalendarDay.number(raw, 8, 10));
      return raw;
    }
    String line = CleanText.line(raw, MAX_CHARS);
    if (line.length() == 8 && CalendarDay.number(line, 0, 8) >= 0) {
      return iso(
          CalendarDay.number(line, 0, 4),
          CalendarDay.number(line, 4, 6),
          CalendarDay.number(line, 6, 8));
    }
    Matcher loose = LOOSE.matcher(line);
    if (!loose.matches()) {
      throw new InvalidValue("not_a_date", "is no date such as 1990-12-31, 19901231 or 1990/12/31");
    }
    boolean chinese = loose.group(2) == null;
    return iso(
        Integer.parseInt(loose.group(1)),
        Integer.parseInt(loose.group(chinese ? 5 : 3)),
        Integer.parseInt(loose.group(chinese ? 6 : 4)));
  }

  static boolean isIsoShaped(String text) {
    return text.length() == ISO_LENGTH
        && text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && CalendarDay.number(text, 0, 4) >= 0
        && CalendarDay.number(text, 5, 7) >= 0
        && CalendarDay.number(text, 8, 10) >= 0;
  }

  private static String iso(int year, int month, int day) throws InvalidValue {
    requireReal(year, month, day);
    char[] out = {
      digit(year / 1000),
      digit(year / 100),
      digit(year / 10),
      digit(year),
      '-',
      digit(month / 10),
      digit(month),
      '-',
      digit(day / 10),
      digit(day)
    };
    return new String(out);
  }

  private static char digit(int number) {
    return (char) ('0' + number % 10);
  }

  private static void requireReal(int year, int month, int day) throws InvalidValue {
    if (!CalendarDay.isReal(year, month, day)) {
      throw new InvalidValue("no_such_day", "the calendar has no such day");
    }
  }

  /** The year. */
  @Override
  public String mask(String canonical) {
    return isIsoShaped(canonical) ? canonical.substring(0, 4) + "-**-**" : HIDDEN;
  }

  @Override
  public JsonKind json() {
    return JsonKind.TEXT;
  }
}
