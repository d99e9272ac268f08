package org.strongroom.leak.judge;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.strongroom.leak.report.Report;

/**
 * How many records were true at once, by time, in memory that does not grow with the records: at
 * the end of each of {@link #CELLS} cells at most, which are a minute wide for four years and finer
 * for less. What rises and falls again within a cell is not seen. Immutable once read.
 */
final class Timeline {
  /** Bounds the memory: 8 MiB. */
  private static final int CELLS = 1 << 21;

  private static final int CURVE_POINTS = 499;

  /** As a share of the records true at the window: less is how any slope wobbles. */
  private static final double DIP = 0.02;

  private final long now;
  private final long origin;
  private final long width;

  /** At the end of each cell. */
  private final int[] counts;

  private final long records;

  private Timeline(long now, long origin, long width, int[] counts, long records) {
    this.now = now;
    this.origin = origin;
    this.width = width;
    this.counts = counts;
    this.records = records;
  }

  /** A stretch of cells, both ends counted in. */
  record Run(int first, int last, int count) {}

  /** Exact times [from, to); {@link Long#MAX_VALUE} for one that lasts. */
  record Times(long from, long to) {
    /** Whether one of the spans covers all of it. */
    boolean within(long[] fromTo) {
      for (int i = 0; i < fromTo.length; i += 2) {
        if (fromTo[i] <= from && to <= fromTo[i + 1]) {
          return true;
        }
      }
      return false;
    }
  }

  /** Reads the spans, twice. What ends after {@code now} lasts. */
  static Timeline read(Spans spans, long now) throws IOException {
    long[] extremes = {Long.MAX_VALUE, Long.MIN_VALUE, 0};
    spans.each(
        fromTo -> {
          extremes[2]++;
          for (int i = 0; i < fromTo.length; i += 2) {
            extremes[0] = Math.min(extremes[0], fromTo[i]);
            extremes[1] = Math.max(extremes[1], fromTo[i]);
            if (fromTo[i + 1] <= now) {
              extremes[1] = Math.max(extremes[1], fromTo[i + 1]);
            }
          }
        });
    if (extremes[2] == 0) {
      return new Timeline(now, now, 1, new int[0], 0);
    }
    if (extremes[2] > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("more records than are counted at once");
    }
    long origin = extremes[0];
    long width = (extremes[1] - origin) / CELLS + 1;
    int[] counts = new int[(int) ((extremes[1] - origin) / width) + 1];
    spans.each(
        fromTo -> {
          for (int i = 0; i < fromTo.length; i += 2) {
            counts[(int) ((fromTo[i] - origin) / width)]++;
            if (fromTo[i + 1] <= now) {
              counts[(int) ((fromTo[i + 1] - origin) / width)]--;
            }
          }
        });
    for (int i = 1; i < counts.length; i++) {
      counts[i] += counts[i - 1];
    }
    return new Timeline(now, origin, width, counts, extremes[2]);
  }

  long records() {
    return records;
  }

  /** The longest time in which as many were true as ever. */
  Run best() {
    int most = 0;
    for (int count : counts) {
      most = Math.max(most, count);
    }
    Run best = new Run(0, -1, most);
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == most) {
        int last = i;
        while (last + 1 < counts.length && counts[last + 1] == most) {
          last++;
        }
        if (length(i, last) > length(best.first, best.last)) {
          best = new Run(i, last, most);
        }
        i = last;
      }
    }
    return best;
  }

  private long length(int first, int last) {
    long end = last == counts.length - 1 ? Math.max(now, at(last + 1)) : at(last + 1);
    return end - at(first);
  }

  private long at(int cell) {
    return origin + cell * width;
  }

  /** When a copy may have been taken; see {@link ChangePoint}. */
  Run window() {
    return ChangePoint.around(counts, best());
  }

  /**
   * The best moment at least {@code away} milliseconds from the run: the top of another hill, which
   * a dip of {@link #DIP} of the run's records parts from it; where there is none, the best of the
   * slopes. Its count is 0 if nothing lies so far away.
   */
  Run next(Run run, long away) {
    int dip = (int) Math.max(1, Math.ceil(DIP * run.count));
    int hill = -1;
    int slope = -1;
    int low = Integer.MAX_VALUE;
    for (int i = run.first; i >= 0; i--) {
      low = Math.min(low, counts[i]);
      if (at(run.first) - at(i + 1) >= away) {
        hill = counts[i] - low >= dip ? higher(i, hill) : hill;
        slope = higher(i, slope);
      }
    }
    low = Integer.MAX_VALUE;
    for (int i = run.last; i < counts.length; i++) {
      low = Math.min(low, counts[i]);
      if (at(i) - at(run.last + 1) >= away) {
        hill = counts[i] - low >= dip ? higher(i, hill) : hill;
        slope = higher(i, slope);
      }
    }
    int peak = hill >= 0 ? hill : slope;
    return peak < 0 ? new Run(0, -1, 0) : level(peak);
  }

  /** The better of two cells; the latter where both are as good. */
  private int higher(int cell, int than) {
    return than < 0 || counts[cell] > counts[than] ? cell : than;
  }

  /** All cells around that one in which as many were true. */
  private Run level(int cell) {
    int first = cell;
    while (first > 0 && counts[first - 1] == counts[cell]) {
      first--;
    }
    int last = cell;
    while (last + 1 < counts.length && counts[last + 1] == counts[cell]) {
      last++;
    }
    return new Run(first, last, counts[cell]);
  }

  /**
   * When a run begins and ends, to the millisecond: from the last change in its first cell to the
   * first change after its last.
   */
  Times exact(Run run, Spans spans) throws IOException {
    TreeMap<Long, Integer> before = new TreeMap<>();
    TreeMap<Long, Integer> after = new TreeMap<>();
    spans.each(
        fromTo -> {
          for (int i = 0; i < fromTo.length; i++) {
            int step = (i & 1) == 0 ? 1 : -1;
            if (step > 0 || fromTo[i] <= now) {
              long cell = (fromTo[i] - origin) / width;
              if (cell == run.first) {
                before.merge(fromTo[i], step, Integer::sum);
              } else if (cell == run.last + 1) {
                after.merge(fromTo[i], step, Integer::sum);
              }
            }
          }
        });
    before.values().removeIf(step -> step == 0);
    after.values().removeIf(step -> step == 0);
    return new Times(
        before.isEmpty() ? at(run.first) : before.lastKey(),
        run.last + 1 >= counts.length
            ? Long.MAX_VALUE
            : after.isEmpty() ? at(run.last + 1) : after.firstKey());
  }

  /** For the chart: the most within each of some 500 equal stretches; level stretches left out. */
  List<Report.Point> curve() {
    int cells = counts.length / CURVE_POINTS + 1;
    int points = (counts.length + cells - 1) / cells;
    int[] most = new int[points];
    for (int i = 0; i < counts.length; i++) {
      most[i / cells] = Math.max(most[i / cells], counts[i]);
    }
    List<Report.Point> out = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      boolean level = i > 0 && i + 1 < points && most[i] == most[i - 1] && most[i] == most[i + 1];
      if (!level) {
        out.add(new Report.Point(Instant.ofEpochMilli(at(i * cells)), most[i]));
      }
    }
    if (now > at(counts.length)) {
      out.add(new Report.Point(Instant.ofEpochMilli(now), counts[counts.length - 1]));
    }
    return out;
  }
}
