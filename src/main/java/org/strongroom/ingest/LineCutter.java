package org.strongroom.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts NDJSON: one element a line, blank lines skipped. In the bulk format of Elasticsearch and
 * OpenSearch each document follows a line that says what to do with it; those lines are skipped.
 */
final class LineCutter extends Cutter {
  private static final List<byte[]> KEPT_ACTIONS = quoted("index", "create");
  private static final List<byte[]> OTHER_ACTIONS = quoted("update", "delete");
  private static final byte[] UPDATE = OTHER_ACTIONS.get(0);

  private final boolean bulk;
  private @Nullable Problem nextDocument;
  private boolean documentNext;

  LineCutter(
      String file, ByteWindow window, LongSupplier bytesRead, int maxElementBytes, boolean bulk) {
    super(file, window, bytesRead, maxElementBytes);
    this.bulk = bulk;
  }

  /** Whether a line is an action of the bulk format that a document follows. */
  static boolean isBulkAction(byte[] bytes, int start, int end) {
    return action(bytes, start, end, KEPT_ACTIONS) != null;
  }

  @Override
  boolean cut(BatchBuilder out) {
    while (true) {
      int start = window.pos;
      long line = window.line;
      int from = start;
      boolean whole = true;
      while (true) {
        from = ByteScan.lineFeed(window.buf, from, window.limit);
        if (from < window.limit) {
          break;
        }
        if (from - start > maxElementBytes + 1) {
          window.pos = from;
          skipLine();
          documentNext = false;
          nextDocument = null;
          addTooLong(out, line);
          return true;
        }
        boolean more = window.fill(start);
        from -= start;
        start = 0;
        if (!more) {
          whole = false;
          break;
        }
      }
      window.pos = whole ? from + 1 : from;
      window.line = whole ? line + 1 : line;
      start = skipBlank(start, from);
      if (start < from) {
        if (window.buf[from - 1] == '\r') {
          from--;
        }
        if (offer(out, start, from, line, whole)) {
          return true;
        }
      } else if (!whole) {
        return false;
      }
    }
  }

  /** Skips space, and a byte order mark: files that are joined carry one at each seam. */
  private int skipBlank(int start, int end) {
    byte[] buf = window.buf;
    int i = start;
    if (end - i >= 3
        && buf[i] == (byte) 0xef
        && buf[i + 1] == (byte) 0xbb
        && buf[i + 2] == (byte) 0xbf) {
      i += 3;
    }
    while (i < end && (buf[i] == ' ' || buf[i] == '\t' || buf[i] == '\r')) {
      i++;
    }
    return i;
  }

  private boolean offer(BatchBuilder out, int start, int end, long line, boolean whole) {
    if (bulk && !documentNext) {
      if (isBulkAction(window.buf, start, end)) {
        documentNext = true;
        return false;
      }
      byte @Nullable [] other = action(window.buf, start, end, OTHER_ACTIONS);
      if (other != null) {
        documentNext = Arrays.equals(other, UPDATE);
        if (documentNext) {
          nextDocument = Fault.BULK_ACTION.problem();
          return false;
        }
        add(out, start, end, line, Fault.BULK_ACTION.problem());
        return true;
      }
    }
    boolean cutOff = !whole && window.cutShort();
    add(out, start, end, line, cutOff ? Fault.TRUNCATED.problem() : nextDocument);
    documentNext = false;
    nextDocument = null;
    return true;
  }

  /** The one of {@code actions} that is the only key of the line's object, or null. */
  private static byte @Nullable [] action(byte[] bytes, int start, int end, List<byte[]> actions) {
    int i = start;
    if (i >= end || bytes[i] != '{') {
      return null;
    }
    i = space(bytes, i + 1, end);
    for (byte[] action : actions) {
      int after = i + action.length;
      if (after <= end && Arrays.equals(bytes, i, after, action, 0, action.length)) {
        after = space(bytes, after, end);
        if (after < end && bytes[after] == ':') {
          after = space(bytes, after + 1, end);
          return after < end && bytes[after] == '{' ? action : null;
        }
      }
    }
    return null;
  }

  private static int space(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    return i;
  }

  private static List<byte[]> quoted(String... names) {
    return Arrays.stream(names)
        .map(name -> ('"' + name + '"').getBytes(StandardCharsets.US_ASCII))
        .toList();
  }
}
