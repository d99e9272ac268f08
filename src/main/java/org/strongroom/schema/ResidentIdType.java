package org.strongroom.schema;

import java.time.Clock;
import java.util.Optional;

/**
 * The citizen identification number of China. Source: GB 11643-1999, with GB/T 2260 for places.
 *
 * <p>Accepts the 18-character form, with a lower-case or Roman-numeral x, full-width digits, and
 * spaces or hyphens between groups; and the 15-digit form of 1984 to 1999, which is lifted to 18
 * characters with a birth year in 19yy. Not checked: whether the number was ever given out.
 */
final class ResidentIdType implements FieldType {
  /** Nobody born earlier lived to be given a number, which began in 1984. */
  private static final int FIRST_BIRTH_YEAR = 1850;

  private static final int OLD_LENGTH = 15;
  private static final int MAX_CHARS = 40;
  private static final Optional<Doubt> UNKNOWN_COUNTY =
      Optional.of(
          new Doubt("unknown_county", "the county code is none of today; it may be abolished"));

  private final Clock clock;

  ResidentIdType(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "cn.resident_id";
  }

  @Override
  public String normalise(String raw) throws InvalidValue {
    String id = isPlain(raw) ? raw : tidy(raw);
    int province = CalendarDay.number(id, 0, 2);
    if (!Areas.isProvince(province)) {
      throw new InvalidValue("province", "the first two digits name no province (GB/T 2260)");
    }
    int year = CalendarDay.number(id, 6, 10);
    int month = CalendarDay.number(id, 10, 12);
    int day = CalendarDay.number(id, 12, 14);
    if (year < FIRST_BIRTH_YEAR || !CalendarDay.isReal(year, month, day)) {
      throw new InvalidValue("birth_date", "digits 7 to 14 are no real birth date");
    }
    if (CalendarDay.isFuture(year, month, day, clock)) {
      throw new InvalidValue("birth_date_in_future", "the birth date lies in the future");
    }
    if (ResidentId.checkCharacter(id) != id.charAt(17)) {
      throw new InvalidValue("check_digit", "the check digit does not fit the other digits");
    }
    return id;
  }

  private static boolean isPlain(String raw) {
    return raw.length() == ResidentId.LENGTH
        && CalendarDay.number(raw, 0, 9) >= 0
        && CalendarDay.number(raw, 9, 17) >= 0
        && (raw.charAt(17) == 'X' || CalendarDay.number(raw, 17, 18) >= 0);
  }

  private static String tidy(String raw) throws InvalidValue {
    String token = CleanText.token(raw, MAX_CHARS).replace("-", "");
    if (token.endsWith("x")) {
      token = token.substring(0, token.length() - 1) + "X";
    }
    boolean old = token.length() == OLD_LENGTH;
    if (!old && token.length() != ResidentId.LENGTH) {
      throw new InvalidValue("length", "has neither 18 characters nor the 15 of the old form");
    }
    if (old) {
      token = token.substring(0, 6) + "19" + token.substring(6) + "0";
    }
    if (!isPlain(token)) {
      throw new InvalidValue("not_digits", "holds something other than digits and a final X");
    }
    return old ? token.substring(0, 17) + ResidentId.checkCharacter(token) : token;
  }

  @Override
  public Optional<Doubt> doubt(String canonical) {
    return Areas.isKnown(CalendarDay.number(canonical, 0, 6)) ? Optional.empty() : UNKNOWN_COUNTY;
  }

  /** Region and the last two: enough to tell two people in a queue apart. */
  @Override
  public String mask(String canonical) {
    return isPlain(canonical)
        ? canonical.substring(0, 6) + "**********" + canonical.substring(16)
        : HIDDEN;
  }

  @Override
  public JsonKind json() {
    return JsonKind.TEXT;
  }

  @Override
  public Entropy entropy() {
    return Entropy.IDENTIFYING;
  }
}
