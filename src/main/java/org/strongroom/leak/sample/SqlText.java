package org.strongroom.leak.sample;

import java.io.IOException;
import java.io.Reader;
import org.strongroom.kernel.VaultException;

/** The characters and words of a dump, with the line that was reached. For one thread. */
final class SqlText {
  static final int END = -1;

  private final Reader in;
  private final String file;
  private final int maxChars;
  private final boolean backslashes;
  private final char[] buffer = new char[1 << 16];
  private int pos;
  private int limit;
  private long line = 1;
  private boolean lineBegins = true;

  SqlText(Reader in, String file, int maxChars, boolean backslashes) {
    this.in = in;
    this.file = file;
    this.maxChars = maxChars;
    this.backslashes = backslashes;
  }

  int peek() throws IOException {
    return pos < limit || more() ? buffer[pos] : END;
  }

  int next() throws IOException {
    if (pos == limit && !more()) {
      return END;
    }
    char c = buffer[pos++];
    lineBegins = c == '\n';
    if (lineBegins) {
      line++;
    }
    return c;
  }

  private boolean more() throws IOException {
    int count = in.read(buffer, 0, buffer.length);
    pos = 0;
    limit = Math.max(count, 0);
    return count > 0;
  }

  /** Whether the next character is the first of its line. */
  boolean lineBegins() {
    return lineBegins;
  }

  VaultException refused(String reason) {
    return Unreadable.at(file, "line " + line, reason);
  }

  VaultException cut() {
    return refused("the dump ends in the middle of a statement");
  }

  /** Adds to a text that must not grow without end. */
  void append(StringBuilder out, int c) {
    if (out.length() >= maxChars) {
      throw refused("a value or line is longer than " + maxChars + " characters");
    }
    out.append((char) c);
  }

  /** Passes over white space and comments; gives what follows without taking it. */
  int skipSpace() throws IOException {
    while (true) {
      int c = peek();
      if (c == '-') {
        next();
        if (peek() != '-') {
          return MINUS;
        }
        skipLine();
      } else if (c == '/') {
        next();
        if (peek() != '*') {
          return SLASH;
        }
        skipComment();
      } else if (c == END || !(Character.isWhitespace(c) || c == '\ufeff')) {
        return c;
      } else {
        next();
      }
    }
  }

  /** A minus sign or a slash that began no comment, and was taken. */
  static final int MINUS = -2;

  static final int SLASH = -3;

  void skipLine() throws IOException {
    for (int c = next(); c != '\n' && c != END; c = next()) {
      // To the end of the line.
    }
  }

  private void skipComment() throws IOException {
    next();
    int before = 0;
    for (int c = next(); !(before == '*' && c == '/'); c = next()) {
      if (c == END) {
        throw cut();
      }
      before = c;
    }
  }

  /** A word of letters, digits and underscores, perhaps empty. */
  String word() throws IOException {
    StringBuilder out = new StringBuilder();
    for (int c = peek(); Character.isLetterOrDigit(c) || c == '_' || c == '$'; c = peek()) {
      append(out, next());
    }
    return out.toString();
  }

  /** A name, quoted in any of the usual ways or not; of {@code a.b.c} the last part. */
  String name() throws IOException {
    String out;
    do {
      int c = skipSpace();
      if (c == '"' || c == '`' || c == '\'') {
        StringBuilder quoted = new StringBuilder();
        quoted(quoted, false);
        out = quoted.toString();
      } else if (c == '[') {
        next();
        StringBuilder bracketed = new StringBuilder();
        for (int d = next(); d != ']'; d = next()) {
          if (d == END) {
            throw cut();
          }
          append(bracketed, d);
        }
        out = bracketed.toString();
      } else {
        out = word();
      }
    } while (skipSpace() == '.' && next() == '.');
    return out;
  }

  /** A text between two of the same quote, which comes next; a doubled one stands for itself. */
  void quoted(StringBuilder out, boolean escapes) throws IOException {
    int quote = next();
    while (true) {
      int c = next();
      if (c == END) {
        throw cut();
      }
      if (c == quote) {
        if (peek() != quote) {
          return;
        }
        next();
      } else if (c == '\\' && (escapes || backslashes) && quote != '`') {
        c = escaped();
        if (c == END) {
          continue;
        }
      }
      append(out, c);
    }
  }

  /** What stands behind a backslash; {@link #END} for what stands for nothing. */
  private int escaped() throws IOException {
    int c = next();
    return switch (c) {
      case END -> throw cut();
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case '0' -> END;
      case 'Z' -> 0x1a;
      default -> c;
    };
  }
}
