package org.strongroom.leak.sample;

import java.util.Arrays;
import java.util.List;

/** The columns into which a statement of a dump puts its values, by their order. */
final class SqlTable {
  private static final int MAX_WIDTH = 10_000;

  private final String name;
  private final List<String> names;
  private final Columns columns;
  private int[] ids;

  /**
   * @param names of the columns; empty if the dump does not tell them
   */
  SqlTable(String name, List<String> names, Columns columns) {
    this.name = name;
    this.names = names;
    this.columns = columns;
    this.ids = new int[Math.max(names.size(), 16)];
    Arrays.fill(ids, -1);
  }

  /** The column of the value at {@code index} of a row. */
  int column(int index, SqlText text) {
    if (index < ids.length && ids[index] >= 0) {
      return ids[index];
    }
    if (index >= MAX_WIDTH || (!names.isEmpty() && index >= names.size())) {
      throw text.refused("the row has more values than the table has columns");
    }
    if (index >= ids.length) {
      int from = ids.length;
      ids = Arrays.copyOf(ids, 2 * index);
      Arrays.fill(ids, from, ids.length, -1);
    }
    String column = names.isEmpty() ? CsvRows.numbered(index) : names.get(index);
    ids[index] = columns.id(name + "." + column);
    return ids[index];
  }
}
