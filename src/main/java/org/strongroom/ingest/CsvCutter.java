package org.strongroom.ingest;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts CSV (RFC 4180) into rows. A quote opens only at the start of a cell, and its cell may hold
 * line ends. A quote that is never closed would swallow the rows after it: when it meets text after
 * a closing quote, the limit or the end, its row is taken to end with its line, and the lines after
 * it are read afresh.
 */
final class CsvCutter extends Cutter {
  private static final int NONE = -1;

  private final byte delimiter;

  /** Where the row began, and where reading goes on if its quote turns out to be unclosed. */
  private int start;

  private int resume;
  private long resumeLine;
  private boolean tooLong;

  CsvCutter(
      String file, ByteWindow window, LongSupplier bytesRead, int maxElementBytes, char delimiter) {
    super(file, window, bytesRead, maxElementBytes);
    this.delimiter = (byte) delimiter;
  }

  @Override
  boolean cut(BatchBuilder out) {
    if (!skipEmptyRows()) {
      return false;
    }
    start = window.pos;
    resume = NONE;
    tooLong = false;
    long line = window.line;
    @Nullable Problem problem = null;
    while (true) {
      window.pos = ByteScan.quoteOrLineEnd(window.buf, window.pos, window.limit);
      if (window.pos == window.limit) {
        if (more()) {
          continue;
        }
        if (tooLong) {
          skipLine();
          addTooLong(out, line);
        } else {
          boolean cutOff = problem == null && window.cutShort();
          add(out, start, window.pos, line, cutOff ? Fault.TRUNCATED.problem() : problem);
        }
        return true;
      }
      if (window.buf[window.pos] != '"') {
        int length = window.pos - start;
        lineEnd();
        add(out, start, start + length, line, problem);
        return true;
      }
      boolean opens =
          problem == null && (window.pos == start || window.buf[window.pos - 1] == delimiter);
      window.pos++;
      if (opens) {
        long quoteLine = window.line;
        if (!closeQuote()) {
          if (resume != NONE) {
            int end = resume;
            window.pos = resume;
            window.line = resumeLine;
            add(out, start, withoutLineEnd(end), line, unclosed(quoteLine));
            return true;
          }
          problem = tooLong || atEnd() ? unclosed(quoteLine) : Fault.BAD_QUOTE.problem();
        }
      }
    }
  }

  private static Problem unclosed(long line) {
    return Fault.UNCLOSED_QUOTE.problem("a quote that opens on line " + line + " is not closed");
  }

  private int withoutLineEnd(int end) {
    int i = end;
    while (i > start && (window.buf[i - 1] == '\n' || window.buf[i - 1] == '\r')) {
      i--;
    }
    return i;
  }

  /** Moves past the cell's closing quote; false if there is none, wherever that was noticed. */
  private boolean closeQuote() {
    while (true) {
      window.pos = ByteScan.quoteOrLineEnd(window.buf, window.pos, window.limit);
      if (window.pos == window.limit) {
        if (!more()) {
          return false;
        }
      } else if (window.buf[window.pos] != '"') {
        lineEnd();
        if (resume == NONE) {
          resume = window.pos;
          resumeLine = window.line;
        }
      } else {
        window.pos++;
        if (atEnd()) {
          return !tooLong;
        }
        byte after = window.buf[window.pos];
        if (after == delimiter || after == '\n' || after == '\r') {
          resume = NONE;
          return true;
        }
        if (after != '"') {
          return false;
        }
        window.pos++;
      }
    }
  }

  /** Moves past one line end, CR, LF or both. */
  private void lineEnd() {
    boolean carriage = window.buf[window.pos++] == '\r';
    window.line++;
    if (carriage && (window.pos < window.limit || read()) && window.buf[window.pos] == '\n') {
      window.pos++;
    }
  }

  private boolean skipEmptyRows() {
    while (true) {
      start = window.pos;
      resume = NONE;
      if (atEnd()) {
        return false;
      }
      byte next = window.buf[window.pos];
      if (next != '\n' && next != '\r') {
        return true;
      }
      lineEnd();
    }
  }

  private boolean atEnd() {
    return window.pos == window.limit && !more();
  }

  /** Reads on, keeping the row; false at the end of the input or of the room for one row. */
  private boolean more() {
    if (window.limit - start > maxElementBytes + 1) {
      tooLong = true;
      return false;
    }
    return read();
  }

  private boolean read() {
    boolean more = window.fill(start);
    resume = resume == NONE ? NONE : resume - start;
    start = 0;
    return more;
  }
}
