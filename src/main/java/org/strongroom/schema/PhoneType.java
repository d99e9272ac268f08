package org.strongroom.schema;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A telephone number, kept in E.164. Source: ITU-T E.164, with the numbering plans of
 * libphonenumber. A number without a country code is taken to be of the field's region. Letters and
 * extensions are refused: E.164 has no room for them.
 */
final class PhoneType implements FieldType {
  private static final int MAX_CHARS = 40;

  /**
   * Three-digit prefixes whose every 11-digit number is a valid Chinese mobile by libphonenumber
   * 9.0.43. The library takes microseconds for what these decide in nanoseconds; a test holds that
   * both give the same answer. Prefixes that are valid in part (161, 174) are left to the library.
   */
  private static final BitSet CHINESE_MOBILE = chineseMobile();

  private final String region;
  private final boolean chinese;
  private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();

  /**
   * @param region ISO 3166-1 alpha-2, one that the library supports
   */
  PhoneType(String region) {
    this.region = region;
    this.chinese = region.equals("CN");
  }

  static boolean isRegion(String region) {
    return PhoneNumberUtil.getInstance().getSupportedRegions().contains(region);
  }

  @Override
  public String name() {
    return "phone";
  }

  @Override
  public String normalise(String raw) throws InvalidValue {
    String quick = chineseMobile(raw);
    return quick != null ? quick : byLibrary(raw);
  }

  /** The number, if it is a Chinese mobile beyond doubt; else null. */
  private @Nullable String chineseMobile(String raw) {
    boolean international = raw.startsWith("+86");
    if (!international && !chinese) {
      return null;
    }
    char[] out = {'+', '8', '6', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    int count = 3;
    for (int i = international ? 3 : 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c >= '0' && c <= '9') {
        if (count == out.length) {
          return null;
        }
        out[count++] = c;
      } else if (c != ' ' && c != '-') {
        return null;
      }
    }
    if (count != out.length) {
      return null;
    }
    int prefix = (out[3] - '0') * 100 + (out[4] - '0') * 10 + (out[5] - '0');
    if (!CHINESE_MOBILE.get(prefix)) {
      return null;
    }
    return international && raw.length() == out.length ? raw : new String(out);
  }

  /** The answer without the fast path. */
  String byLibrary(String raw) throws InvalidValue {
    String plain = plain(CleanText.line(raw, MAX_CHARS));
    PhoneNumber number;
    try {
      number = library.parse(plain, region);
    } catch (NumberParseException e) {
      throw notAPhone();
    }
    if (!library.isValidNumber(number)) {
      throw new InvalidValue("not_valid", "no such number in the numbering plan of its country");
    }
    return library.format(number, PhoneNumberFormat.E164);
  }

  /** Digits and separators only, in ASCII. */
  private static String plain(String line) throws InvalidValue {
    StringBuilder out = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      int digit = Character.digit(c, 10);
      if (digit >= 0) {
        out.append((char) ('0' + digit));
      } else if (Character.getType(c) == Character.DASH_PUNCTUATION) {
        out.append('-');
      } else if (" ().+/".indexOf(c) >= 0) {
        out.append(c);
      } else {
        throw notAPhone();
      }
    }
    return out.toString();
  }

  private static InvalidValue notAPhone() {
    return new InvalidValue("not_a_phone", "is no telephone number");
  }

  private static BitSet chineseMobile() {
    BitSet out = new BitSet(200);
    out.set(130, 140);
    for (int prefix : new int[] {145, 147, 162, 165, 166, 167}) {
      out.set(prefix);
    }
    out.set(150, 154);
    out.set(155, 160);
    out.set(170, 174);
    out.set(175, 179);
    out.set(180, 194);
    out.set(195, 200);
    return out;
  }

  /** The last four digits, or the last half of a number shorter than eight. */
  @Override
  public String mask(String canonical) {
    int shown = Math.min(4, (canonical.length() - 1) / 2);
    return canonical.startsWith("+") && shown > 0
        ? HIDDEN + canonical.substring(canonical.length() - shown)
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
