package org.strongroom.ingest;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a JSON array, or JSON values one after another, into elements by brackets and quotes alone.
 * Commas between elements are taken as space, so a missing one loses nothing.
 *
 * <p>A broken element must not take its neighbours along. Two things show that the quotes of an
 * element do not pair: a line end inside a string, and outside of strings a byte that JSON has no
 * use for there. From the last string on, such an element is then cut by its brackets alone. An
 * object that opens where a key must stand begins the next element. What is cut so is still parsed,
 * and refused there.
 */
final class JsonCutter extends Cutter {
  private static final int NONE = -1;

  private static final byte PLAIN = 0;
  private static final byte LINE = 1;
  private static final byte QUOTE = 2;
  private static final byte OPEN = 3;
  private static final byte CLOSE = 4;
  private static final byte ILLEGAL = 5;
  private static final byte[] KINDS = kinds();

  private boolean inArray;
  private long arrayLine;

  /** The element: where it starts, and whether it is too long, so that nothing of it is kept. */
  private int start;

  private boolean skipping;
  private final Brackets brackets = new Brackets();

  /** Its last string: where it opened, and the state at that point. */
  private int stringAt;

  private long stringLine;
  private final Brackets stringBrackets = new Brackets();
  private boolean inString;
  private boolean bracketsOnly;

  JsonCutter(String file, ByteWindow window, LongSupplier bytesRead, int maxElementBytes) {
    super(file, window, bytesRead, maxElementBytes);
  }

  @Override
  boolean cut(BatchBuilder out) {
    skipping = false;
    stringAt = NONE;
    inString = false;
    if (!findElement()) {
      if (inArray) {
        inArray = false;
        fileProblem(
            Fault.ARRAY_WITHOUT_END.problem(
                "the JSON array that starts on line " + arrayLine + " has no end"));
      }
      return false;
    }
    long line = window.line;
    byte first = window.buf[window.pos];
    boolean whole =
        switch (first) {
          case '{', '[' -> structure();
          case '"' -> string();
          default -> word();
        };
    if (skipping) {
      addTooLong(out, line);
    } else {
      @Nullable Problem problem = whole ? null : Fault.TRUNCATED.problem();
      add(out, start, window.pos, line, problem);
    }
    return true;
  }

  /** Moves to the first byte of an element, through commas, space and the array's brackets. */
  private boolean findElement() {
    while (true) {
      start = window.pos;
      if (window.pos == window.limit && !more()) {
        return false;
      }
      switch (window.buf[window.pos]) {
        case '\n' -> window.line++;
        case ' ', '\t', '\r', ',' -> {}
        case '[' -> {
          if (inArray) {
            return true;
          }
          inArray = true;
          arrayLine = window.line;
        }
        case ']' -> {
          if (!inArray) {
            return true;
          }
          inArray = false;
        }
        default -> {
          return true;
        }
      }
      window.pos++;
    }
  }

  /** Moves past an object or a nested array; false if the input ends before it does. */
  private boolean structure() {
    brackets.clear();
    bracketsOnly = false;
    while (true) {
      if (bracketsOnly ? scanBrackets() : scanTokens()) {
        return true;
      }
      // An escape needs both its bytes, so one byte may be left over.
      boolean escape = inString && window.pos < window.limit;
      if ((window.pos == window.limit || escape) && !more()) {
        window.pos = window.limit;
        return false;
      }
    }
  }

  /** Scans until the element ends (true), the window does, or the quotes prove broken. */
  private boolean scanTokens() {
    byte[] buf = window.buf;
    int limit = window.limit;
    int i = window.pos;
    while (i < limit) {
      if (inString) {
        i = ByteScan.stringStop(buf, i, limit);
        if (i == limit) {
          break;
        }
        if (buf[i] == '"') {
          inString = false;
          i++;
        } else if (buf[i] == '\n') {
          distrustQuotes(i);
          return false;
        } else if (i + 1 < limit) {
          i += 2;
        } else {
          break;
        }
        continue;
      }
      switch (KINDS[buf[i] & 0xff]) {
        case PLAIN -> i++;
        case LINE -> {
          window.line++;
          i++;
        }
        case QUOTE -> {
          stringAt = i;
          stringLine = window.line;
          stringBrackets.copy(brackets);
          inString = true;
          i++;
        }
        case ILLEGAL -> {
          distrustQuotes(i);
          return false;
        }
        default -> {
          if (bracket(buf[i], i)) {
            return true;
          }
          i++;
        }
      }
    }
    window.pos = i;
    return false;
  }

