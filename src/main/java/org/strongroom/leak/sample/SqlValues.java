package org.strongroom.leak.sample;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the values in {@code VALUES (...)}: texts, numbers, casts, and the few functions by which
 * programs write texts. For one thread.
 */
final class SqlValues {
  private final SqlText text;
  private final boolean doubleQuotes;
  private final StringBuilder value = new StringBuilder();
  private boolean isNull;

  SqlValues(SqlText text, SqlDialect dialect) {
    this.text = text;
    this.doubleQuotes = dialect == SqlDialect.MYSQL;
  }

  /** Reads what stands between brackets, of which the first was taken, into the present row. */
  void tuple(SqlTable table, RowsBuilder to) throws IOException {
    for (int i = 0; ; i++) {
      value.setLength(0);
      isNull = false;
      expression(value, 0);
      if (!isNull) {
        to.add(table.column(i, text), value);
      }
      int c = text.next();
      if (c == ')') {
        return;
      }
      if (c != ',') {
        throw text.cut();
      }
    }
  }

  /** Up to a comma or the closing bracket, which stay. */
  private void expression(StringBuilder out, int depth) throws IOException {
    if (depth > 20) {
      throw text.refused("a value is nested too deeply");
    }
    while (true) {
      int c = text.skipSpace();
      if (c == SqlText.MINUS) {
        out.append('-');
      } else if (c == SqlText.SLASH) {
        out.append('/');
      } else if (c == SqlText.END) {
        throw text.cut();
      } else if (c == ',' || c == ')') {
        return;
      } else if (c == '\'' || (c == '"' && doubleQuotes)) {
        text.quoted(out, false);
      } else if (c == '(') {
        text.next();
        expression(out, depth + 1);
        close();
      } else if (c == ':') {
        skipCast();
      } else if (Character.isLetter(c) || c == '_') {
        word(out, depth);
      } else if ((c >= '0' && c <= '9') || c == '.' || c == '+') {
        number(out);
      } else {
        // The bars of a concatenation and the like.
        text.next();
      }
    }
  }

  private void close() throws IOException {
    while (text.skipSpace() == ',') {
      text.next();
      expression(new StringBuilder(), 0);
    }
    if (text.next() != ')') {
      throw text.cut();
    }
  }

  private void number(StringBuilder out) throws IOException {
    for (int c = text.peek();
        Character.isLetterOrDigit(c) || c == '.' || c == '+' || c == '-';
        c = text.peek()) {
      text.append(out, text.next());
    }
  }

  private void skipCast() throws IOException {
    int depth = 0;
    for (int c = text.peek(); c != SqlText.END; c = text.peek()) {
      if (depth == 0 && (c == ',' || c == ')' || c == '|')) {
        return;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      text.next();
    }
  }

  private void word(StringBuilder out, int depth) throws IOException {
    String word = text.word();
    int c = text.peek();
    if (c == '\'') {
      if (word.equalsIgnoreCase("x") || word.equalsIgnoreCase("b")) {
        out.append("0x");
      }
      text.quoted(out, word.equalsIgnoreCase("e"));
    } else if (text.skipSpace() == '(') {
      text.next();
      call(word.toLowerCase(Locale.ROOT), out, depth + 1);
    } else if (word.equalsIgnoreCase("null") || word.equalsIgnoreCase("default")) {
      isNull |= depth == 0;
    } else if (!isPrefix(word)) {
      out.append(word);
    }
  }

  /** Words before a text that say of which kind it is. */
  private static boolean isPrefix(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    return upper.startsWith("_")
        || List.of(
                "DATE", "TIME", "TIMESTAMP", "COLLATE", "AS", "VARCHAR", "TEXT", "CHAR", "N", "U")
            .contains(upper);
  }

  private void call(String function, StringBuilder out, int depth) throws IOException {
    List<String> arguments = new ArrayList<>();
    while (true) {
      StringBuilder argument = new StringBuilder();
      expression(argument, depth);
      arguments.add(argument.toString());
      int c = text.next();
      if (c == ')') {
        break;
      }
      if (c != ',') {
        throw text.cut();
      }
    }
    String first = arguments.get(0);
    switch (function) {
      case "replace" ->
          out.append(
              arguments.size() == 3 && !arguments.get(1).isEmpty()
                  ? first.replace(arguments.get(1), arguments.get(2))
                  : first);
      case "char", "chr", "nchar" -> arguments.forEach(code -> out.append(character(code)));
      case "concat" -> arguments.forEach(out::append);
      case "unistr" -> out.append(unescaped(first));
      default -> out.append(first);
    }
  }

  private static String character(String code) {
    try {
      int point = Integer.parseInt(code.strip());
      return Character.isValidCodePoint(point) ? Character.toString(point) : "";
    } catch (NumberFormatException e) {
      return "";
    }
  }

  /** The escapes of SQLite's {@code unistr}: a backslash and four hexadecimal digits. */
  private static String unescaped(String escaped) {
    StringBuilder out = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      int digits = i + 1 < escaped.length() && escaped.charAt(i + 1) == 'u' ? 2 : 1;
      if (c == '\\' && escaped.startsWith("\\\\", i)) {
        out.append('\\');
        i++;
      } else if (c == '\\' && i + digits + 4 <= escaped.length()) {
        String hex = escaped.substring(i + digits, i + digits + 4);
        try {
          out.append((char) Integer.parseInt(hex, 16));
          i += digits + 3;
        } catch (NumberFormatException e) {
          out.append(c);
        }
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
