package org.strongroom.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.strongroom.schema.Refusals.refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTypeTest {
  private final FieldType type = new EmailType();

  @ParameterizedTest
  @CsvSource({
    "zhang.san@example.org,zhang.san@example.org",
    " Zhang.San@EXAMPLE.Org ,Zhang.San@example.org",
    "a+b_c-d!#$%&*/=?^`{|}~@a-b.example.org,a+b_c-d!#$%&*/=?^`{|}~@a-b.example.org",
    "x@例子.中国,x@xn--fsqu00a.xn--fiqs8s",
    "x@XN--FSQU00A.xn--fiqs8s,x@xn--fsqu00a.xn--fiqs8s",
    "张三@example.org,张三@example.org",
    "ｚｓ＠ｅｘａｍｐｌｅ．ｏｒｇ,zs@example.org",
    "1@2.cn,1@2.cn",
  })
  void normalise_wellFormed_keepsTheLocalPartAndFoldsTheDomain(String raw, String canonical)
      throws InvalidValue {
    assertThat(type.normalise(raw)).isEqualTo(canonical);
    assertThat(type.normalise(canonical)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nowhere.net",
        "@nowhere.net",
        "a@",
        "a@b",
        "a@@example.org",
        "a@b@example.org",
        ".a@example.org",
        "a.@example.org",
        "a..b@example.org",
        "a b@example.org",
        "\"a b\"@nowhere.net",
        "a,b@example.org",
        "a@example.org.",
        "a@.example.org",
        "a@example..org",
        "a@-example.org",
        "a@example-.org",
        "a@exa_mple.org",
        "a@127.0.0.1",
        "a@[127.0.0.1]",
        "a@例_子.中国",
        "a@exam ple.org",
        "<a@example.org>"
      })
  void normalise_illFormed_isRefused(String raw) {
    assertThat(refusal(type, raw)).isEqualTo("not_an_email");
  }

  @Test
  void normalise_tooLongAPart_isRefused() throws InvalidValue {
    assertThat(type.normalise("a".repeat(64) + "@example.org")).hasSize(76);
    assertThat(refusal(type, "a".repeat(65) + "@example.org")).isEqualTo("not_an_email");
    assertThat(refusal(type, "张".repeat(22) + "@example.org")).isEqualTo("not_an_email");
    assertThat(refusal(type, "a@" + "b".repeat(64) + ".org")).isEqualTo("not_an_email");
    assertThat(refusal(type, "a@" + "b.".repeat(130) + "org")).isEqualTo("too_long");
  }

  @Test
  void indexForm_ignoresCase() {
    assertThat(type.indexForm("Zhang.San@example.org")).isEqualTo("zhang.san@example.org");
  }

  @Test
  void mask_keepsFirstLetterAndDomain() {
    assertThat(type.mask("zhang.san@example.org")).isEqualTo("z***@example.org");
    assertThat(type.mask("no address")).isEqualTo("***");
  }
}
