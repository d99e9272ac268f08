package org.strongroom.leak.sample;

/**
 * Some records of a sample: of each, values under the ids of their columns, in the sample's order;
 * a column may come several times. Blank cells are left out. Holds personal data, so it prints
 * nothing. Immutable and thread-safe.
 */
public final class Rows {
  private final int file;
  private final long firstRecord;
  private final char[] chars;
  private final int[] ends;
  private final int[] columns;
  private final int[] rowEnds;
  private final int size;

  /**
   * Takes the arrays over.
   *
   * @param ends where each value ends in {@code chars}; it begins where the one before ended
   * @param rowEnds how many values there are up to the end of each row
   */
  Rows(
      int file,
      long firstRecord,
      char[] chars,
      int[] ends,
      int[] columns,
      int[] rowEnds,
      int size) {
    this.file = file;
    this.firstRecord = firstRecord;
    this.chars = chars;
    this.ends = ends;
    this.columns = columns;
    this.rowEnds = rowEnds;
    this.size = size;
  }

  /** How many records. */
  public int size() {
    return size;
  }

  /** The number of row 0 in the whole sample, from 1. */
  public long firstRecord() {
    return firstRecord;
  }

  /**
   * Which file of the sample all these rows are from, from 0 on. A new one may be laid out anew.
   */
  public int file() {
    return file;
  }

  /** How many values a row has. */
  public int values(int row) {
    return rowEnds[row] - first(row);
  }

  /** The column of value {@code i} of a row. */
  public int column(int row, int i) {
    return columns[first(row) + i];
  }

  /** Value {@code i} of a row; a new object at each call. */
  public String value(int row, int i) {
    int at = first(row) + i;
    int from = at == 0 ? 0 : ends[at - 1];
    return new String(chars, from, ends[at] - from);
  }

  private int first(int row) {
    return row == 0 ? 0 : rowEnds[row - 1];
  }

  @Override
  public String toString() {
    return "Rows[redacted]";
  }
}
