package org.strongroom.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.strongroom.schema.Refusals.refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTypeTest {
  private final FieldType type = new TimestampType();

  @ParameterizedTest
  @CsvSource({
    "2026-03-02T02:00:00Z,2026-03-02T02:00:00Z",
    "2026-03-02T10:00:00+08:00,2026-03-02T02:00:00Z",
    "2026-03-02 10:00:00 +08:00,2026-03-02T02:00:00Z",
    "2026-03-02T10:00:00+0800,2026-03-02T02:00:00Z",
    "2026-03-02T10:00:00+08,2026-03-02T02:00:00Z",
    "2026-03-02T10:00+08:00,2026-03-02T02:00:00Z",
    "2026-03-02t02:00:00z,2026-03-02T02:00:00Z",
    "2026-03-02T02:00:00.5Z,2026-03-02T02:00:00.500Z",
    "2026-03-02T02:00:00.500000Z,2026-03-02T02:00:00.500Z",
    "2026-01-01T00:30:00+01:00,2025-12-31T23:30:00Z",
    "2024-02-29T23:59:59.123456789-00:00,2024-02-29T23:59:59.123456789Z",
  })
  void normalise_oneMoment_hasOneForm(String raw, String canonical) throws InvalidValue {
    assertThat(type.normalise(raw)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-02T10:00:00", "2026-03-02 10:00", "2026-03-02 10:00:00.123"})
  void normalise_withoutZone_isRefused(String raw) {
    assertThat(refusal(type, raw)).isEqualTo("no_zone");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-30T10:00:00Z", "2026-03-02T24:00:01Z", "2026-03-02T10:60:00Z", "2026-03-05",
        "1772416800", "now", "+12026-03-02T10:00:00Z", "-0001-03-02T10:00:00Z",
        "0001-01-01T00:00:00+08:00", "2026-03-02T10:00:00+19:00"
      })
  void normalise_noMoment_isRefused(String raw) {
    assertThat(refusal(type, raw)).isEqualTo("not_a_timestamp");
  }

  @Test
  void mask_keepsTheDay() {
    assertThat(type.mask("2026-03-02T02:00:00Z")).isEqualTo("2026-03-02T***");
    assertThat(type.mask("soon")).isEqualTo("***");
  }
}
