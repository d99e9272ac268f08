package org.strongroom.translog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.Bytes;

final class CheckpointTest {
  /** The example of C2SP tlog-checkpoint. */
  private static final String BODY =
      """
      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
      """;

  private static final String SIGNATURE =
      "\n\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5"
          + "/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

  private static final Checkpoint EXAMPLE =
      new Checkpoint(
          "example.com/behind-the-sofa",
          20852163,
          Bytes.owned(Base64.getDecoder().decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")));

  @Test
  void body_publishedExample_isItsThreeLines() {
    assertThat(new String(EXAMPLE.body(), StandardCharsets.UTF_8)).isEqualTo(BODY);
  }

  @Test
  void ofNote_publishedExample_isTheCheckpoint() {
    assertThat(Checkpoint.ofNote(utf8(BODY + SIGNATURE))).isEqualTo(EXAMPLE);
    byte[] extended = utf8(BODY + "an extension line\n" + SIGNATURE);
    assertThat(Checkpoint.ofNote(extended))
        .isEqualTo(
            new Checkpoint(
                EXAMPLE.origin(), EXAMPLE.size(), EXAMPLE.root(), List.of("an extension line")));
    assertThat(Checkpoint.ofNote(extended).body()).isEqualTo(utf8(BODY + "an extension line\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n\n",
        "example.com/log\n1\n",
        "example.com/log\nmany\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "example.com/log\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "example.com/log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n",
        "example.com/log\n1\n!\n",
        "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "log\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "log\n00\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "log\n+1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "log\n 1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "log\n\u0661\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "log\n9223372036854775808\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
        "log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
        "log\n1\nCsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=\n",
        "log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
        "log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n",
        "log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\nextension\n",
        "log\r\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
      })
  void parse_noCheckpoint_isRefused(String text) {
    assertThatThrownBy(() -> Checkpoint.parse(utf8(text)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Checkpoint.ofNote(utf8(text + SIGNATURE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ofNote_withoutSignature_isRefused() {
    assertThatThrownBy(() -> Checkpoint.ofNote(utf8(BODY)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_largestAndEmptyTree_areRead() {
    String root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    assertThat(Checkpoint.parse(utf8("log\n9223372036854775807\n" + root)).size())
        .isEqualTo(Long.MAX_VALUE);
    assertThat(Checkpoint.parse(utf8("log\n0\n" + root)).size()).isZero();
  }

  @Test
  void constructor_impossibleParts_isRefused() {
    Bytes root = Bytes.owned(new byte[32]);
    assertThatThrownBy(() -> new Checkpoint("", 0, root))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Checkpoint("two\nlines", 0, root))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Checkpoint("log", -1, root))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Checkpoint("log", 0, root, List.of("")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Checkpoint("log", 0, root, List.of("a\nb")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Checkpoint("log", 0, Bytes.owned(new byte[31])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
