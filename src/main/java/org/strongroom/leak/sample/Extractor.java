package org.strongroom.leak.sample;

import java.util.LinkedHashSet;
import java.util.Set;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.InvalidValue;

/**
 * Finds ID numbers, Chinese telephone numbers and e-mail addresses anywhere in text. What was found
 * is canonical and stays until the next search. For one thread.
 */
final class Extractor {
  private static final int ID = 18;
  private static final int OLD_ID = 15;
  private static final int MOBILE = 11;
  private static final int MAX_LOCAL = 64;

  private final CollectionSpec spec;
  private final int idPosition;
  private final int phonePosition;
  private final int emailPosition;
  private final Set<String> ids = new LinkedHashSet<>();
  private final Set<String> phones = new LinkedHashSet<>();
  private final Set<String> emails = new LinkedHashSet<>();

  Extractor(CollectionSpec spec) {
    this.spec = spec;
    this.idPosition = first(spec, "cn.resident_id");
    this.phonePosition = first(spec, "phone");
    this.emailPosition = first(spec, "email");
  }

  private static int first(CollectionSpec spec, String type) {
    for (int i = 0; i < spec.fieldCount(); i++) {
      if (spec.field(i).type().name().equals(type)) {
        return i;
      }
    }
    return Mapping.NONE;
  }

  /** Where ID numbers belong that were found in text; {@link Mapping#NONE} if nowhere. */
  int idPosition() {
    return idPosition;
  }

  int phonePosition() {
    return phonePosition;
  }

  int emailPosition() {
    return emailPosition;
  }

  Set<String> ids() {
    return ids;
  }

  Set<String> phones() {
    return phones;
  }

  Set<String> emails() {
    return emails;
  }

  void clear() {
    if (count() > 0) {
      ids.clear();
      phones.clear();
      emails.clear();
    }
  }

  int count() {
    return ids.size() + phones.size() + emails.size();
  }

  /** Adds what is found in {@code text}; gives whether it holds anything, new or not. */
  boolean search(String text) {
    boolean found = false;
    int i = 0;
    int length = text.length();
    while (i < length) {
      char c = text.charAt(i);
      if (isDigit(c)) {
        int end = i + 1;
        while (end < length && isDigit(text.charAt(end))) {
          end++;
        }
        found |= number(text, i, end);
        i = end;
      } else {
        if (c == '@') {
          found |= email(text, i);
        }
        i++;
      }
    }
    return found;
  }

  private static boolean isDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= '０' && c <= '９');
  }

  /** A run of digits. */
  private boolean number(String text, int from, int to) {
    char next = to < text.length() ? text.charAt(to) : ' ';
    if (next == '@') {
      return false;
    }
    boolean x = (next | 0x20) == 'x' || next == 'Ｘ' || next == 'ｘ';
    boolean wordFollows = to < text.length() && isLatin(next);
    return switch (to - from) {
      case ID - 1 ->
          x && !(to + 1 < text.length() && isWord(text.charAt(to + 1))) && id(text, from, to + 1);
      case ID -> !wordFollows && id(text, from, to);
      case OLD_ID -> !wordFollows && id(text, from, to);
      case MOBILE -> text.charAt(from) == '1' && phone(text, from, to);
      case MOBILE + 2 -> text.startsWith("861", from) && phone(text, from + 2, to);
      case 3, 4, 6 -> grouped(text, from, to);
      default -> false;
    };
  }

  /** Groups of digits with hyphens or spaces between them. */
  private boolean grouped(String text, int from, int to) {
    int second = group(text, to);
    int third = second < 0 ? -1 : group(text, second);
    int lengthOfSecond = second - to - 1;
    if (to - from == 6 && lengthOfSecond == 8 && third >= 0) {
      boolean x = third < text.length() && (text.charAt(third) | 0x20) == 'x';
      return id(text, from, x ? third + 1 : third);
    }
    if (to - from == 3 && text.charAt(from) == '1' && lengthOfSecond == 4 && third - second == 5) {
      return phone(text, from, third);
    }
    boolean landline =
        text.charAt(from) == '0' && (lengthOfSecond == 7 || lengthOfSecond == 8) && second > 0;
    return landline && phone(text, from, second);
  }

  /** The end of the group that follows {@code at} behind one separator; -1 if none does. */
  private static int group(String text, int at) {
    if (at >= text.length() || (text.charAt(at) != '-' && text.charAt(at) != ' ')) {
      return -1;
    }
    int end = at + 1;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end > at + 1 ? end : -1;
  }

  private boolean id(String text, int from, int to) {
    return add(idPosition, text.substring(from, to), ids);
  }

  private boolean phone(String text, int from, int to) {
    return add(phonePosition, text.substring(from, to), phones);
  }

  private boolean email(String text, int at) {
    int from = at;
    while (from > 0 && at - from < MAX_LOCAL && isLocal(text.charAt(from - 1))) {
      from--;
    }
    int to = at + 1;
    while (to < text.length() && isDomain(text.charAt(to))) {
      to++;
    }
    while (to > at + 1 && !isWord(text.charAt(to - 1))) {
      to--;
    }
    while (from < at && text.charAt(from) == '.') {
      from++;
    }
    return from < at && to > at + 3 && add(emailPosition, text.substring(from, to), emails);
  }

  private boolean add(int position, String raw, Set<String> to) {
    if (position == Mapping.NONE) {
      return false;
    }
    try {
      to.add(spec.normaliseQuery(position, raw));
      return true;
    } catch (InvalidValue e) {
      return false;
    }
  }

  private static boolean isLocal(char c) {
    return isWord(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
  }

  private static boolean isDomain(char c) {
    return isWord(c) || c == '.' || c == '-';
  }

  private static boolean isWord(char c) {
    return isLatin(c) || (c >= '0' && c <= '9');
  }

  private static boolean isLatin(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
