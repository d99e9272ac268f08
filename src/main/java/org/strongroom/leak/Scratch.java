package org.strongroom.leak;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows that do not fit into memory, kept by part: what belongs together lies in the same part, and
 * a part is small enough to be looked at as a whole. Lies in a file that has no name any more, so
 * it is gone with the process. What goes in is the caller's to choose: no clear personal data.
 * Thread-safe; each writer is for one thread.
 */
final class Scratch implements Closeable {
  private static final int BUFFER_BYTES = 8 << 10;

  private final FileChannel file;
  private final List<List<Segment>> parts = new ArrayList<>();
  private long end;

  /** Where some rows of a part lie. */
  private record Segment(long offset, int length) {}

  Scratch(int parts) throws IOException {
    Path path = Files.createTempFile("strongroom-", ".scratch");
    this.file =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    for (int i = 0; i < parts; i++) {
      this.parts.add(new ArrayList<>());
    }
  }

  int parts() {
    return parts.size();
  }

  Writer writer() {
    return new Writer();
  }

  /** Gathers rows; to be closed, which writes what is left. For one thread. */
  final class Writer implements Closeable {
    private final byte[][] buffers = new byte[parts.size()][];
    private final int[] lengths = new int[parts.size()];

    /** Adds the {@code length} bytes of {@code row} from {@code offset} on. */
    void add(int part, byte[] row, int offset, int length) throws IOException {
      if (buffers[part] == null) {
        buffers[part] = new byte[Math.max(BUFFER_BYTES, length)];
      }
      if (lengths[part] + length > buffers[part].length) {
        flush(part);
        if (length > buffers[part].length) {
          buffers[part] = new byte[length];
        }
      }
      System.arraycopy(row, offset, buffers[part], lengths[part], length);
      lengths[part] += length;
    }

    private void flush(int part) throws IOException {
      if (lengths[part] > 0) {
        append(part, buffers[part], lengths[part]);
        lengths[part] = 0;
      }
    }

    @Override
    public void close() throws IOException {
      for (int i = 0; i < buffers.length; i++) {
        flush(i);
      }
    }
  }

  private synchronized void append(int part, byte[] rows, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(rows, 0, length);
    long at = end;
    while (buffer.hasRemaining()) {
      at += file.write(buffer, at);
    }
    parts.get(part).add(new Segment(end, length));
    end += length;
  }

  /** All rows of a part. */
  byte[] read(int part) throws IOException {
    List<Segment> segments = segments(part);
    byte[] out = new byte[segments.stream().mapToInt(Segment::length).reduce(0, Math::addExact)];
    int to = 0;
    for (Segment segment : segments) {
      fill(ByteBuffer.wrap(out, to, segment.length()), segment);
      to += segment.length();
    }
    return out;
  }

  /** The segments of a part, one after another, as they were written. */
  void each(int part, Rows rows) throws IOException {
    List<Segment> segments = segments(part);
    byte[] bytes = new byte[BUFFER_BYTES];
    for (Segment segment : segments) {
      bytes = segment.length() > bytes.length ? new byte[segment.length()] : bytes;
      fill(ByteBuffer.wrap(bytes, 0, segment.length()), segment);
      rows.take(bytes, segment.length());
    }
  }

  private synchronized List<Segment> segments(int part) {
    return List.copyOf(parts.get(part));
  }

  private void fill(ByteBuffer buffer, Segment segment) throws IOException {
    long at = segment.offset();
    while (buffer.hasRemaining()) {
      int count = file.read(buffer, at);
      if (count < 0) {
        throw new IOException("the scratch file was cut");
      }
      at += count;
    }
  }

  /** Takes rows. */
  interface Rows {
    /** The rows of one segment, in the first {@code length} bytes; to be read before returning. */
    void take(byte[] rows, int length) throws IOException;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
