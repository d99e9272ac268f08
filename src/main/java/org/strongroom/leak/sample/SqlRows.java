package org.strongroom.leak.sample;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a database dump: {@code INSERT} statements of the common systems and PostgreSQL's
 * {@code COPY} blocks. Columns are {@code table.column}, by the statement, else by the {@code
 * CREATE TABLE} before it, else by number. All other statements are passed over. For one thread.
 */
final class SqlRows implements RowReader {
  private static final int MAX_TABLES = 10_000;
  private static final int MAX_WIDTH = 10_000;

  /** PostgreSQL's limit for names. */
  private static final int MAX_TAG = 63;

  /** What an element of CREATE TABLE begins with that is no column. */
  private static final Set<String> NO_COLUMN =
      Set.of(
          "PRIMARY",
          "KEY",
          "UNIQUE",
          "CONSTRAINT",
          "CHECK",
          "FOREIGN",
          "INDEX",
          "FULLTEXT",
          "SPATIAL",
          "EXCLUDE",
          "LIKE",
          "PERIOD");

  private final SqlText text;
  private final SqlValues values;
  private final Columns columns;
  private final Map<String, List<String>> tables = new HashMap<>();
  private @Nullable SqlTable target;
  private State state = State.STATEMENT;
  private final StringBuilder cell = new StringBuilder();

  private enum State {
    STATEMENT,
    VALUES,
    COPY
  }

  SqlRows(Reader in, String file, Columns columns, SampleLimits limits, SqlDialect dialect) {
    this.text = new SqlText(in, file, limits.maxValueChars(), dialect == SqlDialect.MYSQL);
    this.values = new SqlValues(text, dialect);
    this.columns = columns;
  }

  @Override
  public String format() {
    return "sql";
  }

  @Override
  public boolean read(RowsBuilder to) throws IOException {
    return switch (state) {
      case STATEMENT -> statement();
      case VALUES -> {
        tuple(to);
        yield true;
      }
      case COPY -> {
        copied(to);
        yield true;
      }
    };
  }

  private boolean statement() throws IOException {
    int c = text.skipSpace();
    if (c == SqlText.END) {
      return false;
    }
    if (c == '#' || c == '\\') {
      // A comment of MySQL, or a command to psql.
      text.skipLine();
      return true;
    }
    String word = Character.isLetter(c) ? text.word().toUpperCase(Locale.ROOT) : "";
    switch (word) {
      case "INSERT", "REPLACE" -> insert();
      case "CREATE" -> create();
      case "COPY" -> copy();
      case "GO" -> {}
      default -> skipStatement();
    }
    return true;
  }

  private void insert() throws IOException {
    String name = text.name();
    while (Set.of(
            "INTO",
            "IGNORE",
            "LOW_PRIORITY",
            "DELAYED",
            "HIGH_PRIORITY",
            "OVERWRITE",
            "TABLE",
            "OR",
            "REPLACE",
            "ABORT",
            "FAIL",
            "ROLLBACK")
        .contains(name.toUpperCase(Locale.ROOT))) {
      name = text.name();
    }
    @Nullable List<String> names = null;
    if (text.skipSpace() == '(') {
      names = names();
    }
    String word = "";
    do {
      word = text.skipSpace() < 0 ? "" : text.word().toUpperCase(Locale.ROOT);
    } while (Set.of("OVERRIDING", "SYSTEM", "USER").contains(word)
        || (word.equals("VALUE") && text.skipSpace() != '('));
    if (word.equals("VALUES") || word.equals("VALUE")) {
      target = target(name, names);
      state = State.VALUES;
    } else {
      skipStatement();
    }
  }

  /** Names between brackets; a number of characters behind one, as of an index, does not count. */
  private List<String> names() throws IOException {
    List<String> out = new ArrayList<>();
    text.next();
    while (true) {
      out.add(text.name());
      int c = text.skipSpace();
      if ((c != ',' && c != ')') || out.size() > MAX_WIDTH) {
        throw c == SqlText.END
            ? text.cut()
            : text.refused("this list of columns is not understood");
      }
      text.next();
      if (c == ')') {
        return out;
      }
    }
  }

  private SqlTable target(String table, @Nullable List<String> given) {
    List<String> names = given != null ? given : tables.getOrDefault(table, List.of());
    return new SqlTable(table, names, columns);
  }

  private void tuple(RowsBuilder to) throws IOException {
    int c = text.skipSpace();
    if (c == '(') {
      text.next();
      values.tuple(requireNonNull(target), to);
      if (to.valuesInRow() > 0) {
        to.endRow();
      }
      c = text.skipSpace();
    } else if (c == SqlText.END) {
      throw text.cut();
    }
    if (c == ',') {
      text.next();
      return;
    }
    // What follows begins anew, or tells what to do with conflicts and is passed over.
    state = State.STATEMENT;
    if (c == ';') {
      text.next();
    }
  }

