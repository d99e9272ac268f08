package org.strongroom.leak.judge;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.leak.report.Report;

/** When copies were taken, from when the genuine records were true. */
public final class Windows {
  private static final long APART = Duration.ofDays(1).toMillis();
  private static final int MOST_COPIES = 5;
  private static final double LEAST_SHARE = 0.05;
  private static final int LEAST_RECORDS = 20;

  private Windows() {}

  /**
   * What the spans come to.
   *
   * @param window null when there is no record
   * @param copies the window first; none when there is no record
   */
  public record Judged(Report.@Nullable Window window, List<Report.Copy> copies) {
    public Judged {
      copies = List.copyOf(copies);
    }
  }

  /**
   * Finds the window and the copies. Reads the spans a few times for each copy.
   *
   * @param now when the state was read with which the sample was compared
   */
  public static Judged judge(Spans spans, Instant now) throws IOException {
    Timeline all = Timeline.read(spans, now.toEpochMilli());
    if (all.records() == 0) {
      return new Judged(null, List.of());
    }
    List<Timeline.Times> found = new ArrayList<>();
    List<Report.Copy> copies = new ArrayList<>();
    Timeline.Run run = all.window();
    found.add(all.exact(run, spans));
    copies.add(copy(found.get(0), count(spans, found.get(0))));
    long least = Math.max(LEAST_RECORDS, (long) Math.ceil(LEAST_SHARE * all.records()));
    while (copies.size() < MOST_COPIES) {
      Spans rest = without(spans, found);
      Timeline left = Timeline.read(rest, now.toEpochMilli());
      if (left.records() < least || left.best().count() < least) {
        break;
      }
      Timeline.Times times = left.exact(left.window(), rest);
      long records = count(rest, times);
      if (records < least) {
        break;
      }
      found.add(times);
      copies.add(copy(times, records));
    }
    Report.Copy first = copies.get(0);
    Timeline.Run next = all.next(run, APART);
    Report.Window window =
        new Report.Window(
            first.from(),
            first.to(),
            first.records(),
            (double) first.records() / all.records(),
            next.count() == 0 ? null : copy(all.exact(next, spans), next.count()),
            all.curve());
    return new Judged(window, copies);
  }

  private static Report.Copy copy(Timeline.Times times, long records) {
    return new Report.Copy(
        Instant.ofEpochMilli(times.from()),
        times.to() == Long.MAX_VALUE ? null : Instant.ofEpochMilli(times.to()),
        records);
  }

  private static long count(Spans spans, Timeline.Times times) throws IOException {
    long[] count = new long[1];
    spans.each(fromTo -> count[0] += times.within(fromTo) ? 1 : 0);
    return count[0];
  }

  /** The records that none of {@code times} explains. */
  private static Spans without(Spans spans, List<Timeline.Times> times) {
    List<Timeline.Times> explained = List.copyOf(times);
    return visitor ->
        spans.each(
            fromTo -> {
              if (explained.stream().noneMatch(one -> one.within(fromTo))) {
                visitor.record(fromTo);
              }
            });
  }
}
