package org.strongroom.ingest;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive elements of one input, unparsed. Immutable once handed out; may be read by any
 * thread. Holds personal data, so it prints only its size.
 */
public final class RawBatch {
  private final String file;
  private final long firstRecord;
  private final byte[] data;
  private final int[] starts;
  private final int[] ends;
  private final long[] lines;
  private final @Nullable Problem @Nullable [] problems;
  private final int size;

  /** Takes the arrays over; the elements lie in {@code data}, each followed by a line feed. */
  RawBatch(
      String file,
      long firstRecord,
      byte[] data,
      int[] starts,
      int[] ends,
      long[] lines,
      @Nullable Problem @Nullable [] problems,
      int size) {
    this.file = file;
    this.firstRecord = firstRecord;
    this.data = data;
    this.starts = starts;
    this.ends = ends;
    this.lines = lines;
    this.problems = problems;
    this.size = size;
  }

  /** The number of elements. */
  public int size() {
    return size;
  }

  /** The length of all elements together. */
  public int bytes() {
    return size == 0 ? 0 : ends[size - 1];
  }

  public Place place(int piece) {
    return new Place(file, lines[piece], firstRecord + piece);
  }

  /** A copy of the element as it came in; empty if it was too long to keep. */
  public byte[] raw(int piece) {
    return Arrays.copyOfRange(data, starts[piece], ends[piece]);
  }

  /** Why the element was refused when it was cut; null for one that is to be parsed. */
  @Nullable Problem problem(int piece) {
    return problems == null ? null : problems[piece];
  }

  byte[] data() {
    return data;
  }

  int start(int piece) {
    return starts[piece];
  }

  int end(int piece) {
    return ends[piece];
  }

  @Override
  public String toString() {
    return "RawBatch[" + size + " elements]";
  }
}
