package org.strongroom.leak.sample;

import java.util.Arrays;
import java.util.Locale;
import org.strongroom.kernel.VaultException;

/** Gathers rows of one file until there are enough for a batch. For one thread. */
final class RowsBuilder {
  private static final int ROWS = 1_000;

  /** Of two bytes each, hence a MiB. */
  private static final int CHARS = 1 << 19;

  private static final int MAX_VALUES = 100_000;

  private final int maxValueChars;
  private String file = "";
  private int fileIndex = -1;
  private long records;
  private long recordsBefore;

  private char[] chars = new char[1 << 16];
  private int[] ends = new int[1 << 12];
  private int[] columns = new int[1 << 12];
  private int[] rowEnds = new int[ROWS];
  private int values;
  private int size;

  RowsBuilder(int maxValueChars) {
    this.maxValueChars = maxValueChars;
  }

  /** The rows that come are of another file. */
  void begin(String name) {
    file = name;
    fileIndex++;
    recordsBefore = records;
  }

  /** How many records of the present file have been begun or finished. */
  long recordsOfFile() {
    return records - recordsBefore;
  }

  void add(int column, char[] from, int offset, int length) {
    if (isBlank(from, offset, length)) {
      return;
    }
    int start = values == 0 ? 0 : ends[values - 1];
    require(length, start + length - rowStart());
    if (start + length > chars.length) {
      chars = Arrays.copyOf(chars, Math.max(start + length, chars.length * 2));
    }
    System.arraycopy(from, offset, chars, start, length);
    end(column, start + length);
  }

  void add(int column, CharSequence value) {
    int length = value.length();
    char[] copy = new char[length];
    for (int i = 0; i < length; i++) {
      copy[i] = value.charAt(i);
    }
    add(column, copy, 0, length);
  }

  private void end(int column, int end) {
    if (values == ends.length) {
      ends = Arrays.copyOf(ends, values * 2);
      columns = Arrays.copyOf(columns, values * 2);
    }
    ends[values] = end;
    columns[values++] = column;
  }

  private int rowStart() {
    int first = firstValue();
    return first == 0 ? 0 : ends[first - 1];
  }

  private int firstValue() {
    return size == 0 ? 0 : rowEnds[size - 1];
  }

  private void require(int length, int inRow) {
    if (length > maxValueChars) {
      throw tooLong("a value or line");
    }
    if (inRow > 2L * maxValueChars || valuesInRow() >= MAX_VALUES) {
      throw Unreadable.at(
          file,
          "record " + (recordsOfFile() + 1),
          "the record is too large; has it one value for each of many people?");
    }
  }

  /** A text that is longer than it may be. */
  VaultException tooLong(String what) {
    return Unreadable.at(
        file,
        "record " + (recordsOfFile() + 1),
        String.format(Locale.ROOT, "%s is longer than %,d characters", what, maxValueChars));
  }

  /** How many values the present row has. */
  int valuesInRow() {
    return values - firstValue();
  }

  /** The column of value {@code i} of the present row. */
  int column(int i) {
    return columns[firstValue() + i];
  }

  /** Keeps only the values of the present row under {@code column}. */
  void keepOnly(int column) {
    int first = firstValue();
    int kept = first;
    int from = rowStart();
    int end = from;
    for (int i = first; i < values; i++) {
      int to = ends[i];
      if (columns[i] == column) {
        System.arraycopy(chars, from, chars, end, to - from);
        end += to - from;
        ends[kept] = end;
        columns[kept++] = column;
      }
      from = to;
    }
    values = kept;
  }

  void endRow() {
    rowEnds[size++] = values;
    records++;
  }

  /** Forgets the present row. */
  void dropRow() {
    values = firstValue();
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean isFull() {
    return size == ROWS || (values > 0 && ends[values - 1] >= CHARS);
  }

  /** What was gathered; begins anew. */
  Rows build() {
    int length = values == 0 ? 0 : ends[values - 1];
    Rows rows =
        new Rows(
            fileIndex,
            records - size + 1,
            Arrays.copyOf(chars, length),
            Arrays.copyOf(ends, values),
            Arrays.copyOf(columns, values),
            rowEnds,
            size);
    rowEnds = new int[ROWS];
    values = 0;
    size = 0;
    if (chars.length > 4 * CHARS) {
      chars = new char[CHARS];
    }
    return rows;
  }

  private static boolean isBlank(char[] from, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (!Character.isWhitespace(from[i]) && from[i] != '\u00a0') {
        return false;
      }
    }
    return true;
  }
}
