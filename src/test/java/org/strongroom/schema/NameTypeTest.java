package org.strongroom.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.strongroom.schema.Refusals.refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTypeTest {
  private final FieldType type = new NameType();

  @ParameterizedTest
  @CsvSource({
    "张三,张三",
    "'  李　 娜 ',李 娜",
    "𠮷田,𠮷田",
    "Li   Na,Li Na",
    "Ｌｉ Ｎａ,Li Na",
    "O'Brien-Smith Jr.,O'Brien-Smith Jr.",
    "J. R. Smith,J. R. Smith",
    "阿卜杜勒•买买提,阿卜杜勒·买买提",
    "阿卜杜勒・买买提,阿卜杜勒·买买提",
    "阿卜杜勒．买买提,阿卜杜勒·买买提",
    "阿卜杜勒.买买提,阿卜杜勒·买买提",
    "阿卜杜勒 · 买买提,阿卜杜勒·买买提",
    "阿卜杜勒‧买买提,阿卜杜勒·买买提",
  })
  void normalise_spellingsOfOneName_meet(String raw, String canonical) throws InvalidValue {
    assertThat(type.normalise(raw)).isEqualTo(canonical);
    assertThat(type.normalise(canonical)).isEqualTo(canonical);
  }

  @Test
  void normalise_decomposedAndInvisibleCharacters_areComposedAndDropped() throws InvalidValue {
    assertThat(type.normalise("Jose\u0301")).isEqualTo("José");
    assertThat(type.normalise("\ufeff张\u200b三\u202e")).isEqualTo("张三");
    assertThat(type.normalise("Li\tNa\n")).isEqualTo("Li Na");
  }

  @ParameterizedTest
  @CsvSource({"12345,no_letter", "---,no_letter", "·,no_letter"})
  void normalise_withoutALetter_isRefused(String raw, String code) {
    assertThat(refusal(type, raw)).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"张\u0000三", "Li\u0007Na", "Li\u001bNa", "张\u0090三"})
  void normalise_controlCharacter_isRefused(String raw) {
    assertThat(refusal(type, raw)).isEqualTo("control_character");
  }

  @ParameterizedTest
  @ValueSource(strings = {"张\ud842", "\udfb7田", "\udfb7\ud842", "\ud842\ud842\udfb7"})
  void normalise_halfASurrogatePair_isRefused(String raw) {
    assertThat(refusal(type, raw)).isEqualTo("ill_formed");
  }

  @Test
  void normalise_longerThanTheLimit_isRefused() {
    assertThat(refusal(type, "𠮷".repeat(200))).isEqualTo("valid");
    assertThat(refusal(type, "𠮷".repeat(201))).isEqualTo("too_long");
    assertThat(refusal(type, "a".repeat(1_000_000))).isEqualTo("too_long");
    // One character that NFKC makes eighteen of.
    assertThat(refusal(type, "\ufdfa".repeat(100))).isEqualTo("too_long");
  }

  @ParameterizedTest
  @CsvSource({
    "张三,张**",
    "张三丰,张**",
    "欧阳娜娜,欧阳**",
    "欧阳修,欧阳**",
    "欧阳,欧**",
    "歐陽修,歐陽**",
    "𠮷田太郎,𠮷**",
    "阿卜杜勒·买买提,阿**",
    "司马·某某,司**",
    "John Smith,J*** S***",
    "John Ronald Reuel Tolkien,J*** T***",
    "Ivan,I***",
    "Иван Петров,И*** П***",
  })
  void mask_keepsTheSurnameOrInitials(String canonical, String masked) {
    assertThat(type.mask(canonical)).isEqualTo(masked);
  }

  @ParameterizedTest
  @CsvSource({"Li  Na,li na", "LI NA,lina", "张 三,张三", "Straße,STRASSE", "Ｌｉ,li"})
  void indexForm_looseSpellings_meet(String one, String other) throws InvalidValue {
    assertThat(type.indexForm(type.normalise(one)))
        .isEqualTo(type.indexForm(type.normalise(other)));
  }

  @Test
  void indexForm_differentNames_differ() {
    assertThat(type.indexForm("Li Na")).isNotEqualTo(type.indexForm("Li Ne"));
  }
}
