package org.strongroom.leak.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.strongroom.leak.report.Report;

class VerdictsTest {
  private static final Instant FROM = Instant.parse("2026-03-02T07:00:00Z");
  private static final Instant TO = Instant.parse("2026-03-09T21:00:00Z");
  private static final Report.Sources SOURCES =
      new Report.Sources(0, 0, 0, "too_few", "Too few to tell.", List.of(), List.of());

  @Test
  void of_cleanSample_isACopyOfItsWindow() {
    Report.Verdict verdict = verdict(1_000, 0, 990, 980, 0, 970);
    assertThat(verdict.code()).isEqualTo("copy");
    assertThat(verdict.text()).isEqualTo("A copy of this vault taken between 2 and 9 March 2026.");
    assertThat(verdict.evidence())
        .contains(
            "Of 1000 records, 1000 have a valid identifier, and 990 of those are of people in this"
                + " vault.",
            "99 % of the genuine records were true at once from 2 to 9 March 2026.",
            "At the next best time, on 1 January 2026, 50.9 % of them were.",
            "Too few to tell.");
  }

  /** Broken records are no one's: they do not make a copy less of a copy. */
  @Test
  void of_copyWithBrokenRecords_isStillACopy() {
    assertThat(verdict(1_000, 300, 690, 650, 0, 640).code()).isEqualTo("copy");
  }

  /** Nor do those that say nothing beside the identifier, while they are the fewer. */
  @Test
  void of_copyWithUndecidedRecords_isStillACopy() {
    assertThat(verdict(1_000, 0, 990, 590, 400, 580).code()).isEqualTo("copy");
  }

  @Test
  void of_partlyForeignSample_isAMixtureWithItsParts() {
    Report.Verdict verdict = verdict(1_000, 0, 620, 600, 0, 590);
    assertThat(verdict.code()).isEqualTo("mixture");
    assertThat(verdict.text())
        .isEqualTo(
            "A mixture: 59 % fit a copy taken between 2 and 9 March 2026, 1 % were true at other"
                + " times and 40 % are not from here.");
  }

  @Test
  void of_twoCopies_isAMixtureOfBoth() {
    Report.Copy one = new Report.Copy(FROM, TO, 700);
    Report.Copy other = new Report.Copy(Instant.parse("2025-12-30T00:00:00Z"), FROM, 250);
    Report.Verdict verdict =
        Verdicts.of(
            new Verdicts.Counts(1_000, 0, 1_000, 1_000),
            Share.of(1_000, 1_000, 0),
            new Report.Window(FROM, TO, 700, 0.7, null, List.of()),
            List.of(one, other),
            SOURCES,
            List.of());
    assertThat(verdict.code()).isEqualTo("mixture");
    assertThat(verdict.text())
        .isEqualTo(
            "A mixture: 70 % fit a copy taken between 2 and 9 March 2026, 25 % more fit one taken"
                + " between 30 December 2025 and 2 March 2026 and 5 % were true at other times.");
  }

  @Test
  void of_sampleOfStrangers_isForeign() {
    assertThat(verdict(10_000, 0, 0, 0, 0, 0).text())
        .isEqualTo("Nothing to do with this vault: none of its identifiers is of anybody in here.");
    Report.Verdict few = verdict(10_000, 0, 90, 0, 0, 0);
    assertThat(few.code()).isEqualTo("foreign");
    assertThat(few.text()).contains("only 0.9 %");
    assertThat(verdict(10_000, 0, 300, 200, 0, 190).code()).isEqualTo("mixture");
  }

  /** People in here, but of another register: their identifiers match and nothing else does. */
  @Test
  void of_matchedButNotGenuine_isForeign() {
    Report.Verdict verdict = verdict(1_000, 0, 900, 5, 10, 5);
    assertThat(verdict.code()).isEqualTo("foreign");
    assertThat(verdict.text()).contains("never held");
  }