  private boolean scanBrackets() {
    byte[] buf = window.buf;
    for (int i = window.pos; i < window.limit; i++) {
      byte kind = KINDS[buf[i] & 0xff];
      if (kind == LINE) {
        window.line++;
      } else if ((kind == OPEN || kind == CLOSE) && bracket(buf[i], i)) {
        return true;
      }
    }
    window.pos = window.limit;
    return false;
  }

  private void distrustQuotes(int at) {
    bracketsOnly = true;
    inString = false;
    window.pos = at;
    if (stringAt != NONE) {
      window.pos = stringAt;
      window.line = stringLine;
      brackets.copy(stringBrackets);
    }
  }

  /** Takes in the bracket at {@code i}; true, with {@code pos} behind it, if the element ends. */
  private boolean bracket(byte bracket, int i) {
    boolean ends =
        switch (bracket) {
          case '{', '[' -> {
            if (bracket == '{' && brackets.inOuterObject() && opensAnother(i)) {
              window.pos = i;
              yield true;
            }
            brackets.open(bracket == '{');
            window.pos = i + 1;
            yield false;
          }
          default -> {
            if (!brackets.close(bracket == '}') && bracket == ']' && inArray) {
              window.pos = i;
              yield true;
            }
            window.pos = i + 1;
            yield brackets.none();
          }
        };
    return ends;
  }

  /** Whether what stands before the object at {@code i} is a comma or a line end, and no colon. */
  private boolean opensAnother(int i) {
    boolean afterLine = false;
    int before = i - 1;
    while (before >= start && isSpace(before)) {
      afterLine |= window.buf[before] == '\n';
      before--;
    }
    return before >= start && window.buf[before] != ':' && (afterLine || window.buf[before] == ',');
  }

  private boolean isSpace(int at) {
    byte value = window.buf[at];
    return value == ' ' || value == '\n' || value == '\r' || value == '\t';
  }

  /** Moves past a string that stands where an object should; a line end closes it too. */
  private boolean string() {
    window.pos++;
    while (true) {
      window.pos = ByteScan.stringStop(window.buf, window.pos, window.limit);
      if (window.limit - window.pos < 2
          && (window.pos == window.limit || window.buf[window.pos] == '\\')) {
        if (!more()) {
          window.pos = window.limit;
          return false;
        }
      } else if (window.buf[window.pos] == '\\') {
        window.pos += 2;
      } else {
        window.pos += window.buf[window.pos] == '"' ? 1 : 0;
        return true;
      }
    }
  }

  /** Moves past a number, a word or rubbish that stands where an object should. */
  private boolean word() {
    while (true) {
      if (window.pos == window.limit && !more()) {
        return true;
      }
      switch (window.buf[window.pos]) {
        case ' ', '\t', '\r', '\n', ',', '{', '[' -> {
          return true;
        }
        case ']' -> {
          if (inArray) {
            return true;
          }
        }
        default -> {}
      }
      window.pos++;
    }
  }

  /** Reads on; keeps the element while it is not too long. */
  private boolean more() {
    if (!skipping && window.limit - start > maxElementBytes) {
      skipping = true;
    }
    int keep = skipping ? window.pos : start;
    boolean more = window.fill(keep);
    start = skipping ? window.pos : 0;
    stringAt = skipping || stringAt == NONE ? NONE : stringAt - keep;
    return more;
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[256];
    Arrays.fill(kinds, ILLEGAL);
    for (char c : " \t\r:,0123456789+-.eEtruefalsn".toCharArray()) {
      kinds[c] = PLAIN;
    }
    kinds['\n'] = LINE;
    kinds['"'] = QUOTE;
    kinds['{'] = OPEN;
    kinds['['] = OPEN;
    kinds['}'] = CLOSE;
    kinds[']'] = CLOSE;
    return kinds;
  }

  /** The open brackets, by kind for the outermost 64: deeper elements are refused anyway. */
  private static final class Brackets {
    private int depth;
    private long objects;

    void clear() {
      depth = 0;
      objects = 0;
    }

    void copy(Brackets other) {
      depth = other.depth;
      objects = other.objects;
    }

    void open(boolean object) {
      if (depth < Long.SIZE) {
        long bit = 1L << depth;
        objects = object ? objects | bit : objects & ~bit;
      }
      depth++;
    }

    /** Closes the innermost bracket of this kind and all in it; false if there is none. */
    boolean close(boolean object) {
      int level = depth;
      while (level > 0 && level <= Long.SIZE && isObject(level) != object) {
        level--;
      }
      if (level == 0) {
        return false;
      }
      depth = level - 1;
      return true;
    }

    private boolean isObject(int level) {
      return (objects >>> (level - 1) & 1) == 1;
    }

    boolean none() {
      return depth == 0;
    }

    boolean inOuterObject() {
      return depth == 1 && isObject(1);
    }
  }
}
