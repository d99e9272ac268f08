package org.strongroom.leak.lookup;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.strongroom.schema.FieldType;
import org.strongroom.schema.InvalidValue;

/**
 * Finds identifiers: values that are valid as an e-mail address, a Chinese ID number or a telephone
 * number, and else such words of a text, between blanks, marks and Han characters. A number of
 * fewer than ten digits is none, nor is one in a text that is parted by blanks. For one thread.
 */
final class IdentifierScan {
  private static final int MAX_WORD_CHARS = 254;

  /** What an ID or telephone number has at most as people write it, and at least in digits. */
  private static final int MAX_NUMBER_CHARS = 40;

  private static final int MIN_NUMBER_DIGITS = 10;

  private static final String MARKS = "\"'`,;:<>()[]{}|=\\/\u2018\u2019\u201c\u201d";

  /** Where Han characters and their marks begin, which no blank parts from a number. */
  private static final char HAN = '\u2e80';

  private final Map<LookupKind, FieldType> types = new EnumMap<>(LookupKind.class);

  IdentifierScan(Clock clock) {
    for (LookupKind kind : LookupKind.values()) {
      types.put(kind, kind.type(clock));
    }
  }

  /** Hands over the identifiers in a value, in their order. */
  void in(String value, Consumer<Identifier> out) {
    @Nullable Identifier whole = identifier(value);
    if (whole != null) {
      out.accept(whole);
      return;
    }
    for (int from = 0; from < value.length(); ) {
      int to = from;
      boolean address = false;
      while (to < value.length() && !endsWord(value.charAt(to))) {
        address |= value.charAt(to++) == '@';
      }
      int end = to > from && value.charAt(to - 1) == '.' ? to - 1 : to;
      boolean perhaps = address || end - from >= MIN_NUMBER_DIGITS;
      if (perhaps && end - from <= MAX_WORD_CHARS && end - from < value.length()) {
        @Nullable Identifier word = identifier(value.substring(from, end));
        if (word != null) {
          out.accept(word);
        }
      }
      from = to + 1;
    }
  }

  private static boolean endsWord(char c) {
    return c >= HAN || Character.isWhitespace(c) || MARKS.indexOf(c) >= 0;
  }

  private @Nullable Identifier identifier(String word) {
    if (word.length() <= MAX_WORD_CHARS && word.indexOf('@') > 0) {
      return valid(LookupKind.EMAIL, word);
    }
    if (word.length() > MAX_NUMBER_CHARS || digits(word) < MIN_NUMBER_DIGITS) {
      return null;
    }
    @Nullable Identifier id = valid(LookupKind.RESIDENT_ID, word);
    return id == null ? valid(LookupKind.PHONE, word) : id;
  }

  private static int digits(String word) {
    int digits = 0;
    for (int i = 0; i < word.length(); i++) {
      digits += Character.isDigit(word.charAt(i)) ? 1 : 0;
    }
    return digits;
  }

  private @Nullable Identifier valid(LookupKind kind, String raw) {
    try {
      FieldType type = Objects.requireNonNull(types.get(kind));
      return new Identifier(kind, type.indexForm(type.normalise(raw)));
    } catch (InvalidValue e) {
      return null;
    }
  }
}
