package org.strongroom.leak.sample;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * The sheets of an Excel workbook (ECMA-376), one after another, each with or without a header. The
 * packed workbook is in memory, because its parts stand in any order; rows are streamed. For one
 * thread.
 */
final class WorkbookRows implements RowReader, Closeable {
  private static final int LOOKED_AT = 20;
  private static final int MAX_SCALE = 40;

  private final String file;
  private final Columns columns;
  private final ReadableWorkbook workbook;
  private final Iterator<Sheet> sheets;
  private @Nullable Stream<Row> stream;
  private Iterator<Row> rows = List.<Row>of().iterator();
  private final Deque<List<String>> ahead = new ArrayDeque<>();
  private List<String> names = List.of();

  WorkbookRows(byte[] content, String file, Columns columns) throws IOException {
    this.file = file;
    this.columns = columns;
    try {
      this.workbook =
          new ReadableWorkbook(new ByteArrayInputStream(content), new ReadingOptions(true, false));
      this.sheets = workbook.getSheets().iterator();
    } catch (IOException | ExcelReaderException | UncheckedIOException e) {
      throw Unreadable.file(file, "the workbook is damaged");
    }
  }

  @Override
  public String format() {
    return "xlsx";
  }

  @Override
  public boolean read(RowsBuilder to) throws IOException {
    try {
      while (ahead.isEmpty() && !rows.hasNext()) {
        if (!sheets.hasNext()) {
          return false;
        }
        open(sheets.next());
      }
      List<String> cells = ahead.isEmpty() ? cells(rows.next()) : ahead.removeFirst();
      for (int i = 0; i < cells.size(); i++) {
        if (!cells.get(i).isBlank()) {
          to.add(columns.id(name(i)), cells.get(i));
        }
      }
      if (to.valuesInRow() > 0) {
        to.endRow();
      }
      return true;
    } catch (IOException | ExcelReaderException | UncheckedIOException e) {
      throw Unreadable.at(file, "record " + (to.recordsOfFile() + 1), "the workbook is damaged");
    }
  }

  private String name(int index) {
    String name = index < names.size() ? names.get(index).strip() : "";
    return name.isEmpty() ? CsvRows.numbered(index) : name;
  }

  private void open(Sheet sheet) throws IOException {
    if (stream != null) {
      stream.close();
    }
    stream = sheet.openStream();
    rows = stream.iterator();
    while (ahead.size() < LOOKED_AT && rows.hasNext()) {
      List<String> cells = cells(rows.next());
      if (filled(cells) > 0) {
        ahead.add(cells);
      }
    }
    int widest = ahead.stream().mapToInt(WorkbookRows::filled).max().orElse(0);
    while (widest > 2 && filled(ahead.getFirst()) == 1) {
      // A title over the table.
      ahead.removeFirst();
    }
    names = Header.isFirst(List.copyOf(ahead)) ? ahead.removeFirst() : List.of();
  }

  private static int filled(List<String> cells) {
    return (int) cells.stream().filter(cell -> !cell.isBlank()).count();
  }

  private static List<String> cells(Row row) {
    List<String> out = new ArrayList<>(row.getCellCount());
    for (int i = 0; i < row.getCellCount(); i++) {
      @Nullable Cell cell = row.getCell(i);
      out.add(cell == null ? "" : text(cell));
    }
    return out;
  }

  private static String text(Cell cell) {
    @Nullable String out =
        switch (cell.getType()) {
          case STRING -> cell.asString();
          case NUMBER -> isDate(cell) ? date(cell) : number(cell);
          case BOOLEAN, FORMULA -> cell.getRawValue();
          case ERROR, EMPTY -> "";
        };
    return out == null ? "" : out;
  }

  private static boolean isDate(Cell cell) {
    @Nullable Integer id = cell.getDataFormatId();
    if (id != null && id >= 14 && id <= 22) {
      return true;
    }
    @Nullable String format = cell.getDataFormatString();
    if (format == null) {
      return false;
    }
    String lower = format.toLowerCase(Locale.ROOT);
    return lower.contains("yy") && (lower.contains("m") || lower.contains("d"));
  }

  private static String date(Cell cell) {
    LocalDateTime at = cell.asDate();
    return at.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? at.toLocalDate().toString()
        : at.toString();
  }

  /** Without an exponent, in which workbooks write long numbers. */
  private static String number(Cell cell) {
    BigDecimal number = cell.asNumber().stripTrailingZeros();
    return Math.abs(number.scale()) > MAX_SCALE ? cell.getRawValue() : number.toPlainString();
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    }
    workbook.close();
  }
}
