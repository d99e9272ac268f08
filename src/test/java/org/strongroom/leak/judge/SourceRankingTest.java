package org.strongroom.leak.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.junit.jupiter.api.Test;
import org.strongroom.leak.report.Report;

class SourceRankingTest {
  private static final int[] NOBODY = {};

  @Test
  void log_smallTables_isFishersExactTest() {
    Random random = new Random(5);
    FisherExactTest fisher =
        FisherExactTest.withDefaults().with(AlternativeHypothesis.GREATER_THAN);
    for (int i = 0; i < 2_000; i++) {
      int examined = 1 + random.nextInt(300);
      int control = 1 + random.nextInt(300);
      int shown = random.nextInt(examined + 1);
      int shownControl = random.nextInt(control + 1);
      int[][] table = {{shown, shownControl}, {examined - shown, control - shownControl}};
      if (shown + shownControl == 0 || shown + shownControl == examined + control) {
        continue;
      }
      double expected = fisher.test(table).getPValue();
      double log = ChanceTail.log(shown, examined, shownControl, control);
      assertThat(log).isCloseTo(Math.log(expected), within(1e-6 * (1 + Math.abs(log))));
    }
  }

  /** All of 20 and none of 20: one way among 40 choose 20. */
  @Test
  void log_knownTable_isItsProbability() {
    assertThat(Math.exp(ChanceTail.log(20, 20, 0, 20)))
        .isCloseTo(1 / 137_846_528_820.0, within(1e-20));
    assertThat(ChanceTail.log(0, 20, 5, 20)).isZero();
  }

  @Test
  void rank_probabilityBelowWhatADoubleHolds_isTheSmallestNormal() {
    Report.Sources sources =
        SourceRanking.rank(
            some(100_000, 0),
            List.copyOf(some(100_000)),
            candidates("user:a", "user:b"),
            List.of());
    Report.Source first = sources.ranked().get(0);
    assertThat(ChanceTail.log(100_000, 100_000, 0, 100_000)).isBetween(-140_000.0, -130_000.0);
    assertThat(first.p()).isEqualTo(Double.MIN_NORMAL);
    assertThat(first.adjusted()).isEqualTo(Double.MIN_NORMAL);
    assertThat(first.lift()).isNull();
    assertThat(first.expected()).isZero();
    assertThat(first.named()).isTrue();
  }

  @Test
  void rank_agencyWithItsOneUser_namesTheUser() {
    List<int[]> examined = join(some(60, 0, 1), some(40));
    List<int[]> control = join(some(5, 0, 1), some(95));
    Report.Sources sources =
        SourceRanking.rank(examined, control, candidates("agency:A", "user:u"), List.of());
    assertThat(sources.ranked())
        .extracting(Report.Source::name, Report.Source::named)
        .containsExactly(tuple("u", true), tuple("A", false));
    assertThat(sources.pairs()).isEmpty();
  }

  /** The agency's other users add a little by chance, so that its own probability is smaller. */
  @Test
  void rank_agencyThatChanceFavours_stillNamesTheUser() {
    List<int[]> examined = join(some(120, 0, 1), join(some(8, 0), some(72)));
    List<int[]> control = join(some(10, 0, 1), join(some(1, 0), some(189)));
    assertThat(ChanceTail.log(128, 200, 11, 200)).isLessThan(ChanceTail.log(120, 200, 10, 200));
    Report.Sources sources =
        SourceRanking.rank(examined, control, candidates("agency:A", "user:u"), List.of());
    assertThat(named(sources)).containsExactly("u");
    assertThat(sources.ranked().get(0).name()).isEqualTo("u");
  }

  @Test
  void rank_agencyOfManyGuiltyUsers_namesTheAgency() {
    List<int[]> examined = new ArrayList<>();
    List<int[]> control = new ArrayList<>();
    List<String> sources = new ArrayList<>(List.of("agency:A"));
    for (int user = 1; user <= 60; user++) {
      sources.add("user:u" + user);
      examined.addAll(some(2, 0, user));
      control.addAll(user <= 10 ? some(1, 0, user) : List.of());
    }
    examined.addAll(some(80));
    control.addAll(some(190));
    Report.Sources found =
        SourceRanking.rank(
            examined, control, candidates(sources.toArray(String[]::new)), List.of());
    assertThat(named(found)).containsExactly("A");
  }

  @Test
  void rank_exportAndItsActor_namesTheExport() {
    List<int[]> examined = join(some(60, 0, 1), join(some(2, 0), some(38)));
    List<int[]> control = join(some(1, 0, 1), join(some(4, 0), some(95)));
    Report.Sources sources =
        SourceRanking.rank(examined, control, candidates("user:u", "export:7 u"), List.of());
    assertThat(named(sources)).containsExactly("7 u");
    assertThat(sources.conclusion()).isEqualTo("likely");
  }

  /** Of the guilty one's subjects another had seen half, as of all subjects that he deals with. */
  @Test
  void rank_whoOverlapsWithTheGuilty_isNotNamed() {
    List<int[]> examined = join(join(some(150, 0), some(150, 0, 1)), some(100));
    List<int[]> control = join(join(some(10, 0), some(10, 0, 1)), join(some(5, 1), some(375)));
    Report.Sources sources =
        SourceRanking.rank(examined, control, candidates("user:guilty", "user:other"), List.of());
    assertThat(sources.ranked().get(1).adjusted()).isLessThan(0.01);
    assertThat(named(sources)).containsExactly("guilty");
  }

