package org.strongroom.leak.sample;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/** Text of no known form: each line that is not blank is a record. For one thread. */
final class TextRows implements RowReader {
  /** The only column. */
  static final String COLUMN = "text";

  private final Reader in;
  private final int column;
  private final int maxLine;
  private char[] buffer = new char[1 << 16];
  private int pos;
  private int limit;

  TextRows(Reader in, Columns columns, SampleLimits limits) {
    this.in = in;
    this.column = columns.id(COLUMN);
    this.maxLine = limits.maxValueChars();
  }

  @Override
  public String format() {
    return "text";
  }

  @Override
  public boolean read(RowsBuilder to) throws IOException {
    int from = pos;
    while (true) {
      if (from == limit) {
        int seen = from - pos;
        boolean more = more(to);
        from = pos + seen;
        if (!more) {
          return take(to, from, from);
        }
      }
      char c = buffer[from];
      if (c == '\n' || c == '\r') {
        return take(to, from, from + 1);
      }
      from++;
    }
  }

  /** Adds the line that ends at {@code end}; false where there is nothing left. */
  private boolean take(RowsBuilder to, int end, int next) {
    boolean any = next > pos;
    to.add(column, buffer, pos, end - pos);
    pos = next;
    if (to.valuesInRow() > 0) {
      to.endRow();
    }
    return any;
  }

  private boolean more(RowsBuilder to) throws IOException {
    System.arraycopy(buffer, pos, buffer, 0, limit - pos);
    limit -= pos;
    pos = 0;
    if (limit == buffer.length) {
      if (limit > maxLine) {
        throw to.tooLong("a line");
      }
      buffer = Arrays.copyOf(buffer, limit * 2);
    }
    int count = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(count, 0);
    return count >= 0;
  }
}
