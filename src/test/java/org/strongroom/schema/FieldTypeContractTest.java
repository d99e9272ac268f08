package org.strongroom.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.strongroom.schema.Refusals.refusal;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every type promises. */
class FieldTypeContractTest {
  private static final String ALPHABET =
      "0123456789 Xx+-/.:@TZ年月日aBé\u0301ﬁ男张欧阳·•．　\t\n\r\u0000\u0007\u0085\u200b\u200d\ufeff\u00a0\u00a8"
          + "\uac00\u1100\u1161\ud842\udfb7\ud83d\ude00\ufdfa\u0130\u00df１Ａ\uff5e\u2028\uf900\u0345";

  static Stream<FieldType> types() {
    return Stream.of(
        new ResidentIdType(Clock.systemUTC()),
        new NameType(),
        new AddressType(),
        new PhoneType("CN"),
        new EmailType(),
        new DateType(),
        new TimestampType(),
        new EnumType(Map.of("male", List.of("男", "M"), "é1", List.of("張"))),
        new TextType(60, false),
        new TextType(60, true),
        new IntegerType(Long.MIN_VALUE, Long.MAX_VALUE),
        new BooleanType(),
        new ImageType(1000));
  }

  @ParameterizedTest
  @MethodSource("types")
  void normalise_twice_isTheSameAsOnce(FieldType type) {
    Random random = new Random(15);
    for (int i = 0; i < 20_000; i++) {
      String raw = randomText(random, 1 + random.nextInt(20));
      try {
        String canonical = type.normalise(raw);
        assertThat(type.normalise(canonical)).isEqualTo(canonical);
        assertThat(type.indexForm(type.normalise(canonical))).isEqualTo(type.indexForm(canonical));
        assertThat(canonical).isNotEmpty().doesNotContain("\u0000");
      } catch (InvalidValue e) {
        assertThat(e.code()).matches("[a-z_0-9]+");
        assertThat(e.getStackTrace()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void normalise_nulOrHalfASurrogatePair_isRefused(FieldType type) {
    Random random = new Random(16);
    for (String bad : List.of("\u0000", "\ud842", "\udfb7", "\udfb7\ud842")) {
      for (int i = 0; i < 2_000; i++) {
        String good = withoutSurrogates(randomText(random, random.nextInt(12)));
        int at = random.nextInt(good.length() + 1);
        String raw = good.substring(0, at) + bad + good.substring(at);
        assertThat(refusal(type, raw)).isNotEqualTo("valid");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void near_anyTexts_isSymmetricAndNeverOfEqualOnes(FieldType type) {
    Random random = new Random(18);
    for (int i = 0; i < 20_000; i++) {
      String one = randomText(random, random.nextInt(12));
      String other = random.nextBoolean() ? randomText(random, random.nextInt(12)) : one + "1";
      assertThat(type.near(one, other)).isEqualTo(type.near(other, one));
      assertThat(type.near(one, one)).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void mask_anyText_neverFails(FieldType type) {
    Random random = new Random(17);
    assertThat(type.mask("")).isEqualTo("***");
    for (int i = 0; i < 5_000; i++) {
      String masked = type.mask(randomText(random, random.nextInt(30)));
      assertThat(masked).contains("*");
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void normalise_longGarbage_isRefusedInLittleTime(FieldType type) {
    for (String part : List.of("a", " ", "1", "-", "\u0301", ".", "@", "\ufdfa")) {
      long before = System.nanoTime();
      assertThat(refusal(type, part.repeat(3_000_000))).isNotEqualTo("valid");
      assertThat(System.nanoTime() - before).isLessThan(10_000_000_000L);
    }
  }

  private static String withoutSurrogates(String text) {
    StringBuilder out = new StringBuilder();
    text.chars().filter(c -> !Character.isSurrogate((char) c)).forEach(c -> out.append((char) c));
    return out.toString();
  }

  private static String randomText(Random random, int length) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      out.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return out.toString();
  }
}