  @Test
  void rank_effectThatIsCertainButSmall_namesNobody() {
    List<int[]> examined = join(some(30_000, 0), some(20_000));
    List<int[]> control = join(some(20_000, 0), some(30_000));
    Report.Sources sources =
        SourceRanking.rank(examined, control, candidates("user:busy"), List.of());
    assertThat(sources.ranked().get(0).adjusted()).isLessThan(1e-100);
    assertThat(sources.ranked().get(0).lift()).isCloseTo(1.5, within(1e-9));
    assertThat(sources.conclusion()).isEqualTo("no_one_stands_out");
  }

  @Test
  void rank_tooFewSubjects_saysSo() {
    Report.Sources few =
        SourceRanking.rank(some(49, 0), some(5_000), candidates("user:u"), List.of());
    assertThat(few.conclusion()).isEqualTo("too_few");
    assertThat(named(few)).isEmpty();
    Report.Sources noControl =
        SourceRanking.rank(some(500, 0), List.of(), candidates("user:u"), List.of());
    assertThat(noControl.conclusion()).isEqualTo("too_few");
    assertThat(noControl.ranked().get(0).expected()).isZero();
    Report.Sources littleControl =
        SourceRanking.rank(some(500, 0), some(3), candidates("user:u"), List.of());
    assertThat(littleControl.conclusion()).isEqualTo("too_few");
  }

  @Test
  void rank_nobodyWasShownAnything_namesNobody() {
    Report.Sources sources = SourceRanking.rank(some(500), some(500), List.of(), List.of());
    assertThat(sources.conclusion()).isEqualTo("no_one_stands_out");
    assertThat(sources.ranked()).isEmpty();
    assertThat(sources.tested()).isZero();
  }

  @Test
  void rank_canaryPlantedForOne_isProof() {
    List<Report.CanaryHit> canaries =
        List.of(
            new Report.CanaryHit("s1", "courier", List.of()),
            new Report.CanaryHit("s4", "porter", List.of("a")),
            new Report.CanaryHit("s2", null, List.of("a", "b")),
            new Report.CanaryHit("s3", null, List.of()));
    Report.Sources sources =
        SourceRanking.rank(
            some(10, 0, 1), some(10), candidates("user:a", "application:courier"), canaries);
    assertThat(sources.conclusion()).isEqualTo("proved");
    assertThat(named(sources)).containsExactly("courier");
    assertThat(sources.text()).contains("courier").contains("nobody had been shown");
  }

  @Test
  void rank_canaryShownToOneAlone_isProofAndToManyIsNot() {
    Report.Sources one =
        SourceRanking.rank(some(60), some(60), candidates("user:a"), List.of(hit("a")));
    assertThat(one.conclusion()).isEqualTo("proved");
    Report.Sources many =
        SourceRanking.rank(some(60), some(60), candidates("user:a"), List.of(hit("a", "b")));
    assertThat(many.conclusion()).isEqualTo("no_one_stands_out");
  }

  @Test
  void rank_unsortedOrUnknownSource_isRefused() {
    List<int[]> none = List.of();
    for (int[] bad : new int[][] {{1, 0}, {0, 0}, {2}, {-1}}) {
      List<int[]> one = List.of(bad);
      assertThatThrownBy(
              () -> SourceRanking.rank(one, none, candidates("user:a", "user:b"), List.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Candidate("ghost", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rank_hundredThousandSourcesAndSubjects_findsTheOne() {
    Random random = new Random(9);
    int count = 100_000;
    List<Candidate> sources = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sources.add(new Candidate(i % 3 == 0 ? "export" : "user", "s" + i));
    }
    List<int[]> examined = new ArrayList<>();
    List<int[]> control = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] any = random.ints(10, 0, count).map(x -> x == 4 ? 5 : x).sorted().distinct().toArray();
      int[] more =
          IntStream.concat(Arrays.stream(any), IntStream.of(4)).sorted().distinct().toArray();
      examined.add(i < 30_000 ? more : any);
      control.add(random.ints(10, 0, count).sorted().distinct().toArray());
    }
    Report.Sources found = SourceRanking.rank(examined, control, sources, List.of());
    assertThat(named(found)).containsExactly("s4");
    assertThat(found.ranked()).hasSize(50);
    assertThat(found.tested()).isEqualTo(count);
  }

  private static Report.CanaryHit hit(String... shownTo) {
    return new Report.CanaryHit("s", null, List.of(shownTo));
  }

  private static List<String> named(Report.Sources sources) {
    return sources.ranked().stream().filter(Report.Source::named).map(Report.Source::name).toList();
  }

  private static List<Candidate> candidates(String... kindsAndNames) {
    List<Candidate> out = new ArrayList<>();
    for (String one : kindsAndNames) {
      out.add(
          new Candidate(one.substring(0, one.indexOf(':')), one.substring(one.indexOf(':') + 1)));
    }
    return out;
  }

  private static List<int[]> some(int count, int... shownTo) {
    List<int[]> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(shownTo.length == 0 ? NOBODY : shownTo);
    }
    return out;
  }

  private static List<int[]> join(List<int[]> one, List<int[]> other) {
    List<int[]> out = new ArrayList<>(one);
    out.addAll(other);
    return out;
  }
}
