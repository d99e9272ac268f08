package org.strongroom.leak;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.strongroom.crypto.Randomness;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Id;
import org.strongroom.leak.judge.Spans;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.vault.Likeness;

/**
 * The second half of a check: the lines of the scratch file, part by part, to counts. All lines of
 * one subject lie in one part, so each part can be counted by itself; the parts are taken together
 * in their order, so that the outcome does not depend on who was faster.
 */
final class Counting implements Closeable {
  /** Subjects that are looked up in the log. */
  static final int EXAMINED = 50_000;

  private static final int AFFECTED_BYTES = Id.BYTES + Long.BYTES;

  private final CollectionSpec spec;
  private final Scratch lines;
  private final Seeds seeds;
  private final Watched watched;
  private final Scratch spans;
  private final Scratch affected;

  /**
   * @param watched subjects of whom it is to be told whether they are in the sample
   */
  Counting(CollectionSpec spec, Scratch lines, Seeds seeds, Watched watched, Randomness random)
      throws IOException {
    this.spec = spec;
    this.lines = lines;
    this.seeds = seeds;
    this.watched = watched;
    this.spans = new Scratch(1, random);
    this.affected = new Scratch(1, random);
  }

  /**
   * Subjects of whom it is to be told whether they are in the sample.
   *
   * @param drawn to compare with
   * @param madeUp whom nothing can affect, and who are shown to nobody as others are
   */
  record Watched(Set<Id> drawn, Set<Id> madeUp) {}

  /**
   * Of the draws.
   *
   * @param examined of the subjects that are looked up; follows from the sample
   * @param sketch the same for every check of the vault
   */
  record Seeds(long examined, long sketch) {}

  private Counts counts() {
    return new Counts(spec, EXAMINED, seeds.examined(), seeds.sketch());
  }

  /** What one part comes to. */
  private record Part(Counts counts, Buffer spans, Buffer affected) {}

  /** Counts everything, with {@code workers} threads. */
  Counts run(int workers, LeakProgress progress) throws IOException {
    Counts out = counts();
    ExecutorService pool = Executors.newFixedThreadPool(workers, Workers::daemon);
    try (Scratch.Writer toSpans = spans.writer();
        Scratch.Writer toAffected = affected.writer()) {
      Deque<Future<Part>> counting = new ArrayDeque<>();
      for (int part = 0; part < lines.parts() || !counting.isEmpty(); part++) {
        if (part < lines.parts()) {
          int number = part;
          counting.add(pool.submit(() -> count(number)));
        }
        if (counting.size() > workers || part >= lines.parts()) {
          Workers.requireGoingOn(progress);
          Part done = Workers.result(counting.remove());
          out.add(done.counts());
          done.spans().writeTo(toSpans);
          done.affected().writeTo(toAffected);
        }
      }
    } finally {
      Workers.end(pool);
    }
    return out;
  }

  private Part count(int part) throws IOException {
    byte[] bytes = lines.read(part);
    Integer[] order = order(bytes);
    Part out = new Part(counts(), new Buffer(), new Buffer());
    int begin = 0;
    while (begin < order.length) {
      int end = begin + 1;
      while (end < order.length && Line.sameKey(bytes, order[begin], order[end])) {
        end++;
      }
      person(bytes, order, begin, end, out);
      begin = end;
    }
    return out;
  }

  private static Integer[] order(byte[] bytes) {
    int count = 0;
    for (int at = 0; at < bytes.length; at += Line.length(bytes, at)) {
      count++;
    }
    Integer[] out = new Integer[count];
    int i = 0;
    for (int at = 0; at < bytes.length; at += Line.length(bytes, at)) {
      out[i++] = at;
    }
    Arrays.sort(out, (one, other) -> Line.compare(bytes, one, other));
    return out;
  }

