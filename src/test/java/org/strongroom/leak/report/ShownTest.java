package org.strongroom.leak.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 %",
    "1, 100 %",
    "0.5, 50 %",
    "0.3739, 37.4 %",
    "0.0009, < 0.1 %",
    "0.99951, > 99.9 %",
    "0.999, 99.9 %"
  })
  void percent_ofAShare_neverRoundsToAllOrNothing(double share, String shown) {
    assertThat(Shown.percent(share)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "0.31, 0.31",
    "0.0314159, 0.031",
    "0.0001, 0.0001",
    "0.0000999, 0.0001",
    "0.00009949, 9.9 × 10⁻⁵",
    "4.4e-183, 4.4 × 10⁻¹⁸³",
    "1e-10, 1 × 10⁻¹⁰",
    "0, < 10⁻³⁰⁰",
  })
  void probability_ofP_hasTwoDigits(double p, String shown) {
    assertThat(Shown.probability(p)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "999, 999 bytes",
    "1000, 1 kB",
    "56120331, 56.1 MB",
    "999960, 1 MB",
    "5600000000, 5.6 GB",
    "9223372036854775807, 9.2 EB",
  })
  void bytes_ofALength_areInUnitsOfThousands(long bytes, String shown) {
    assertThat(Shown.bytes(bytes)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "9999, '9,999'", "12000, 12 k", "12345, 12.3 k", "1500000, 1.5 M"})
  void shortCount_ofANumber_isShort(long number, String shown) {
    assertThat(Shown.shortCount(number)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-02T00:00:00Z, 2026-03-09T00:00:00Z, 2–9 March 2026",
    "2026-03-02T00:00:00Z, 2026-04-09T00:00:00Z, 2 March – 9 April 2026",
    "2025-03-02T00:00:00Z, 2026-03-09T00:00:00Z, 2 March 2025 – 9 March 2026",
    "2026-03-02T08:00:00Z, 2026-03-02T10:30:00Z, 08:00–10:30 UTC on 2 March 2026",
    "2026-03-02T08:00:00Z, 2026-03-03T10:30:00Z, '2 March, 08:00 – 3 March 2026, 10:30 UTC'",
    "2026-03-02T08:00:00Z, , since 2 March 2026",
  })
  void span_ofTimes_isShort(Instant from, @Nullable Instant to, String shown) {
    assertThat(Shown.span(from, to)).isEqualTo(shown);
  }

  @Test
  void name_ofAnyCharacter_hasNothingWithoutShape() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String shown = Shown.name("a" + Character.toString(c) + "b");
      assertThat(
              shown
                  .codePoints()
                  .noneMatch(
                      each ->
                          Character.isISOControl(each)
                              || Character.getType(each) == Character.FORMAT
                              || Character.getType(each) == Character.SURROGATE))
          .isTrue();
    }
    assertThat(Shown.name("\ud83d\ude00 姓名")).isEqualTo("\ud83d\ude00 姓名");
  }

  @Test
  void words_ofACode_areReadable() {
    assertThat(Shown.words("check_digit")).isEqualTo("Check digit");
    assertThat(Shown.words("")).isEqualTo("⟨empty⟩");
  }
}
