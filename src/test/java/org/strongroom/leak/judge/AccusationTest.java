package org.strongroom.leak.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.strongroom.leak.report.Report;

/** How often the wrong are accused and the right one is not, by simulation with fixed seeds. */
class AccusationTest {
  private static final int CONTROL = 5_000;

  /**
   * Seen: no accusation in 3,000 checks. By Holm's bound alone there may be 1 in 100; that there is
   * to be a large effect as well makes them rarer still.
   */
  @ParameterizedTest
  @CsvSource({"60", "300", "2000"})
  void rank_randomSample_accusesNobody(int examined) {
    int accused = 0;
    int rare = 0;
    for (int check = 0; check < 1_000; check++) {
      Readers readers = new Readers(new Random(31L * examined + check));
      Report.Sources sources =
          SourceRanking.rank(
              readers.anybody(examined), readers.anybody(CONTROL), readers.candidates(), List.of());
      assertThat(sources.conclusion()).isIn("no_one_stands_out", "likely");
      rare += sources.ranked().get(0).adjusted() < SourceRanking.FALSE_ALARMS ? 1 : 0;
      accused += sources.conclusion().equals("likely") || !sources.pairs().isEmpty() ? 1 : 0;
    }
    assertThat(accused).isLessThan(10);
    assertThat(rare).isLessThan(20);
  }

  /**
   * A guilty reader who had been shown {@code reach} of all, and gave 60 per cent of the sample.
   */
  @ParameterizedTest
  @CsvSource({"100,0.05", "100,0.10", "500,0.05", "5000,0.10"})
  void rank_guiltyReader_isNamedFirstAndAlone(int examined, double reach) {
    for (int check = 0; check < 200; check++) {
      Random random = new Random(77L * examined + check);
      Readers readers = new Readers(random);
      int guilty = random.nextInt(Readers.USERS);
      readers.set(guilty, reach);
      int through = (int) (0.6 * examined);
      Report.Sources sources =
          SourceRanking.rank(
              Stream.concat(
                      readers.shownTo(guilty, through).stream(),
                      readers.anybody(examined - through).stream())
                  .toList(),
              readers.anybody(CONTROL),
              readers.candidates(),
              List.of());
      assertThat(sources.conclusion()).isEqualTo("likely");
      assertThat(sources.ranked().get(0).name()).isEqualTo("user-" + guilty);
      assertThat(sources.ranked().stream().filter(Report.Source::named)).hasSize(1);
      assertThat(sources.pairs()).isEmpty();
      assertThat(sources.text()).contains("user-" + guilty);
    }
  }

  @Test
  void rank_twoGuiltyReaders_areBothNamedAndAPair() {
    for (int check = 0; check < 50; check++) {
      Random random = new Random(check);
      Readers readers = new Readers(random);
      readers.set(3, 0.05);
      readers.set(8, 0.02);
      List<int[]> examined = new ArrayList<>(readers.shownTo(3, 150));
      examined.addAll(readers.shownTo(8, 150));
      examined.addAll(readers.anybody(200));
      Report.Sources sources =
          SourceRanking.rank(examined, readers.anybody(CONTROL), readers.candidates(), List.of());
      assertThat(sources.ranked().stream().filter(Report.Source::named))
          .extracting(Report.Source::name)
          .containsExactlyInAnyOrder("user-3", "user-8");
      assertThat(sources.pairs()).hasSize(1);
      assertThat(sources.pairs().get(0).named()).isTrue();
      assertThat(sources.pairs().get(0).shown()).isGreaterThan(sources.ranked().get(0).shown());
    }
  }
}