  @Test
  void of_canaryAmongStrangers_isNotForeign() {
    Report.Verdict verdict =
        Verdicts.of(
            new Verdicts.Counts(1_000, 0, 1, 1),
            Share.of(0, 1_000, 0),
            null,
            List.of(),
            SOURCES,
            List.of(new Report.CanaryHit("s", null, List.of())));
    assertThat(verdict.code()).isEqualTo("mixture");
    assertThat(verdict.evidence())
        .contains("It holds a made-up resident who is nowhere but in this vault.");
  }

  @Test
  void of_tooLittle_isUndecidedWithTheReason() {
    assertThat(verdict(0, 0, 0, 0, 0, 0).text()).contains("no record");
    assertThat(verdict(500, 500, 0, 0, 0, 0).text()).contains("nothing can be looked up");
    Report.Verdict small = verdict(19, 0, 19, 19, 0, 19);
    assertThat(small.code()).isEqualTo("undecided");
    assertThat(small.text()).contains("19 records").contains("20 are needed");
    assertThat(verdict(20, 0, 20, 20, 0, 20).code()).isEqualTo("copy");
    Report.Verdict identifiers = verdict(1_000, 0, 950, 40, 900, 40);
    assertThat(identifiers.code()).isEqualTo("undecided");
    assertThat(identifiers.text()).contains("95 % of the identifiers");
  }

  @Test
  void of_countsThatCannotBe_areRefused() {
    assertThatThrownBy(() -> new Verdicts.Counts(10, 5, 6, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Verdicts.Counts(10, 0, 5, 6))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> verdict(100, 0, 10, 11, 0, 11))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "2026-03-02T07:00:00Z|2026-03-02T09:00:00Z|on 2 March 2026",
        "2026-03-02T07:00:00Z|2026-03-03T00:00:00Z|on 2 March 2026",
        "2026-03-02T07:00:00Z|2026-03-03T00:00:00.001Z|between 2 and 3 March 2026",
        "2026-02-27T07:00:00Z|2026-03-03T10:00:00Z|between 27 February and 3 March 2026",
        "2025-12-27T07:00:00Z|2026-03-03T10:00:00Z|between 27 December 2025 and 3 March 2026",
      },
      delimiter = '|')
  void between_twoMoments_isSaidInDays(Instant from, Instant to, String words) {
    assertThat(Days.between(from, to)).isEqualTo(words);
  }

  @Test
  void between_noEnd_isOnOrAfter() {
    assertThat(Days.between(FROM, null)).isEqualTo("on or after 2 March 2026");
    assertThat(Days.during(FROM, null)).isEqualTo("since 2 March 2026");
    assertThat(Days.during(FROM, TO)).isEqualTo("from 2 to 9 March 2026");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 %",
    "1,100 %",
    "0.5,50 %",
    "0.1234,12.3 %",
    "0.0001,less than 0.1 %",
    "0.99999,more than 99.9 %"
  })
  void percent_anyShare_isNeverRoundedToAllOrNothing(double share, String words) {
    assertThat(Verdicts.percent(share)).isEqualTo(words);
  }

  /** All matched by strong identifiers; {@code inWindow} of the genuine in one window. */
  private static Report.Verdict verdict(
      long distinct, long invalid, long matched, long genuine, long undecided, long inWindow) {
    Report.Copy next =
        new Report.Copy(Instant.parse("2026-01-01T00:00:00Z"), null, genuine * 51 / 100);
    Report.Copy shown = new Report.Copy(next.from(), next.from().plusSeconds(60), next.records());
    return Verdicts.of(
        new Verdicts.Counts(distinct, invalid, matched, matched),
        Share.of(genuine, distinct, undecided),
        genuine == 0
            ? null
            : new Report.Window(FROM, TO, inWindow, (double) inWindow / genuine, shown, List.of()),
        genuine == 0 ? List.of() : List.of(new Report.Copy(FROM, TO, inWindow)),
        SOURCES,
        List.of());
  }
}