  private void create() throws IOException {
    String word = text.skipSpace() < 0 ? "" : text.word().toUpperCase(Locale.ROOT);
    while (Set.of("TEMP", "TEMPORARY", "UNLOGGED", "GLOBAL", "LOCAL", "FOREIGN", "VIRTUAL")
        .contains(word)) {
      word = text.skipSpace() < 0 ? "" : text.word().toUpperCase(Locale.ROOT);
    }
    if (!word.equals("TABLE")) {
      skipStatement();
      return;
    }
    String name = text.name();
    if (name.equalsIgnoreCase("IF")) {
      text.name();
      text.name();
      name = text.name();
    }
    if (text.skipSpace() == '(') {
      text.next();
      List<String> names = declared();
      if (tables.size() < MAX_TABLES) {
        tables.put(name, names);
      }
    }
    skipStatement();
  }

  private List<String> declared() throws IOException {
    List<String> out = new ArrayList<>();
    while (true) {
      boolean quoted = "\"`['".indexOf(text.skipSpace()) >= 0;
      String name = text.name();
      if (!name.isEmpty()
          && out.size() < MAX_WIDTH
          && (quoted || !NO_COLUMN.contains(name.toUpperCase(Locale.ROOT)))) {
        out.add(name);
      }
      if (skipTo(true) != ',') {
        return out;
      }
    }
  }

  private void skipStatement() throws IOException {
    skipTo(false);
  }

  /**
   * Passes over texts, comments and brackets up to a semicolon, which is taken, or to the comma or
   * closing bracket that ends an element.
   */
  private int skipTo(boolean element) throws IOException {
    int depth = 0;
    StringBuilder skipped = new StringBuilder();
    while (true) {
      int c = text.skipSpace();
      if (c == SqlText.END) {
        return c;
      }
      if (c == '\'' || c == '"' || c == '`') {
        skipped.setLength(0);
        text.quoted(skipped, false);
      } else if (c == '$') {
        dollars();
      } else if (Character.isLetter(c)) {
        boolean first = text.lineBegins();
        if (text.word().equalsIgnoreCase("GO") && first && !element) {
          // SQL Server ends statements so.
          return ';';
        }
      } else if (c >= 0) {
        text.next();
        if (c == ';' && !(element && depth > 0)) {
          return c;
        }
        if (element && depth == 0 && (c == ',' || c == ')')) {
          return c;
        }
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      }
    }
  }

  /** PostgreSQL's {@code $tag$ ... $tag$}, in which functions are written. */
  private void dollars() throws IOException {
    text.next();
    StringBuilder tag = new StringBuilder("$");
    for (int c = text.peek(); Character.isLetterOrDigit(c) || c == '_'; c = text.peek()) {
      text.append(tag, text.next());
    }
    if (text.peek() != '$' || tag.length() > MAX_TAG) {
      return;
    }
    tag.append((char) text.next());
    String end = tag.toString();
    StringBuilder last = new StringBuilder();
    while (!last.toString().equals(end)) {
      int c = text.next();
      if (c == SqlText.END) {
        throw text.cut();
      }
      last.append((char) c);
      if (last.length() > end.length()) {
        last.deleteCharAt(0);
      }
    }
  }

  private void copy() throws IOException {
    if (text.skipSpace() == '(') {
      skipStatement();
      return;
    }
    String name = text.name();
    @Nullable List<String> names = text.skipSpace() == '(' ? names() : null;
    StringBuilder rest = new StringBuilder();
    for (int c = text.next(); c != ';'; c = text.next()) {
      if (c == SqlText.END) {
        throw text.cut();
      }
      text.append(rest, c);
    }
    String how = rest.toString().strip().toUpperCase(Locale.ROOT);
    if (!how.matches("(?s)FROM\\s+STDIN.*")) {
      return;
    }
    if (how.contains("CSV") || how.contains("DELIMITER") || how.contains("BINARY")) {
      throw text.refused("a COPY block in other than the text format is not supported");
    }
    text.skipLine();
    target = target(name, names);
    state = State.COPY;
  }

  /** One line of a COPY block. Source: PostgreSQL's documentation of COPY, text format. */
  private void copied(RowsBuilder to) throws IOException {
    cell.setLength(0);
    SqlTable table = requireNonNull(target);
    boolean isNull = false;
    int index = 0;
    while (true) {
      int c = text.next();
      if (c == '\r' && text.peek() == '\n') {
        c = text.next();
      }
      if (c == SqlText.END) {
        throw text.cut();
      }
      if (c == '\t' || c == '\n') {
        if (!isNull) {
          to.add(table.column(index, text), cell);
        }
        cell.setLength(0);
        isNull = false;
        index++;
        if (c == '\n') {
          if (to.valuesInRow() > 0) {
            to.endRow();
          }
          return;
        }
      } else if (c != '\\') {
        text.append(cell, c);
      } else if (text.peek() == '.' && index == 0 && cell.isEmpty()) {
        text.skipLine();
        state = State.STATEMENT;
        return;
      } else if (text.peek() == 'N') {
        text.next();
        isNull = true;
      } else {
        text.append(cell, unescaped());
      }
    }
  }

  private int unescaped() throws IOException {
    int c = text.next();
    return switch (c) {
      case SqlText.END -> throw text.cut();
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      default -> c;
    };
  }
}
