package org.strongroom.ingest;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Gathers the elements of one {@link RawBatch}. */
final class BatchBuilder {
  private final String file;
  private final long firstRecord;
  private byte[] data;
  private int length;
  private int[] starts;
  private int[] ends;
  private long[] lines;
  private @Nullable Problem @Nullable [] problems;
  private int size;

  BatchBuilder(String file, long firstRecord, int expectedRecords, int expectedBytes) {
    this.file = file;
    this.firstRecord = firstRecord;
    this.data = new byte[expectedBytes];
    this.starts = new int[expectedRecords];
    this.ends = new int[expectedRecords];
    this.lines = new long[expectedRecords];
  }

  int size() {
    return size;
  }

  int bytes() {
    return length;
  }

  /** Copies one element; {@code problem} is null unless it is refused already. */
  void add(byte[] from, int start, int end, long line, @Nullable Problem problem) {
    if (size == starts.length) {
      int room = Math.max(16, size * 2);
      starts = Arrays.copyOf(starts, room);
      ends = Arrays.copyOf(ends, room);
      lines = Arrays.copyOf(lines, room);
      if (problems != null) {
        problems = Arrays.copyOf(problems, room);
      }
    }
    int count = end - start;
    if (data.length - length <= count) {
      data = Arrays.copyOf(data, Math.max(data.length * 2, length + count + 1));
    }
    System.arraycopy(from, start, data, length, count);
    starts[size] = length;
    length += count;
    ends[size] = length;
    data[length++] = '\n';
    lines[size] = line;
    if (problem != null) {
      if (problems == null) {
        problems = new @Nullable Problem[starts.length];
      }
      problems[size] = problem;
    }
    size++;
  }

  RawBatch build() {
    return new RawBatch(file, firstRecord, data, starts, ends, lines, problems, size);
  }
}
