package org.strongroom.leak.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.synthetic.Format;
import org.strongroom.synthetic.Residents;
import org.strongroom.vault.Suspect;

/**
 * Reads large samples that are made while they are read, with a few batches of rows alive as a
 * pipeline has them, and prints the most MiB that were alive at any time.
 */
final class LiveHeap {
  private static final int ALIVE = 4;
  private static final int LOOK_EVERY = 100;

  private LiveHeap() {}

  public static void main(String[] args) throws IOException {
    Residents residents = new Residents(5, LocalDate.of(2026, 11, 22));
    print("ndjson", residents.ndjson(0, 1_000_000));
    print("csv", residents.stream(Format.CSV, 0, 300_000));
    print("keys", new Lines(400_000, i -> "{\"k" + i + "\":\"x\",\"a\":{\"b" + i + "\":1}}\n"));
    print("sql", new Lines(300_000, i -> "INSERT INTO t" + i % 20_000 + " VALUES (" + i + ");\n"));
    print("text", new Lines(300_000, i -> "a line, not long: " + i + "\n"));
  }

  private static void print(String what, InputStream in) throws IOException {
    CollectionSpec spec = SampleReading.residents();
    Deque<Rows> alive = new ArrayDeque<>();
    long most = 0;
    long batches = 0;
    try (Sample sample = Sample.open(in, SampleLimits.DEFAULT)) {
      Learner learner = new Learner(spec, sample.columns(), Map.of());
      @Nullable SuspectMaker maker = null;
      for (Rows rows = sample.next(); rows != null; rows = sample.next()) {
        if (maker == null) {
          learner.add(rows);
          maker = new SuspectMaker(spec, learner.decide());
        }
        maker.make(rows, new Nowhere());
        alive.add(rows);
        if (alive.size() > ALIVE) {
          alive.remove();
        }
        if (++batches % LOOK_EVERY == 0) {
          System.gc();
          most =
              Math.max(
                  most, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
      }
      System.out.println(what + " " + sample.bytesRead() + " " + (most >> 20) + ".");
    }
  }

  private static final class Nowhere implements SuspectMaker.Sink {
    @Override
    public void suspect(int row, Suspect suspect) {}

    @Override
    public void none(int row, Set<String> problems) {}
  }

  /** Makes a line for a number. */
  private interface Line {
    String of(int number);
  }

  /** Lines that are made as they are read. */
  private static final class Lines extends InputStream {
    private final int count;
    private final Line line;
    private int next;
    private byte[] current = new byte[0];
    private int pos;

    Lines(int count, Line line) {
      this.count = count;
      this.line = line;
    }

    private boolean more() {
      if (pos == current.length && next < count) {
        current = line.of(next++).getBytes(UTF_8);
        pos = 0;
      }
      return pos < current.length;
    }

    @Override
    public int read() {
      return more() ? current[pos++] & 0xff : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      if (length == 0) {
        return 0;
      }
      if (!more()) {
        return -1;
      }
      int read = Math.min(length, current.length - pos);
      System.arraycopy(current, pos, to, offset, read);
      pos += read;
      return read;
    }
  }
}
