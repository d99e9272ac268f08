package org.strongroom.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.strongroom.schema.Refusals.refusal;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneTypeTest {
  private final PhoneType chinese = new PhoneType("CN");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "13812345678",
        "138-1234 5678",
        "138 1234 5678",
        "+8613812345678",
        "+86 138-1234-5678",
        "0086 13812345678",
        "(+86) 138 1234 5678",
        "１３８１２３４５６７８",
        "\u202d13812345678\u202c",
        "138–1234—5678",
        "\t13812345678\u3000",
        "013812345678",
      })
  void normalise_spellingsOfOneMobile_meetInE164(String raw) throws InvalidValue {
    assertThat(chinese.normalise(raw)).isEqualTo("+8613812345678");
  }

  @ParameterizedTest
  @CsvSource({
    "010-62345678,+861062345678",
    "(021) 6234 5678,+862162345678",
    "+1 650-253-0000,+16502530000",
    "+44 20 7031 3000,+442070313000",
    "+39 06 698 12345,+390669812345",
    "00852 2123 4567,+85221234567",
  })
  void normalise_landlinesAndForeigners_becomeE164(String raw, String e164) throws InvalidValue {
    assertThat(chinese.normalise(raw)).isEqualTo(e164);
  }

  @Test
  void normalise_withoutCountryCode_takesTheFieldsRegion() throws InvalidValue {
    assertThat(new PhoneType("GB").normalise("020 7031 3000")).isEqualTo("+442070313000");
    assertThat(new PhoneType("GB").normalise("+8613812345678")).isEqualTo("+8613812345678");
    assertThat(refusal(new PhoneType("GB"), "13812345678")).isEqualTo("not_valid");
  }

  @ParameterizedTest
  @CsvSource({
    "12345,not_valid",
    "1381234567,not_valid",
    "138123456789,not_valid",
    "15412345678,not_valid",
    "+999 13812345678,not_a_phone",
    "abc,not_a_phone",
    "13812345678abc,not_a_phone",
    "13812345678;13912345678,not_a_phone",
    "010-62345678 ext 12,not_a_phone",
    "010-62345678#12,not_a_phone",
    "1-800-FLOWERS,not_a_phone",
    "-,not_a_phone",
  })
  void normalise_bad_isRefusedWithItsReason(String raw, String code) {
    assertThat(refusal(chinese, raw)).isEqualTo(code);
  }

  @Test
  void normalise_everyMobilePrefix_isWhatTheLibrarySays() {
    Random random = new Random(86);
    int valid = 0;
    for (int prefix = 10_000; prefix < 20_000; prefix++) {
      String raw = prefix + String.format("%06d", random.nextInt(1_000_000));
      valid += requireSameAsLibrary(raw) ? 1 : 0;
    }
    assertThat(valid).isGreaterThan(5_000);
  }

  @Test
  void normalise_randomDigitsAndSeparators_isWhatTheLibrarySays() {
    Random random = new Random(164);
    int valid = 0;
    for (int i = 0; i < 40_000; i++) {
      StringBuilder raw = new StringBuilder(random.nextInt(3) == 0 ? "+86" : "");
      int digits = random.nextInt(8) == 0 ? 8 + random.nextInt(6) : 11;
      for (int k = 0; k < digits; k++) {
        while (random.nextInt(6) == 0) {
          raw.append(random.nextBoolean() ? ' ' : '-');
        }
        raw.append(
            k == 0 ? '1' : (char) ('0' + (k == 1 ? 3 + random.nextInt(7) : random.nextInt(10))));
      }
      valid += requireSameAsLibrary(raw.toString()) ? 1 : 0;
    }
    assertThat(valid).isGreaterThan(20_000);
  }

  private boolean requireSameAsLibrary(String raw) {
    String library;
    try {
      library = chinese.byLibrary(raw);
    } catch (InvalidValue e) {
      library = "refused";
    }
    String ours;
    try {
      ours = chinese.normalise(raw);
    } catch (InvalidValue e) {
      ours = "refused";
    }
    assertThat(ours).as(raw).isEqualTo(library);
    return !ours.equals("refused");
  }

  @Test
  void mask_keepsTheLastFour_neverTheCountryOrTheLength() {
    assertThat(chinese.mask("+8613812345678")).isEqualTo("***5678");
    assertThat(chinese.mask("+6834000")).isEqualTo("***000");
    assertThat(chinese.mask("")).isEqualTo("***");
  }
}
