package org.strongroom.leak.judge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.strongroom.leak.report.Report;

class WindowsTest {
  private static final Instant TAKEN = Instant.parse("2026-03-05T10:00:00Z");
  private static final long DAY = Duration.ofDays(1).toMillis();

  @Test
  void judge_noRecords_hasNoWindow() throws IOException {
    Windows.Judged judged = Windows.judge(Copies.of(List.of()), Copies.NOW);
    assertThat(judged.window()).isNull();
    assertThat(judged.copies()).isEmpty();
  }

  @Test
  void judge_nothingEverChanged_isSinceTheImport() throws IOException {
    List<long[]> records = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      records.add(new long[] {Copies.FILLED.toEpochMilli() + i, Long.MAX_VALUE});
    }
    Report.Window window = window(Copies.of(records));
    assertThat(window.from()).isEqualTo(Copies.FILLED.plusMillis(99));
    assertThat(window.to()).isNull();
    assertThat(window.records()).isEqualTo(100);
    assertThat(window.share()).isEqualTo(1);
    assertThat(window.next()).isNull();
  }

  @Test
  void judge_changesOnEitherSide_boundTheWindowToTheMillisecond() throws IOException {
    List<long[]> records = new ArrayList<>();
    long t = TAKEN.toEpochMilli();
    for (int i = 0; i < 100; i++) {
      records.add(new long[] {Copies.FILLED.toEpochMilli(), Long.MAX_VALUE});
    }
    records.add(new long[] {t - 1_234_567, Long.MAX_VALUE});
    records.add(new long[] {Copies.FILLED.toEpochMilli(), t + 7_654_321});
    Report.Window window = window(Copies.of(records));
    assertThat(window.from().toEpochMilli()).isEqualTo(t - 1_234_567);
    assertThat(requireNonNull(window.to()).toEpochMilli()).isEqualTo(t + 7_654_321);
    assertThat(window.records()).isEqualTo(102);
  }

  /** A record may be true in several spans: a value that came back. */
  @Test
  void judge_recordTrueTwice_countsOnceAtATime() throws IOException {
    long t = TAKEN.toEpochMilli();
    List<long[]> records = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      records.add(new long[] {t - 100 * DAY, t - 50 * DAY, t - 10 * DAY, t + 10 * DAY});
      records.add(new long[] {t - 200 * DAY, Long.MAX_VALUE});
    }
    Windows.Judged judged = Windows.judge(Copies.of(records), Copies.NOW);
    Report.Window window = requireNonNull(judged.window());
    assertThat(window.records()).isEqualTo(60);
    assertThat(window.from().toEpochMilli()).isEqualTo(t - 100 * DAY);
    assertThat(requireNonNull(window.next()).records()).isEqualTo(60);
    assertThat(requireNonNull(window.next()).from().toEpochMilli()).isEqualTo(t - 10 * DAY);
    assertThat(judged.copies()).hasSize(1);
  }

  /** Against counting at every moment at which anything changes. */
  @Test
  void judge_cleanCopies_isWhereTheMostWereTrue() throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      List<long[]> records = new ArrayList<>();
      long taken = 2_000;
      for (int i = 0; i < 40; i++) {
        long from = random.nextInt(2) == 0 ? 0 : (long) (taken * Math.sqrt(random.nextDouble()));
        long to = random.nextInt(2) == 0 ? Long.MAX_VALUE : taken + 1 + random.nextInt(3_000);
        records.add(new long[] {from, to});
      }
      Windows.Judged judged = Windows.judge(Copies.of(records), Instant.ofEpochMilli(6_000));
      Report.Window window = requireNonNull(judged.window());
      TreeSet<Long> edges = new TreeSet<>();
      records.forEach(record -> edges.add(record[0]));
      records.stream().filter(r -> r[1] < Long.MAX_VALUE).forEach(r -> edges.add(r[1]));
      long best = edges.stream().mapToLong(at -> trueAt(records, at)).max().orElseThrow();
      assertThat(window.records()).isEqualTo(best).isEqualTo(40);
      assertThat(trueAt(records, window.from().toEpochMilli())).isEqualTo(best);
      assertThat(trueAt(records, window.from().toEpochMilli() - 1)).isLessThan(best);
      if (window.to() != null) {
        assertThat(trueAt(records, window.to().toEpochMilli() - 1)).isEqualTo(best);
        assertThat(trueAt(records, window.to().toEpochMilli())).isLessThan(best);
      }
      assertThat(window.from().toEpochMilli()).isLessThanOrEqualTo(taken);
    }
  }

  private static long trueAt(List<long[]> records, long at) {
    return records.stream().filter(record -> record[0] <= at && at < record[1]).count();
  }

  /**
   * How often the moment of the main copy lies outside the window by a day and more. Seen, in 100
   * trials each: 0, 2, 4, 0, 0, 3; and the mean windows were 5.1, 5.2, 7.2, 0.7, 1.1 and 1.7 days
   * wide, as the records changed that often.
   *
   * @param stale records of a copy taken 90 days earlier
   * @param wrong records with a version of any time
   */
  @ParameterizedTest
  @CsvSource({
    "500,0,0,0",
    "500,0,15,3",
    "500,0,50,5",
    "5000,0,500,1",
    "3500,1500,100,1",
    "3000,2000,100,3",
  })
  void judge_copyWithOthersMixedIn_findsItsMomentToTheDay(
      int main, int stale, int wrong, int mostMisses) throws IOException {
    int misses = 0;
    for (int seed = 0; seed < 50; seed++) {
      Copies copies = new Copies(new Random(seed), 0.3);
      copies.taken(TAKEN, main).taken(TAKEN.minus(Duration.ofDays(90)), stale).wrong(wrong);
      Report.Window window = window(copies.spans());
      Instant to = window.to() == null ? Copies.NOW : window.to();
      boolean early = window.from().minusMillis(DAY).isAfter(TAKEN);
      boolean late = to.plusMillis(DAY).isBefore(TAKEN);
      misses += early || late ? 1 : 0;
    }
    assertThat(misses).isLessThanOrEqualTo(mostMisses);
  }

  /** The register is corrected in two batches, as registers are; a copy was taken between them. */
  @Test
  void judge_fewLargeChanges_tellTheCopyFromTheStaleOne() throws IOException {
    long first = TAKEN.toEpochMilli() - 4 * DAY;
    long second = TAKEN.toEpochMilli() + 3 * DAY;
    List<long[]> records = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      boolean stale = i % 3 == 0;
      boolean changedFirst = i % 10 < 2;
      boolean changedSecond = i % 10 == 2;
      long from = changedFirst && !stale ? first : Copies.FILLED.toEpochMilli();
      long to = changedFirst && stale ? first : changedSecond ? second : Long.MAX_VALUE;
      records.add(new long[] {from, to});
    }
    Windows.Judged judged = Windows.judge(Copies.of(records), Copies.NOW);
    Report.Window window = requireNonNull(judged.window());
    assertThat(window.from().toEpochMilli()).isEqualTo(first);
    assertThat(requireNonNull(window.to()).toEpochMilli()).isEqualTo(second);
    assertThat(judged.copies()).hasSize(2);
    assertThat(requireNonNull(judged.copies().get(1).to()).toEpochMilli()).isEqualTo(first);
  }

  @Test
  void judge_twoCopiesFarApart_findsBothAndTheNextBest() throws IOException {
    Instant earlier = TAKEN.minus(Duration.ofDays(300));
    Copies copies = new Copies(new Random(4), 2);
    copies.taken(TAKEN, 3_000).taken(earlier, 2_000);
    Windows.Judged judged = Windows.judge(copies.spans(), Copies.NOW);
    Report.Window window = requireNonNull(judged.window());
    assertThat(judged.copies()).hasSize(2);
    assertThat(judged.copies().get(0).from()).isEqualTo(window.from());
    assertThat(judged.copies().get(0).records()).isEqualTo(window.records());
    assertThat(Duration.between(judged.copies().get(1).from(), earlier).abs())
        .isLessThan(Duration.ofDays(2));
    Report.Copy next = requireNonNull(window.next());
    assertThat(Duration.between(next.from(), earlier).abs()).isLessThan(Duration.ofDays(5));
    assertThat(next.records()).isLessThan(window.records());
  }

  @Test
  void judge_oneCleanCopy_hasNoSecond() throws IOException {
    Copies copies = new Copies(new Random(4), 1).taken(TAKEN, 5_000).wrong(150);
    Windows.Judged judged = Windows.judge(copies.spans(), Copies.NOW);
    assertThat(judged.copies()).hasSize(1);
    assertThat(requireNonNull(judged.window()).share()).isGreaterThan(0.95);
  }

  @Test
  void judge_copyOfNow_hasNoEnd() throws IOException {
    Copies copies = new Copies(new Random(4), 1).taken(Copies.NOW, 2_000);
    Report.Window window = window(copies.spans());
    assertThat(window.to()).isNull();
    assertThat(window.records()).isEqualTo(2_000);
  }

  @Test
  void judge_endAfterNow_lasts() throws IOException {
    long now = Copies.NOW.toEpochMilli();
    Report.Window window = window(Copies.of(List.of(new long[] {now - DAY, now + 1})));
    assertThat(window.to()).isNull();
  }

  @Test
  void judge_anySample_hasACurveForAChart() throws IOException {
    Copies copies = new Copies(new Random(4), 3).taken(TAKEN, 2_000);
    Report.Window window = window(copies.spans());
    List<Report.Point> curve = window.curve();
    assertThat(curve).hasSizeBetween(100, 500);
    assertThat(curve).extracting(Report.Point::at).isSorted().doesNotHaveDuplicates();
    assertThat(curve.stream().mapToLong(Report.Point::records).max()).hasValue(2_000);
    assertThat(curve.get(curve.size() - 1).at()).isEqualTo(Copies.NOW);
  }

  /** A share of the genuine records that is true at the window, and at no other time as many. */
  @Test
  void judge_nextBest_isApartByADayAndADip() throws IOException {
    long t = TAKEN.toEpochMilli();
    List<long[]> records = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      records.add(new long[] {t, t + DAY});
    }
    for (int i = 0; i < 40; i++) {
      records.add(new long[] {t + DAY + DAY / 2, t + DAY + DAY / 2 + 600_000});
    }
    for (int i = 0; i < 30; i++) {
      records.add(new long[] {t + 5 * DAY, t + 6 * DAY});
    }
    Windows.Judged judged = Windows.judge(Copies.of(records), Copies.NOW);
    Report.Window window = requireNonNull(judged.window());
    assertThat(window.records()).isEqualTo(50);
    assertThat(window.share()).isCloseTo(50 / 120.0, within(1e-12));
    assertThat(requireNonNull(window.next()).records()).isEqualTo(30);
    assertThat(judged.copies()).extracting(Report.Copy::records).containsExactly(50L, 40L, 30L);
  }

  @Test
  void judge_spansThatCannotBeRead_fails() {
    Spans broken =
        visitor -> {
          throw new IOException("gone");
        };
    assertThatThrownBy(() -> Windows.judge(broken, Copies.NOW)).isInstanceOf(IOException.class);
  }

  private static Report.Window window(Spans spans) throws IOException {
    return requireNonNull(Windows.judge(spans, Copies.NOW).window());
  }
}
