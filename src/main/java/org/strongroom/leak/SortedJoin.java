package org.strongroom.leak;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.strongroom.crypto.BlindIndex;
import org.strongroom.crypto.Randomness;
import org.strongroom.leak.judge.Oddities;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.vault.Compared;
import org.strongroom.vault.Lead;
import org.strongroom.vault.Matching;
import org.strongroom.vault.Suspect;

/**
 * Suspects to lines, in passes over scratch files: in the order of each index by which they are
 * sought, the strongest first, to find whom they lead to; then in the order of the subjects, to
 * compare. So what lies together in the store is read together, once for all suspects that need it
 * and not anew for each. A sort-merge join, with the partitions of a GRACE hash join in place of
 * the sort's runs.
 */
final class SortedJoin implements Closeable {
  /** Of rows that are sorted at a time. */
  private static final int SORTED_BYTES = 16 << 20;

  /** Suspects that are looked up at a time. */
  private static final int BATCH = 512;

  /** As many rows as {@link #SORTED_BYTES} can hold are numbered by so many bits. */
  private static final int ROW_BITS = 20;

  static final int NOT_SOUGHT = -1;

  private final Matching.Run vault;
  private final CollectionSpec spec;

  /** By the index by which they are sought next. */
  private final List<Scratch> sought = new ArrayList<>();

  private final Scratch found;
  private final Crew<Hand> crew;
  private final LongAdder compared = new LongAdder();

  /**
   * @param lines where the lines go
   */
  SortedJoin(Matching.Run vault, Scratch lines, BlindIndex hashes, Randomness random)
      throws IOException {
    this.vault = vault;
    this.spec = vault.spec();
    for (int i = 0; i < vault.indexes(); i++) {
      sought.add(new Scratch(lines.parts(), random));
    }
    this.found = new Scratch(lines.parts(), random);
    this.crew = new Crew<>(() -> new Hand(lines, hashes));
  }

  /** For the suspects, before {@link #run}. For one thread; to be closed. */
  Sought writer() {
    return new Sought();
  }

  /** Puts suspects where they are sought next. For one thread. */
  final class Sought implements Closeable {
    private final List<Scratch.Writer> writers = sought.stream().map(Scratch::writer).toList();

    /**
     * Adds one.
     *
     * @param after the index by which he was sought in vain; {@link #NOT_SOUGHT} at first
     * @param row the suspect
     * @return false when there is nothing left by which to seek him
     */
    boolean add(Suspect suspect, int after, SuspectRow row) throws IOException {
      int index = vault.next(suspect, after);
      if (index < 0) {
        return false;
      }
      long place = vault.place(suspect, index);
      row.place(place);
      writers.get(index).add(sought.get(index).part(place), row.bytes(), 0, row.length());
      return true;
    }

    @Override
    public void close() throws IOException {
      for (Scratch.Writer writer : writers) {
        writer.close();
      }
    }
  }

  /**
   * Writes the lines of all suspects.
   *
   * @param progress hears how many there are so far, now and then
   */
  void run(ExecutorService pool, LongConsumer progress) throws IOException {
    for (int i = 0; i < sought.size(); i++) {
      int index = i;
      pass(pool, sought.get(i), (hand, bytes, rows) -> hand.seek(index, bytes, rows), progress);
      sought.get(i).close();
    }
    pass(pool, found, Hand::compare, progress);
  }

  /** What looks made up. */
  Oddities oddities() {
    Oddities out = new Oddities(spec);
    crew.all().forEach(hand -> out.merge(hand.oddities));
    return out;
  }

  @Override
  public void close() throws IOException {
    try (found) {
      for (Scratch each : sought) {
        each.close();
      }
    }
  }

  /** Takes rows in their order. */
  private interface Step {
    void take(Hand hand, byte[] bytes, int[] rows) throws IOException;
  }

  private void pass(ExecutorService pool, Scratch from, Step step, LongConsumer progress)
      throws IOException {
    List<Future<?>> parts = new ArrayList<>();
    for (int i = 0; i < from.parts(); i++) {
      int part = i;
      parts.add(
          pool.submit(
              () -> {
                crew.run(
                    hand -> inOrder(from, part, (bytes, rows) -> step.take(hand, bytes, rows)));
                return null;
              }));
    }
    for (Future<?> part : parts) {
      Workers.result(part);
      progress.accept(compared.sum());
    }
    crew.close();
  }

