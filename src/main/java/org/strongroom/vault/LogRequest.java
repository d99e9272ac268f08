package org.strongroom.vault;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Entry;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;

/**
 * A question to the audit log as it comes in, the same from every face; null is left out.
 *
 * @param from a date (its beginning, UTC), a date and time (UTC unless it says otherwise), or a
 *     length of time such as {@code 24h} back from now
 * @param to likewise; what happened at that time is no longer meant
 * @param actor a name, an id, or {@value #OPERATOR}
 * @param subject an id
 * @param kind a word of {@link Entry.Kind} in lower case
 * @param before the {@code next} of the answer before
 * @param limit entries at most, or {@value #ALL}; null for {@value #DEFAULT_LIMIT}
 */
public record LogRequest(
    @Nullable String from,
    @Nullable String to,
    @Nullable String actor,
    @Nullable String subject,
    @Nullable String purpose,
    @Nullable String kind,
    @Nullable String before,
    @Nullable String limit) {
  /** What an answer holds at most unless asked otherwise. */
  public static final int DEFAULT_LIMIT = 100;

  /** As a limit: none. */
  public static final String ALL = "all";

  /** As an actor: whoever could read the key file. */
  public static final String OPERATOR = "operator";

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhdw])");
  private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{32}");

  @Nullable Instant begin(Instant now) {
    return moment("from", from, now);
  }

  @Nullable Instant end(Instant now) {
    return moment("to", to, now);
  }

  /** The actor's id, where it was given as one. */
  @Nullable Id actorId() {
    return actor != null && ID.matcher(actor).matches() ? Id.parse(actor) : null;
  }

  @Nullable Id subjectId() {
    if (subject != null && !ID.matcher(subject).matches()) {
      throw bad("a subject is named by its id, 32 hexadecimal digits");
    }
    return subject == null ? null : Id.parse(subject);
  }

  @Nullable String purposeName() {
    return purpose == null ? null : Question.purpose(purpose);
  }

  Entry.@Nullable Kind kindOf() {
    if (kind == null) {
      return null;
    }
    return Arrays.stream(Entry.Kind.values())
        .filter(each -> word(each).equals(kind))
        .findFirst()
        .orElseThrow(
            () ->
                bad(
                    "there is no such kind of entry; there are "
                        + Arrays.stream(Entry.Kind.values()).map(LogRequest::word).toList()));
  }

  long beforeIndex() {
    if (before == null) {
      return Long.MAX_VALUE;
    }
    if (!NUMBER.matcher(before).matches()) {
      throw bad("\"before\" is the index of an entry");
    }
    return Long.parseLong(before);
  }

  long mostEntries() {
    if (limit == null) {
      return DEFAULT_LIMIT;
    }
    if (limit.equals(ALL)) {
      return Long.MAX_VALUE;
    }
    long most = NUMBER.matcher(limit).matches() ? Long.parseLong(limit) : 0;
    if (most < 1) {
      throw bad("\"limit\" is a number from 1, or \"" + ALL + "\"");
    }
    return most;
  }

  /** What a kind is called outside. */
  static String word(Entry.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Instant moment(String which, @Nullable String text, Instant now) {
    if (text == null) {
      return null;
    }
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      return now.minus(unit(ago.group(2)).multipliedBy(Long.parseLong(ago.group(1))));
    }
    try {
      int time = text.indexOf('T');
      if (time < 0) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      boolean zoned =
          text.endsWith("Z") || text.indexOf('+', time) > 0 || text.indexOf('-', time) > 0;
      return zoned
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw bad(
          "\""
              + which
              + "\" is a date (2026-03-02), a date and time (2026-03-02T14:00:00Z, or with another"
              + " offset; UTC without one), or a length of time back from now (90m, 24h, 7d, 2w)");
    }
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      default -> Duration.ofDays(7);
    };
  }

  private static VaultException bad(String why) {
    return new VaultException(ErrorCode.BAD_REQUEST, why);
  }
}
