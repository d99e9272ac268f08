package org.strongroom.leak.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Samples with a known truth: a vault filled on one day, whose records change again and again at
 * random, and copies of it taken at known moments.
 */
final class Copies {
  static final Instant FILLED = Instant.parse("2025-01-01T08:00:00Z");
  static final Instant NOW = Instant.parse("2027-01-01T08:00:00Z");

  private final Random random;
  private final double changesPerDay;
  private final List<long[]> records = new ArrayList<>();

  Copies(Random random, double changesPerYear) {
    this.random = random;
    this.changesPerDay = changesPerYear / 365;
  }

  /** Records as they were at one moment. */
  Copies taken(Instant at, int count) {
    for (int i = 0; i < count; i++) {
      long[] edges = life();
      records.add(version(edges, at.toEpochMilli()));
    }
    return this;
  }

  /**
   * Records of which any version was met, whenever it held: mistyped, corrected, pieced together.
   */
  Copies wrong(int count) {
    for (int i = 0; i < count; i++) {
      long[] edges = life();
      int k = random.nextInt(edges.length - 1);
      records.add(new long[] {edges[k], edges[k + 1]});
    }
    return this;
  }

  Spans spans() {
    return of(records);
  }

  static Spans of(List<long[]> records) {
    return visitor -> {
      for (long[] record : records) {
        visitor.record(record);
      }
    };
  }

  /** When a record got each of its versions; the last one lasts. */
  private long[] life() {
    List<Long> edges = new ArrayList<>(List.of(FILLED.toEpochMilli()));
    while (true) {
      double days = -Math.log1p(-random.nextDouble()) / changesPerDay;
      long next = edges.get(edges.size() - 1) + (long) (days * Duration.ofDays(1).toMillis());
      if (next >= NOW.toEpochMilli()) {
        edges.add(Long.MAX_VALUE);
        return edges.stream().mapToLong(Long::longValue).toArray();
      }
      edges.add(next);
    }
  }

  private static long[] version(long[] edges, long at) {
    int k = Arrays.binarySearch(edges, at);
    int from = k >= 0 ? k : -k - 2;
    return new long[] {edges[from], edges[from + 1]};
  }
}
