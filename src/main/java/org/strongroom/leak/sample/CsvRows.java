package org.strongroom.leak.sample;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Separated cells. Rows may have fewer or more of them than the others. For one thread. */
final class CsvRows implements RowReader {
  /** Room for what a parser holds beside the longest value. */
  private static final int SPARE = 1 << 16;

  private static final int MAX_WIDTH = 10_000;

  private final String file;
  private final Columns columns;
  private final Cells cells = new Cells();
  private final CloseableIterator<Boolean> rows;
  private int[] ids = new int[0];
  private boolean headerFollows;
  private final int width;
  private @Nullable RowsBuilder to;

  CsvRows(Reader in, String file, Columns columns, SampleLimits limits, CsvShape shape) {
    this.file = file;
    this.columns = columns;
    this.headerFollows = shape.header();
    this.width = shape.width();
    this.rows =
        CsvShape.reader(shape.delimiter(), shape.quote(), limits.maxValueChars() + SPARE)
            .build(cells, in)
            .iterator();
  }

  @Override
  public String format() {
    return "csv";
  }

  @Override
  public boolean read(RowsBuilder to) throws IOException {
    this.to = to;
    try {
      if (!rows.hasNext()) {
        return false;
      }
      rows.next();
    } catch (CsvParseException e) {
      // Its message may quote the input.
      throw Unreadable.at(
          file,
          "line " + Math.max(1, cells.line),
          "the row has a quoted cell without an end, or one that is longer than it may be");
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (headerFollows) {
      headerFollows = false;
    } else if (to.valuesInRow() > 0) {
      to.endRow();
    }
    return true;
  }

  /** The column of a cell; one that the header does not name goes by its number. */
  private int id(int index) {
    makeRoom(index);
    if (ids[index] < 0) {
      ids[index] = columns.id(numbered(index));
    }
    return ids[index];
  }

  private void makeRoom(int index) {
    if (index >= ids.length) {
      int from = ids.length;
      ids = Arrays.copyOf(ids, Math.max(index + 1, Math.max(width, 2 * from)));
      Arrays.fill(ids, from, ids.length, -1);
    }
  }

  /** The name of a column without one. */
  static String numbered(int index) {
    return "column " + (index + 1);
  }

  private final class Cells extends AbstractBaseCsvCallbackHandler<Boolean> {
    private long line;

    @Override
    protected void handleBegin(long startingLineNumber) {
      line = startingLineNumber;
    }

    @Override
    protected void handleField(int index, char[] chars, int offset, int length, boolean quoted) {
      if (length == 0 || to == null) {
        return;
      }
      if (index >= MAX_WIDTH) {
        throw Unreadable.at(file, "line " + line, "the row has more than " + MAX_WIDTH + " cells");
      }
      if (headerFollows) {
        String name = new String(chars, offset, length).strip();
        makeRoom(index);
        ids[index] = columns.id(name.isEmpty() ? numbered(index) : name);
      } else {
        to.add(id(index), chars, offset, length);
      }
    }

    @Override
    protected Boolean buildRecord() {
      return Boolean.TRUE;
    }
  }
}
