package org.strongroom.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.strongroom.schema.Refusals.refusal;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DateTypeTest {
  private final FieldType type = new DateType();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1990-03-07",
        "19900307",
        "1990/3/7",
        "1990/03/07",
        "1990.3.7",
        "1990-3-7",
        "1990年3月7日",
        "1990年03月07日",
        "１９９０－０３－０７",
        " 1990-03-07 ",
        "1990-03-07 00:00:00",
        "1990-03-07T00:00:00.000Z"
      })
  void normalise_spellingsOfOneDay_meetInIsoForm(String raw) throws InvalidValue {
    assertThat(type.normalise(raw)).isEqualTo("1990-03-07");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1990-02-30", "19900230", "1990/2/30", "1900-02-29", "2023-02-29", "1990-00-10",
        "1990-13-01", "1990-01-00", "1990-01-32", "1990-04-31", "0000-01-01", "1990年2月30日"
      })
  void normalise_dayThatTheCalendarLacks_isRefused(String raw) {
    assertThat(refusal(type, raw)).isEqualTo("no_such_day");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday", "90-03-07", "1990-03", "1990/03-07", "07.03.1990", "1990-03-07T16:00:00Z",
        "1990-03-07 08:30", "199003071", "12345", "1990-03-07x", "+1990-03-07", "199o-03-07"
      })
  void normalise_noDate_isRefused(String raw) {
    assertThat(refusal(type, raw)).isEqualTo("not_a_date");
  }

  @Test
  void normalise_nulOrHalfASurrogate_isRefused() {
    assertThat(refusal(type, "1990-03-0\u0000")).isEqualTo("control_character");
    assertThat(refusal(type, "1990-03-0\udc00")).isEqualTo("ill_formed");
  }

  @Test
  void isReal_everyDayOfFourCenturies_agreesWithTheJdk() {
    for (int year = 1799; year <= 2201; year++) {
      for (int month = 0; month <= 13; month++) {
        for (int day = 0; day <= 32; day++) {
          assertThat(CalendarDay.isReal(year, month, day)).isEqualTo(jdkKnows(year, month, day));
        }
      }
    }
  }

  private static boolean jdkKnows(int year, int month, int day) {
    try {
      return LocalDate.of(year, month, day).getYear() == year;
    } catch (DateTimeException e) {
      return false;
    }
  }

  @Test
  void mask_keepsTheYear() {
    assertThat(type.mask("1990-03-07")).isEqualTo("1990-**-**");
    assertThat(type.mask("1990/03/07")).isEqualTo("***");
  }
}