  /** All lines of one subject, or of one stranger. */
  private void person(byte[] bytes, Integer[] order, int begin, int end, Part out) {
    long exposed = 0;
    boolean telling = false;
    boolean known = false;
    int first = begin;
    for (int i = begin; i < end; i++) {
      int line = order[i];
      if (i > begin && Line.sameRecord(bytes, order[first], line)) {
        out.counts().duplicate(Line.number(bytes, line) - Line.number(bytes, order[first]));
        continue;
      }
      first = i;
      out.counts().record(bytes, line);
      Line.State state = Line.state(bytes, line);
      known |= state != Line.State.INVALID && state != Line.State.STRANGER;
      telling |= state == Line.State.UNDECIDED || state == Line.State.GENUINE;
      if (state == Line.State.GENUINE) {
        exposed |= exposed(bytes, line);
        long[] together = Line.spans(bytes, line, spec.fieldCount());
        out.spans().spans(together);
      }
    }
    if (known) {
      Id subject = Id.read(bytes, order[begin] + Line.KEY);
      int region = Line.region(bytes, order[begin]);
      boolean madeUp = watched.madeUp().contains(subject);
      out.counts().subject(subject, region, telling && !madeUp);
      if (madeUp || watched.drawn().contains(subject)) {
        out.counts().seen(subject);
      }
      if (exposed != 0 && !madeUp) {
        out.counts().affected(region, Line.age(bytes, order[begin]), exposed);
        out.affected().affected(subject, exposed);
      }
    }
  }

  private long exposed(byte[] bytes, int line) {
    long out = 0;
    for (int i = 0; i < spec.fieldCount(); i++) {
      Likeness likeness = Line.field(bytes, line, i);
      if (likeness == Likeness.EQUAL_NOW
          || likeness == Likeness.EQUAL_BEFORE
          || likeness == Likeness.NEAR) {
        out |= 1L << i;
      }
    }
    return out;
  }

  /** When each genuine record was true. */
  Spans spans() {
    return visitor ->
        spans.each(
            0,
            Scratch.SEGMENT_BYTES,
            (rows, length) -> {
              int at = 0;
              while (at < length) {
                long[] fromTo = new long[2 * BigEndian.getInt(rows, at)];
                at += Integer.BYTES;
                for (int i = 0; i < fromTo.length; i++) {
                  fromTo[i] = BigEndian.getLong(rows, at);
                  at += Long.BYTES;
                }
                visitor.record(fromTo);
              }
            });
  }

  /** The subjects of genuine records. */
  AffectedList affected(long count) {
    return new AffectedList() {
      @Override
      public long size() {
        return count;
      }

      @Override
      public void each(Visitor visitor) throws IOException {
        affected.each(
            0,
            Scratch.SEGMENT_BYTES,
            (rows, length) -> {
              for (int at = 0; at < length; at += AFFECTED_BYTES) {
                visitor.affected(Id.read(rows, at), BigEndian.getLong(rows, at + Id.BYTES));
              }
            });
      }
    };
  }

  @Override
  public void close() throws IOException {
    try (affected) {
      spans.close();
    }
  }

  /** Rows on their way to a scratch file. */
  private static final class Buffer {
    private byte[] bytes = new byte[1 << 12];
    private int length;
    private int rows;
    private int[] ends = new int[64];

    /** Adds when a record was true, oldest first. */
    void spans(long[] newestFirst) {
      int spans = newestFirst.length / 2;
      room(Integer.BYTES + newestFirst.length * Long.BYTES);
      BigEndian.putInt(bytes, length, spans);
      length += Integer.BYTES;
      for (int i = spans - 1; i >= 0; i--) {
        BigEndian.putLong(bytes, length, newestFirst[2 * i]);
        BigEndian.putLong(bytes, length + Long.BYTES, newestFirst[2 * i + 1]);
        length += 2 * Long.BYTES;
      }
      end();
    }

    void affected(Id subject, long fields) {
      room(AFFECTED_BYTES);
      subject.write(bytes, length);
      BigEndian.putLong(bytes, length + Id.BYTES, fields);
      length += AFFECTED_BYTES;
      end();
    }

    private void room(int more) {
      if (length + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
      }
    }

    private void end() {
      if (rows == ends.length) {
        ends = Arrays.copyOf(ends, 2 * rows);
      }
      ends[rows++] = length;
    }

    void writeTo(Scratch.Writer out) throws IOException {
      int from = 0;
      for (int i = 0; i < rows; i++) {
        out.add(0, bytes, from, ends[i] - from);
        from = ends[i];
      }
    }
  }
}
