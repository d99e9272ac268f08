package org.strongroom.synthetic;

import java.io.InputStream;
import java.util.Objects;

/** Residents as bytes, computed when they are read. For one thread. */
final class ResidentStream extends InputStream {
  private static final int FILL_BYTES = 1 << 16;

  private final Format format;
  private final Residents.Pen pen;
  private final ByteSink buffer = new ByteSink(FILL_BYTES + 4096);
  private final long from;
  private final long until;
  private long next;
  private int read;
  private boolean closed;

  ResidentStream(Format format, Residents.Pen pen, long from, long count) {
    Residents.checkRange(from, count);
    this.format = format;
    this.pen = pen;
    this.from = from;
    this.next = from;
    this.until = from + count;
    format.open(buffer);
  }

  @Override
  public int read() {
    if (!fill()) {
      return -1;
    }
    return buffer.at(read++) & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, buffer.length() - read);
    buffer.copy(read, into, offset, count);
    read += count;
    return count;
  }

  @Override
  public int available() {
    return buffer.length() - read;
  }

  /** Whether there is a byte to read. */
  private boolean fill() {
    if (read < buffer.length()) {
      return true;
    }
    if (closed) {
      return false;
    }
    buffer.clear();
    read = 0;
    while (next < until && buffer.length() < FILL_BYTES) {
      pen.write(next, format, next == from, buffer);
      next++;
    }
    if (next == until) {
      format.close(buffer);
      closed = true;
    }
    return buffer.length() > 0;
  }
}
