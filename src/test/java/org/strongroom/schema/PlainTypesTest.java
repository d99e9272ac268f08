package org.strongroom.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.strongroom.schema.Refusals.refusal;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text, enum, integer and boolean. */
class PlainTypesTest {
  private final FieldType text = new TextType(20, false);
  private final FieldType identifier = new TextType(20, true);
  private final FieldType integer = new IntegerType(-5, 1000);
  private final FieldType sex =
      new EnumType(Map.of("male", List.of("男", "M", "1"), "female", List.of("女", "F", "2")));

  @Test
  void text_linesAndTabs_areKeptAndLineEndsUnited() throws InvalidValue {
    assertThat(text.normalise("\r\n one\r\ntwo\rthree\tx  \n")).isEqualTo("one\ntwo\nthree\tx");
    assertThat(text.normalise("a  b　c：（Ａ）")).isEqualTo("a  b　c：（Ａ）");
    assertThat(text.normalise("e\u0301")).isEqualTo("é");
  }

  @Test
  void text_bad_isRefused() {
    assertThat(refusal(text, "a\u0000b")).isEqualTo("control_character");
    assertThat(refusal(text, "a\u001b[0m")).isEqualTo("control_character");
    assertThat(refusal(text, "a\u0085b\u009f")).isEqualTo("control_character");
    assertThat(refusal(text, "a\ud800b")).isEqualTo("ill_formed");
    assertThat(refusal(text, "𠮷".repeat(20))).isEqualTo("valid");
    assertThat(refusal(text, "𠮷".repeat(21))).isEqualTo("too_long");
    assertThat(refusal(text, " ".repeat(1000))).isEqualTo("too_long");
  }

  @Test
  void identifier_whiteSpaceAndWidth_doNotCount() throws InvalidValue {
    assertThat(identifier.normalise(" Ａ1101 2026 \u200b0001 ")).isEqualTo("A110120260001");
    assertThat(identifier.normalise("A1101-2026")).isEqualTo("A1101-2026");
    assertThat(refusal(identifier, "\u200b")).isEqualTo("empty");
    assertThat(identifier.entropy()).isEqualTo(FieldType.Entropy.IDENTIFYING);
    assertThat(text.entropy()).isEqualTo(FieldType.Entropy.LOW);
  }

  @ParameterizedTest
  @CsvSource({"male,male", "MALE,male", "男,male", "' 男 ',male", "m,male", "１,male", "女,female"})
  void enumeration_valueOrAlias_becomesTheValue(String raw, String canonical) throws InvalidValue {
    assertThat(sex.normalise(raw)).isEqualTo(canonical);
  }

  @Test
  void enumeration_other_isRefused() {
    assertThat(refusal(sex, "3")).isEqualTo("not_listed");
    assertThat(refusal(sex, "male\u0000")).isEqualTo("control_character");
    assertThat(refusal(sex, "\ud800")).isEqualTo("ill_formed");
  }

  @ParameterizedTest
  @CsvSource({"0,0", "-0,0", "+7,7", "007,7", "１２,12", "-5,-5", "1000,1000", "' 3 ',3"})
  void integer_withinBounds_hasOneForm(String raw, String canonical) throws InvalidValue {
    assertThat(integer.normalise(raw)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "-6,out_of_bounds",
    "1001,out_of_bounds",
    "99999999999999999999,out_of_bounds",
    "1.0,not_an_integer",
    "1e3,not_an_integer",
    "-,not_an_integer",
    "0x10,not_an_integer",
    "1 0,not_an_integer",
    "--1,not_an_integer",
    "٣,not_an_integer"
  })
  void integer_bad_isRefused(String raw, String code) {
    assertThat(refusal(integer, raw)).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "TRUE", "t", "yes", "Y", "1", "是", " １ "})
  void bool_yes_isTrue(String raw) throws InvalidValue {
    assertThat(new BooleanType().normalise(raw)).isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "F", "no", "n", "0", "否"})
  void bool_no_isFalse(String raw) throws InvalidValue {
    assertThat(new BooleanType().normalise(raw)).isEqualTo("false");
  }

  @Test
  void bool_other_isRefused() {
    assertThat(refusal(new BooleanType(), "maybe")).isEqualTo("not_a_boolean");
  }

  @Test
  void masks_ofThese_showNothing() {
    for (FieldType type : List.of(text, identifier, integer, sex, new BooleanType())) {
      assertThat(type.mask("1")).isEqualTo("***");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "none,abcdefghij,abcdefghij",
    "full,abcdefghij,***",
    "first,abcdefghij,a***",
    "first,𠮷田,𠮷***",
    "first,a,***",
    "last-four,abcdefghij,***ghij",
    "last-four,abcdef,***def",
    "last-four,a,***",
    "last-four,𠮷𠮷,***𠮷",
  })
  void maskOverride_replacesTheTypesMask(String name, String canonical, String masked) {
    String constant = name.replace('-', '_').toUpperCase(java.util.Locale.ROOT);
    FieldType type = Mask.valueOf(constant).over(identifier);
    assertThat(type.mask(canonical)).isEqualTo(masked);
    assertThat(type.name()).isEqualTo("text");
    assertThat(type.entropy()).isEqualTo(FieldType.Entropy.IDENTIFYING);
  }
}