  /** Takes some rows. */
  private interface Batch {
    void take(byte[] bytes, int[] rows) throws IOException;
  }

  private static void inOrder(Scratch from, int part, Batch batch) throws IOException {
    from.each(
        part,
        SORTED_BYTES,
        (bytes, length) -> {
          int[] rows = order(bytes, length);
          for (int at = 0; at < rows.length; at += BATCH) {
            batch.take(bytes, Arrays.copyOfRange(rows, at, Math.min(at + BATCH, rows.length)));
          }
        });
  }

  /** Where the rows begin, by their place. */
  private static int[] order(byte[] bytes, int length) {
    int[] starts = new int[length / SuspectRow.LEAST];
    int count = 0;
    for (int at = 0; at < length; at += SuspectRow.length(bytes, at)) {
      starts[count++] = at;
    }
    long[] keys = new long[count];
    for (int i = 0; i < count; i++) {
      // All of a part begin alike.
      long place = SuspectRow.place(bytes, starts[i]) << Byte.SIZE >>> 1;
      keys[i] = place >>> ROW_BITS << ROW_BITS | i;
    }
    Arrays.sort(keys);
    int[] out = new int[count];
    for (int i = 0; i < count; i++) {
      out[i] = starts[(int) keys[i] & ((1 << ROW_BITS) - 1)];
    }
    return out;
  }

  /** What one thread works with. To be closed, which writes what is left. */
  private final class Hand implements Closeable {
    private final Oddities oddities = new Oddities(spec);
    private final LineWriter lines;
    private final Sought further = writer();
    private final Scratch.Writer leads = found.writer();
    private final SuspectRow row = new SuspectRow();

    Hand(Scratch lines, BlindIndex hashes) {
      this.lines = new LineWriter(spec, lines, hashes);
    }

    void seek(int index, byte[] bytes, int[] rows) throws IOException {
      List<Suspect> suspects = suspects(bytes, rows);
      List<@Nullable Lead> led = vault.seek(suspects, index);
      for (int i = 0; i < rows.length; i++) {
        @Nullable Lead lead = led.get(i);
        if (lead == null) {
          row.write(bytes, rows[i]);
          if (!further.add(suspects.get(i), index, row)) {
            stranger(suspects.get(i), bytes, rows[i]);
          }
        } else {
          row.write(bytes, rows[i], lead);
          leads.add(found.part(lead.subjects().get(0).high()), row.bytes(), 0, row.length());
        }
      }
    }

    void compare(byte[] bytes, int[] rows) throws IOException {
      List<Suspect> suspects = suspects(bytes, rows);
      List<Lead> led = Arrays.stream(rows).mapToObj(row -> SuspectRow.lead(bytes, row)).toList();
      List<@Nullable Compared> all = vault.compare(suspects, led);
      for (int i = 0; i < rows.length; i++) {
        @Nullable Compared each = all.get(i);
        if (each == null) {
          stranger(suspects.get(i), bytes, rows[i]);
        } else {
          oddities.see(suspects.get(i), true, SuspectRow.counting(bytes, rows[i]));
          lines.compared(suspects.get(i), SuspectRow.number(bytes, rows[i]), each);
          compared.increment();
        }
      }
    }

    private void stranger(Suspect suspect, byte[] bytes, int at) throws IOException {
      oddities.see(suspect, false, SuspectRow.counting(bytes, at));
      lines.stranger(suspect, SuspectRow.number(bytes, at));
      compared.increment();
    }

    private List<Suspect> suspects(byte[] bytes, int[] rows) {
      List<Suspect> out = new ArrayList<>(rows.length);
      for (int at : rows) {
        out.add(SuspectRow.suspect(spec, bytes, at));
      }
      return out;
    }

    @Override
    public void close() throws IOException {
      further.close();
      leads.close();
      lines.close();
    }
  }
}
