package org.strongroom.ingest;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BugException;

/** Parses CSV rows below a known header. */
final class CsvPieceParser implements PieceParser {
  private final CsvHeader header;
  private final CsvReader.CsvReaderBuilder csv;
  private final Filling filling;
  private final Cells cells = new Cells();

  CsvPieceParser(CsvHeader header, Columns columns, ImageFiles images, int maxElementBytes) {
    this.header = header;
    this.csv = csv(header.delimiter(), maxElementBytes);
    this.filling = new Filling(columns, images);
  }

  /** A strict reader of rows that leaves counting cells to its caller. */
  static CsvReader.CsvReaderBuilder csv(char delimiter, int maxElementBytes) {
    return CsvReader.builder()
        .fieldSeparator(delimiter)
        .skipEmptyLines(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .maxBufferSize(Math.max(1 << 20, maxElementBytes + 16));
  }

  @Override
  public void parse(RawBatch batch, Sink sink) {
    int piece = 0;
    while (piece < batch.size()) {
      @Nullable Problem problem = problem(batch, piece);
      if (problem != null) {
        sink.accept(piece, new Rejected(batch.place(piece), List.of(problem)));
        piece++;
        continue;
      }
      int end = piece + 1;
      while (end < batch.size() && problem(batch, end) == null) {
        end++;
      }
      piece = run(batch, piece, end, sink);
    }
  }

  private static @Nullable Problem problem(RawBatch batch, int piece) {
    @Nullable Problem problem = batch.problem(piece);
    if (problem != null) {
      return problem;
    }
    return switch (Utf8.check(batch.data(), batch.start(piece), batch.end(piece))) {
      case GOOD -> null;
      case BROKEN, CUT -> Fault.BROKEN_UTF8.problem();
      case NUL -> Fault.NUL.problem();
    };
  }

  /** Parses good rows in one go; gives the row to go on with. */
  private int run(RawBatch batch, int from, int to, Sink sink) {
    // Each row is followed by a line feed in the batch, so the rows are one CSV text.
    int length = batch.end(to - 1) - batch.start(from);
    String text = new String(batch.data(), batch.start(from), length, StandardCharsets.UTF_8);
    int piece = from;
    try (CloseableIterator<Boolean> rows = csv.build(cells, text).iterator()) {
      while (piece < to) {
        cells.start();
        if (!rows.hasNext()) {
          throw new BugException("fewer CSV rows than were cut");
        }
        rows.next();
        sink.accept(piece, cells.finish(batch.place(piece)));
        piece++;
      }
      if (rows.hasNext()) {
        throw new BugException("more CSV rows than were cut");
      }
    } catch (CsvParseException e) {
      sink.accept(piece, new Rejected(batch.place(piece), List.of(Fault.BAD_ROW.problem())));
      piece++;
    } catch (IOException e) {
      throw new BugException("reading from memory failed");
    }
    return piece;
  }

  /** Takes the cells of one row. */
  private final class Cells extends AbstractBaseCsvCallbackHandler<Boolean> {
    private final List<LongAdder> tallies = new ArrayList<>();
    private int count;

    void start() {
      filling.start();
      tallies.clear();
      count = 0;
    }

    @Override
    protected void handleField(int index, char[] chars, int offset, int length, boolean quoted) {
      count++;
      if (index >= header.size() || length == 0) {
        return;
      }
      int position = header.position(index);
      if (position != Columns.UNKNOWN) {
        filling.set(position, new String(chars, offset, length), header, false);
      } else if (!isBlank(chars, offset, length)) {
        tallies.add(header.unknown(index));
      }
    }

    private static boolean isBlank(char[] chars, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        if (!Character.isWhitespace(chars[i])) {
          return false;
        }
      }
      return true;
    }

    @Override
    protected Boolean buildRecord() {
      return Boolean.TRUE;
    }

    Parsed finish(Place place) {
      if (count != header.size()) {
        String text = "the row has " + count + " cells, the header " + header.size();
        return new Rejected(place, List.of(Fault.CELLS.problem(text)));
      }
      tallies.forEach(LongAdder::increment);
      return filling.finish(place);
    }
  }
}
