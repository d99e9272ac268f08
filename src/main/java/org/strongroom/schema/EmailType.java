package org.strongroom.schema;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An e-mail address. Source: RFC 5321 and RFC 5322 (dot-atom only: the quoted local parts, comments
 * and address literals that they allow as well are refused), RFC 6531 (local parts beyond ASCII).
 * The domain is lower-cased and turned to ASCII by {@link IDN} (RFC 3490); the local part keeps its
 * case, but an index ignores it, since no provider tells addresses apart by it. Not checked:
 * whether anybody reads it.
 */
final class EmailType implements FieldType {
  private static final int MAX_CHARS = 254;
  private static final int MAX_LOCAL_BYTES = 64;
  private static final String SPECIAL = "!#$%&'*+-/=?^_`{|}~";

  @Override
  public String name() {
    return "email";
  }

  @Override
  public String normalise(String raw) throws InvalidValue {
    String line = CleanText.line(raw, MAX_CHARS);
    int at = line.lastIndexOf('@');
    if (at < 1 || !isDotAtom(line, at)) {
      throw notAnEmail();
    }
    String local = line.substring(0, at);
    if (local.getBytes(StandardCharsets.UTF_8).length > MAX_LOCAL_BYTES) {
      throw notAnEmail();
    }
    String domain = domain(line.substring(at + 1));
    if (line.startsWith(domain, at + 1) && line.length() == at + 1 + domain.length()) {
      return line;
    }
    String out = local + "@" + domain;
    if (out.length() > MAX_CHARS) {
      throw notAnEmail();
    }
    return out;
  }

  /** Whether {@code text[0, end)} is atoms joined by single dots. */
  private static boolean isDotAtom(String text, int end) {
    char previous = '.';
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean atom =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || SPECIAL.indexOf(c) >= 0
              || (c > 0x9f && !CleanText.isSpace(c));
      if (!atom && (c != '.' || previous == '.')) {
        return false;
      }
      previous = c;
    }
    return previous != '.';
  }

  private static String domain(String raw) throws InvalidValue {
    String domain = raw;
    if (!isAsciiHost(raw)) {
      try {
        domain = IDN.toASCII(raw, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
      } catch (IllegalArgumentException e) {
        throw notAnEmail();
      }
    }
    int lastDot = domain.lastIndexOf('.');
    boolean named = lastDot > 0 && lastDot < domain.length() - 1;
    if (!named
        || !isAsciiHost(domain)
        || CalendarDay.number(domain, lastDot + 1, domain.length()) >= 0) {
      throw notAnEmail();
    }
    return domain;
  }

  /** Whether the text is lower-case labels of at most 63 characters (RFC 1035, RFC 1123). */
  private static boolean isAsciiHost(String text) {
    char previous = '.';
    int label = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        if (previous == '.' || previous == '-') {
          return false;
        }
        label = 0;
      } else if ((c >= 'a' && c <= 'z')
          || (c >= '0' && c <= '9')
          || (c == '-' && previous != '.')) {
        if (++label > 63) {
          return false;
        }
      } else {
        return false;
      }
      previous = c;
    }
    return previous != '.' && previous != '-';
  }

  private static InvalidValue notAnEmail() {
    return new InvalidValue("not_an_email", "is no e-mail address such as name@example.org");
  }

  /** The first letter and the domain. */
  @Override
  public String mask(String canonical) {
    int at = canonical.lastIndexOf('@');
    return at < 1
        ? HIDDEN
        : canonical.substring(0, canonical.offsetByCodePoints(0, 1))
            + HIDDEN
            + canonical.substring(at);
  }

  @Override
  public String indexForm(String canonical) {
    return CleanText.looseForm(canonical);
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
