package org.strongroom.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.leak.report.Report;
import org.strongroom.leak.report.ReportJson;

/**
 * Checks of samples of which it is known what is in them, against a vault whose past is known: 200
 * readers, of whom one was shown a twentieth of the people and gave the sample away.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MixtureTest {
  private static final int PEOPLE = 8_000;
  private static final int READERS = 200;
  private static final int GUILTY = 123;
  private static final int LEAKED_ON = 40;

  @TempDir private Path folder;

  private final List<Integer> shownToGuilty = new ArrayList<>();
  private Town town;

  @BeforeAll
  void liveInTown(@TempDir Path directory) {
    town = new Town(directory, PEOPLE, 20260309);
    Random random = new Random(5);
    town.live(10, 80);
    for (int reader = 0; reader < READERS; reader++) {
      // Most read little, a few a lot.
      int views = reader == GUILTY ? 0 : (int) (10 * Math.exp(random.nextGaussian()));
      for (int k = 0; k < views; k++) {
        town.show(Town.reader(reader), random.nextInt(PEOPLE));
      }
    }
    List<Integer> everybody = shuffled(random);
    shownToGuilty.addAll(everybody.subList(0, PEOPLE / 20));
    shownToGuilty.forEach(i -> town.show(Town.reader(GUILTY), i));
    town.live(50, 80);
  }

  @AfterAll
  void leaveTown() {
    town.close();
  }

  @Test
  void check_mixtureAsJson_findsShareWindowAndSource() throws IOException {
    // 360 of 600 genuine ones came through the guilty reader.
    Mixture sample =
        new Mixture(town, 1)
            .residents(shownToGuilty.subList(0, 360), LEAKED_ON)
            .residents(others(7, 240), LEAKED_ON)
            .strangers(150)
            .patched(others(8, 60), LEAKED_ON)
            .broken(40)
            .again(50);

    Report.Findings found = check(sample.json(folder));

    assertThat(found.records()).isEqualTo(sample.size());
    assertThat(found.duplicates()).isEqualTo(50);
    assertThat(found.invalid()).isEqualTo(40);
    assertThat(found.genuine().share()).isCloseTo(sample.share(), within(0.02));
    assertThat(found.genuine().low()).isLessThan(sample.share());
    assertThat(found.genuine().high()).isGreaterThan(sample.share());
    assertTakenOn(found, LEAKED_ON);
    assertGuiltyAlone(found);
    assertThat(found.verdict().code()).isEqualTo("mixture");
  }

  @Test
  void check_retypedCsvInGb18030_findsShareWindowAndSource() throws IOException {
    Mixture sample =
        new Mixture(town, 2)
            .residents(shownToGuilty.subList(0, 360), LEAKED_ON)
            .residents(others(9, 240), LEAKED_ON)
            .strangers(80)
            .broken(20);

    Report.Findings found = check(sample.retyped(folder));

    assertThat(found.genuine().share()).isCloseTo(sample.share(), within(0.02));
    assertTakenOn(found, LEAKED_ON);
    assertGuiltyAlone(found);
    assertThat(found.mapping())
        .filteredOn(column -> column.field() != null)
        .extracting(Report.Column::field)
        .contains("resident_id", "phone", "name", "address", "date_of_birth");
  }

  @Test
  void check_staleByMonths_isGenuineOfThatDay() throws IOException {
    Report.Findings found = check(new Mixture(town, 3).residents(others(10, 700), 5).json(folder));

    assertThat(found.genuine().share()).isEqualTo(1);
    assertTakenOn(found, 5);
    assertThat(found.verdict().code()).isEqualTo("copy");
  }

  @Test
  void check_randomSample_accusesNobody() throws IOException {
    for (int seed = 20; seed < 23; seed++) {
      Report.Findings found =
          check(
              new Mixture(town, seed)
                  .residents(shuffled(new Random(seed)).subList(0, 500), LEAKED_ON)
                  .json(folder));

      assertThat(found.sources().conclusion()).isEqualTo("no_one_stands_out");
      assertThat(found.sources().ranked()).noneMatch(Report.Source::named);
    }
  }

  @Test
  void check_strangersAlone_hasNothingToDoWithTheVault() throws IOException {
    Report.Findings found = check(new Mixture(town, 4).strangers(500).json(folder));

    assertThat(found.matched()).isZero();
    assertThat(found.window()).isNull();
    assertThat(found.foreign().neverHeld()).isEqualTo(500);
    assertThat(found.verdict().code()).isEqualTo("foreign");
  }

  @Test
  void check_onePersonAmongStrangers_tellsNothingOfTheGuess() throws IOException {
    // The right values, and the same with a name and an address that were never theirs.
    Report.Findings right =
        check(
            new Mixture(town, 30).residents(List.of(17), town.today()).strangers(400).json(folder));
    Report.Findings wrong =
        check(new Mixture(town, 30).patched(List.of(17), town.today()).strangers(400).json(folder));
    Report.Findings nobody = check(new Mixture(town, 30).strangers(401).json(folder));

    for (Report.Findings found : List.of(right, wrong, nobody)) {
      assertThat(found.records()).isEqualTo(401);
      assertThat(found.matched()).isZero();
      assertThat(found.subjects()).isZero();
      assertThat(found.foreign().neverHeld()).isEqualTo(401);
      assertThat(found.genuine()).isEqualTo(nobody.genuine());
      assertThat(found.agreement()).isEmpty();
      assertThat(found.affected()).isEqualTo(nobody.affected());
      assertThat(found.window()).isNull();
      assertThat(found.sources()).isEqualTo(nobody.sources());
      assertThat(found.verdict()).isEqualTo(nobody.verdict());
    }
  }

  @Test
  void check_sameSampleAndLog_givesTheSameBytes() throws IOException {
    SampleSource sample =
        new Mixture(town, 6).residents(others(11, 300), 30).strangers(50).json(folder);

    assertThat(ReportJson.findings(check(sample))).isEqualTo(ReportJson.findings(check(sample)));
  }

  private Report.Findings check(SampleSource sample) throws IOException {
    LeakRequest request = new LeakRequest("residents", "leak-check", Optional.empty(), Map.of());
    try (Outcome outcome = town.vault.checking().run(sample, request, LeakProgress.NONE)) {
      return outcome.findings();
    }
  }

  /** The window is of that day: it holds the night, and neither begins nor ends a day away. */
  private void assertTakenOn(Report.Findings found, int day) {
    Report.Window window = Objects.requireNonNull(found.window());
    Instant night = town.nightAfter(day);
    assertThat(window.from())
        .isBeforeOrEqualTo(night)
        .isAfterOrEqualTo(night.minus(Duration.ofDays(1)));
    assertThat(window.to())
        .isAfterOrEqualTo(night)
        .isBeforeOrEqualTo(night.plus(Duration.ofDays(1)));
  }

  private static void assertGuiltyAlone(Report.Findings found) {
    assertThat(found.sources().conclusion()).isEqualTo("likely");
    assertThat(found.sources().ranked().get(0).name()).isEqualTo("reader." + GUILTY);
    assertThat(found.sources().ranked())
        .filteredOn(Report.Source::named)
        .extracting(Report.Source::name)
        .containsExactly("reader." + GUILTY);
  }

  /** Residents drawn from all whom the guilty one was not shown. */
  private List<Integer> others(long seed, int count) {
    List<Integer> out = shuffled(new Random(seed));
    out.removeAll(shownToGuilty);
    return out.subList(0, count);
  }

  private static List<Integer> shuffled(Random random) {
    List<Integer> out = new ArrayList<>(IntStream.range(0, PEOPLE).boxed().toList());
    Collections.shuffle(out, random);
    return out;
  }
}
