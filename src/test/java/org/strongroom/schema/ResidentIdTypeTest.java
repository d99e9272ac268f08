package org.strongroom.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.strongroom.schema.Refusals.refusal;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResidentIdTypeTest {
  /** The two specimens that the text of GB 11643-1999 works through. */
  private static final String WOMAN = "11010519491231002X";

  private static final String MAN = "34052419800101001X";

  private final Clock clock = Clock.fixed(Instant.parse("2026-03-02T11:00:00Z"), ZoneOffset.UTC);
  private final FieldType type = new ResidentIdType(clock);

  @ParameterizedTest
  @ValueSource(strings = {WOMAN, MAN})
  void normalise_specimenOfTheStandard_isKeptAsItIs(String id) throws InvalidValue {
    assertThat(type.normalise(id)).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "11010519491231002x",
        " 11010519491231002X\t",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "11010519491231002ｘ",
        "11010519491231002Ⅹ",
        "\u200b11010519491231002X\ufeff",
        "110105491231002"
      })
  void normalise_otherSpellings_meetInOneForm(String raw) throws InvalidValue {
    assertThat(type.normalise(raw)).isEqualTo(WOMAN);
  }

  @ParameterizedTest
  @CsvSource({
    "11010519491231002,length",
    "11010519491231002X0,length",
    "1101051949123100AX,not_digits",
    "X10105194912310021,not_digits",
    "11010549123100X,not_digits",
    "110105194912310021,check_digit",
    "11010519491231003X,check_digit",
    "00010519491231002X,province",
    "16010519491231002X,province",
    "99010519491231002X,province",
    "11010519491331002X,birth_date",
    "110105194902300021,birth_date",
    "110105190002290021,birth_date",
    "110105000001010021,birth_date",
    "110105184912310021,birth_date",
    "11010599991231002X,birth_date_in_future",
    "110105990230002,birth_date",
  })
  void normalise_bad_isRefusedWithItsReason(String raw, String code) {
    assertThat(refusal(type, raw)).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"11010519491231\u0000002X", "11010519491231002\ud800", "一二三四五六七八九十一二三四五六七八"})
  void normalise_noDigits_isRefused(String raw) {
    assertThat(refusal(type, raw)).isIn("control_character", "ill_formed", "not_digits");
  }

  @Test
  void normalise_birthDateThatHasBegunSomewhereOnEarth_isValid() {
    // At 11:00 UTC on the 2nd it is the 3rd in the Line Islands (UTC+14), and the 4th nowhere.
    assertThat(refusal(type, withCheck("11010520260303002"))).isEqualTo("valid");
    assertThat(refusal(type, withCheck("11010520260304002"))).isEqualTo("birth_date_in_future");
  }

  @Test
  void checkCharacter_randomNumbers_agreesWithTheSlowModel() {
    Random random = new Random(11643);
    for (int i = 0; i < 100_000; i++) {
      StringBuilder digits = new StringBuilder();
      while (digits.length() < 17) {
        digits.append((char) ('0' + random.nextInt(10)));
      }
      assertThat(ResidentId.checkCharacter(digits)).isEqualTo(slowCheckCharacter(digits));
    }
  }

  /** ISO 7064 as it defines itself: the one character that makes the weighted sum 1 modulo 11. */
  private static char slowCheckCharacter(CharSequence digits) {
    for (int check = 0; check <= 10; check++) {
      int sum = check;
      for (int i = 0; i < 17; i++) {
        int weight = 1;
        for (int power = 0; power < 17 - i; power++) {
          weight = weight * 2 % 11;
        }
        sum += (digits.charAt(i) - '0') * weight;
      }
      if (sum % 11 == 1) {
        return check == 10 ? 'X' : (char) ('0' + check);
      }
    }
    throw new AssertionError("some character always fits");
  }

  @Test
  void normalise_anyOneDigitChanged_isRefused() {
    // MOD 11-2 finds every single substitution; no change here leaves the number valid.
    for (int at = 0; at < 17; at++) {
      for (char digit = '0'; digit <= '9'; digit++) {
        String changed = WOMAN.substring(0, at) + digit + WOMAN.substring(at + 1);
        assertThat(refusal(type, changed).equals("valid")).isEqualTo(changed.equals(WOMAN));
      }
    }
  }

  @Test
  void normalise_everyKnownCounty_isValidWithoutDoubt() throws InvalidValue {
    assertThat(Areas.counties()).hasSizeGreaterThan(2800);
    for (Areas.Area area : Areas.counties()) {
      String id = withCheck(area.code() + "19900307123");
      assertThat(type.normalise(id)).isEqualTo(id);
      assertThat(type.doubt(id)).isEmpty();
    }
  }

  @Test
  void doubt_countyAbolishedOrNeverThere_isOnlyAWarning() throws InvalidValue {
    // 110103, Chongwen, became part of Dongcheng in 2010.
    String id = type.normalise(withCheck("11010319491231002"));
    assertThat(type.doubt(id))
        .hasValueSatisfying(d -> assertThat(d.code()).isEqualTo("unknown_county"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"710000", "810000", "820000", "830000"})
  void doubt_residencePermit_isNone(String code) {
    String id = withCheck(code + "19900307123");
    assertThat(refusal(type, id)).isEqualTo("valid");
    assertThat(type.doubt(id)).isEmpty();
  }

  @Test
  void facts_ofASpecimen_areRead() {
    assertThat(ResidentId.birthDate(WOMAN)).isEqualTo(LocalDate.of(1949, 12, 31));
    assertThat(ResidentId.isMale(WOMAN)).isFalse();
    assertThat(ResidentId.isMale(MAN)).isTrue();
  }

  @Test
  void mask_showsRegionAndLastTwoOnly() {
    assertThat(type.mask(WOMAN)).isEqualTo("110105**********2X").hasSameSizeAs(WOMAN);
    assertThat(type.mask("something else")).isEqualTo("***");
  }

  private static String withCheck(String digits) {
    return digits + ResidentId.checkCharacter(digits);
  }
}
