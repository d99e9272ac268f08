package org.strongroom.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What all cutters share: filling batches, the limit on an element, the end of the input. */
abstract class Cutter implements PieceReader {
  private static final int FIRST_BATCH_BYTES = 64 << 10;

  private final String file;
  private final LongSupplier bytesRead;
  private final List<Problem> fileProblems = new ArrayList<>();
  private long nextRecord = 1;
  private int expectedBytes = FIRST_BATCH_BYTES;
  private boolean ended;

  final ByteWindow window;
  final int maxElementBytes;

  Cutter(String file, ByteWindow window, LongSupplier bytesRead, int maxElementBytes) {
    this.file = file;
    this.window = window;
    this.bytesRead = bytesRead;
    this.maxElementBytes = maxElementBytes;
  }

  /** Adds one element; false when there are no more. */
  abstract boolean cut(BatchBuilder out);

  @Override
  public final @Nullable RawBatch next(int maxRecords, int maxBytes) throws IOException {
    BatchBuilder batch =
        new BatchBuilder(
            file, nextRecord, Math.min(maxRecords, 1024), Math.min(expectedBytes, maxBytes));
    while (!ended && batch.size() < maxRecords && batch.bytes() < maxBytes) {
      ended = !cut(batch);
    }
    if (batch.size() == 0) {
      window.rethrow();
      window.damage().filter(it -> !fileProblems.contains(it)).ifPresent(fileProblems::add);
      return null;
    }
    nextRecord += batch.size();
    expectedBytes = batch.bytes() + batch.bytes() / 8 + 1024;
    return batch.build();
  }

  /** Adds {@code [start, end)} of the window as an element, unless it is too long. */
  final void add(BatchBuilder out, int start, int end, long line, @Nullable Problem problem) {
    if (end - start > maxElementBytes) {
      addTooLong(out, line);
    } else {
      out.add(window.buf, start, end, line, problem);
    }
  }

  final void addTooLong(BatchBuilder out, long line) {
    String text = "the element is longer than " + maxElementBytes + " bytes";
    out.add(window.buf, 0, 0, line, Fault.TOO_LONG.problem(text));
  }

  final void fileProblem(Problem problem) {
    fileProblems.add(problem);
  }

  /** Moves past the next line feed, keeping nothing; false at the end of the input. */
  final boolean skipLine() {
    while (true) {
      window.pos = ByteScan.lineFeed(window.buf, window.pos, window.limit);
      if (window.pos < window.limit) {
        window.pos++;
        window.line++;
        return true;
      }
      if (!window.fill(window.limit)) {
        return false;
      }
    }
  }

  @Override
  public final long bytesRead() {
    return bytesRead.getAsLong();
  }

  @Override
  public final List<Problem> fileProblems() {
    return List.copyOf(fileProblems);
  }

  @Override
  public final void close() throws IOException {
    window.close();
  }
}
