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
import org.strongroom.crypto.Randomness;
import org.strongroom.crypto.Veil;

/**
 * Rows that do not fit into memory, kept by part: what belongs together lies in the same part. Lies
 * in a file that has no name any more, under a {@link Veil}: so it is gone with the process, and
 * says nothing to who reads the disk. Thread-safe; each writer is for one thread.
 */
public final class Scratch implements Closeable {
  /** Of rows that are veiled together. */
  static final int SEGMENT_BYTES = 16 << 10;

  private final FileChannel file;
  private final Veil veil;
  private final List<List<Segment>> parts = new ArrayList<>();
  private long end;

  /**
   * Where some rows of a part lie.
   *
   * @param length of the rows; veiled they take {@link Veil#OVERHEAD_BYTES} more
   */
  private record Segment(long offset, int length) {}

  public Scratch(int parts, Randomness random) throws IOException {
    this.veil = new Veil(random);
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

  /** The part for what begins with these 64 bits, which are as good as random. */
  int part(long first) {
    return ((int) (first >>> (Long.SIZE - Byte.SIZE)) * parts.size()) >>> Byte.SIZE;
  }

  public Writer writer() {
    return new Writer();
  }

  /** Gathers rows; to be closed, which writes what is left. For one thread. */
  public final class Writer implements Closeable {
    private final byte[][] buffers = new byte[parts.size()][];
    private final int[] lengths = new int[parts.size()];

    /** Adds the {@code length} bytes of {@code row} from {@code offset} on. */
    public void add(int part, byte[] row, int offset, int length) throws IOException {
      if (buffers[part] == null) {
        buffers[part] = new byte[Math.max(SEGMENT_BYTES, length)];
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
        buffers[i] = null;
      }
    }
  }

  private void append(int part, byte[] rows, int length) throws IOException {
    long at;
    synchronized (this) {
      at = end;
      end += length + Veil.OVERHEAD_BYTES;
      parts.get(part).add(new Segment(at, length));
    }
    ByteBuffer buffer = ByteBuffer.wrap(veil.cover(at, rows, length));
    while (buffer.hasRemaining()) {
      at += file.write(buffer, at);
    }
  }

  /** All rows of a part. To be called when all writers are closed. */
  public byte[] read(int part) throws IOException {
    List<Segment> segments = segments(part);
    byte[] out = new byte[segments.stream().mapToInt(Segment::length).reduce(0, Math::addExact)];
    int to = 0;
    for (Segment segment : segments) {
      to += open(segment, out, to);
    }
    return out;
  }

  /**
   * The rows of a part, some at a time. To be called when all writers are closed.
   *
   * @param most bytes at a time, unless a single row is longer
   */
  void each(int part, int most, Rows rows) throws IOException {
    List<Segment> segments = segments(part);
    byte[] bytes = new byte[0];
    int next = 0;
    while (next < segments.size()) {
      int from = next;
      int length = 0;
      do {
        length += segments.get(next++).length();
      } while (next < segments.size() && length + segments.get(next).length() <= most);
      bytes = length > bytes.length ? new byte[length] : bytes;
      int to = 0;
      for (Segment segment : segments.subList(from, next)) {
        to += open(segment, bytes, to);
      }
      rows.take(bytes, length);
    }
  }

  private synchronized List<Segment> segments(int part) {
    return List.copyOf(parts.get(part));
  }

  private int open(Segment segment, byte[] to, int offset) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(segment.length() + Veil.OVERHEAD_BYTES);
    long at = segment.offset();
    while (buffer.hasRemaining()) {
      int count = file.read(buffer, at);
      if (count < 0) {
        throw new IOException("the scratch file was cut");
      }
      at += count;
    }
    byte[] rows = veil.lift(segment.offset(), buffer.array());
    System.arraycopy(rows, 0, to, offset, rows.length);
    return rows.length;
  }

  /** Takes rows. */
  interface Rows {
    /** Whole rows, in the first {@code length} bytes; to be read before returning. */
    void take(byte[] rows, int length) throws IOException;
  }

  @Override
  public void close() throws IOException {
    veil.close();
    file.close();
  }
}
