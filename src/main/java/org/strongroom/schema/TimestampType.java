package org.strongroom.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A moment, kept as an ISO 8601 instant in UTC ({@code 2026-03-02T02:00:00Z}), years 0001 to 9999.
 * Accepts a T or a space between day and time, and any offset; refuses a time without one, because
 * nobody can say which moment it means.
 */
final class TimestampType implements FieldType {
  private static final int MAX_CHARS = 60;
  private static final Pattern NO_ZONE = Pattern.compile("[0-9-]+T[0-9:.]+");
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .optionalStart()
          .appendLiteral(' ')
          .optionalEnd()
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  @Override
  public String name() {
    return "timestamp";
  }

  @Override
  public String normalise(String raw) throws InvalidValue {
    String line = CleanText.line(raw, MAX_CHARS);
    String iso =
        line.length() > 10 && line.charAt(10) == ' '
            ? line.substring(0, 10) + "T" + line.substring(11)
            : line;
    if (NO_ZONE.matcher(iso).matches()) {
      throw new InvalidValue("no_zone", "has no offset from UTC, such as Z or +08:00");
    }
    try {
      OffsetDateTime utc = OffsetDateTime.parse(iso, FORMAT).withOffsetSameInstant(ZoneOffset.UTC);
      if (utc.getYear() >= 1 && utc.getYear() <= 9999) {
        return utc.toInstant().toString();
      }
    } catch (DateTimeException e) {
      // Falls through to the one reason; the exception's text would hold the value.
    }
    throw new InvalidValue("not_a_timestamp", "is no moment such as 2026-03-02T10:00:00+08:00");
  }

  /** The moment that a canonical text means. */
  static Instant instant(String canonical) {
    return Instant.parse(canonical);
  }

  /** The day, in UTC. */
  @Override
  public String mask(String canonical) {
    int time = canonical.indexOf('T');
    return time > 0 && DateType.isIsoShaped(canonical.substring(0, time))
        ? canonical.substring(0, time + 1) + HIDDEN
        : HIDDEN;
  }

  @Override
  public JsonKind json() {
    return JsonKind.TEXT;
  }
}
