package org.strongroom.translog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddCheckpointTest {
  /** The example of C2SP tlog-witness. */
  private static final String EXAMPLE =
      """
      old 20852014
      PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
      jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
      5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
      /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

      \u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
      \u2014 example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
      """;

  private static final String HASH = "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n";

  @Test
  void parse_publishedExample_hasItsPartsAndReadsBack() {
    AddCheckpoint request = AddCheckpoint.parse(utf8(EXAMPLE));
    assertThat(request.oldSize()).isEqualTo(20852014);
    assertThat(request.proof()).hasSize(4);
    assertThat(Checkpoint.of(request.note()).size()).isEqualTo(20852163);
    assertThat(request.note().signatures()).hasSize(2);
    assertThat(request.bytes()).isEqualTo(utf8(EXAMPLE));
  }

  @Test
  void parse_withoutProof_isRead() {
    String note = EXAMPLE.substring(EXAMPLE.indexOf("\n\n") + 2);
    AddCheckpoint request = AddCheckpoint.parse(utf8("old 0\n\n" + note));
    assertThat(request.oldSize()).isZero();
    assertThat(request.proof()).isEmpty();
    assertThat(AddCheckpoint.parse(utf8("old 1\n" + HASH.repeat(63) + "\n" + note)).proof())
        .hasSize(63);
  }

  @ParameterizedTest
  @CsvSource({
    "old 20852014, '', request is not",
    "old 20852014, new 20852014, request is not",
    "old 20852014, old  20852014, no decimal",
    "old 20852014, old 020852014, leading zeros",
    "old 20852014, old -1, no decimal",
    "old 20852014, old 9223372036854775808, beyond",
    "old 20852014, old 20852014 1, no decimal",
    "PlRNCrwH, PlRNCrw, base64",
    "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=, AAAA, has 3 bytes",
    "kaw=, kax=, not canonical",
    "kvuKxPC3swk=, 'kvuKxPC3swk= ', not base64",
  })
  void parse_oneThingWrong_isRefusedSayingWhat(String good, String bad, String why) {
    String changed = EXAMPLE.replace(good, bad);
    assertThatThrownBy(() -> AddCheckpoint.parse(utf8(changed)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void parse_malformedAsAWhole_isRefused() {
    String note = EXAMPLE.substring(EXAMPLE.indexOf("\n\n") + 2);
    for (String text :
        new String[] {
          "",
          "old 0\n",
          "old 0\n" + note,
          "old 0\n\n",
          "old 1\n" + HASH.repeat(64) + "\n" + note,
          EXAMPLE.replace("\n", "\r\n"),
          EXAMPLE.stripTrailing(),
          EXAMPLE + "\n",
          "old 0\n\n" + "x".repeat(AddCheckpoint.MAX_BYTES),
        }) {
      assertThatThrownBy(() -> AddCheckpoint.parse(utf8(text)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
