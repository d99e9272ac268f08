package org.strongroom.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

final class YamlNodeTest {
  private enum Shade {
    LIGHT,
    VERY_DARK
  }

  @Test
  void mapping_declaration_readsByTypeInFileOrder() {
    YamlNode root =
        YamlNode.parse(
            "f.yaml",
            """
            # A comment.
            name: residents
            size: 18
            strict: true
            shade: very-dark
            fields: [a, "b", 'c']
            one: only
            nested:
              - {id: x}
              - id: y
            """);
    Map<String, YamlNode> map =
        root.mapping(Set.of("name", "size", "strict", "shade", "fields", "one", "nested"));
    assertThat(map.keySet())
        .containsExactly("name", "size", "strict", "shade", "fields", "one", "nested");
    assertThat(root.required(map, "name").text()).isEqualTo("residents");
    assertThat(root.required(map, "size").number(1, 18)).isEqualTo(18);
    assertThat(root.required(map, "strict").bool()).isTrue();
    assertThat(root.required(map, "shade").oneOf(Shade.class)).isEqualTo(Shade.VERY_DARK);
    assertThat(root.required(map, "fields").texts()).containsExactly("a", "b", "c");
    assertThat(root.required(map, "one").texts()).containsExactly("only");
    assertThat(root.required(map, "nested").list())
        .extracting(item -> item.line() + "=" + item.mapping().keySet())
        .containsExactly("9=[id]", "10=[id]");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("", "f.yaml:1: empty file"),
        Arguments.of("# only a comment", "f.yaml:1: empty file"),
        Arguments.of("a: 1\nb: 2\na: 3", "f.yaml:3: the key \"a\" stands here twice"),
        Arguments.of("a: 1\nb: !!java.io.File x", "f.yaml:2: tags are not allowed here"),
        Arguments.of("a: 1\nb: !x [1]", "f.yaml:2: tags are not allowed here"),
        Arguments.of("a: &x 1", "f.yaml:1: anchors and aliases are not allowed here"),
        Arguments.of("a: 1\nb: &x [1]", "f.yaml:2: anchors and aliases are not allowed here"),
        Arguments.of("a: 1\n---\nb: 2", "f.yaml:2: "),
        Arguments.of("a: 1\nb: 'open", "f.yaml:2: "),
        Arguments.of("a: 1\n\tb: 2", "f.yaml:2: "),
        Arguments.of("a: \0", "f.yaml:1: "),
        Arguments.of("[".repeat(200_000), "f.yaml:1: nested deeper than 32 levels"),
        Arguments.of("{a: ".repeat(50_000), "f.yaml:1: nested deeper than 32 levels"),
        Arguments.of("- ".repeat(50_000) + "x", "f.yaml:1: nested deeper than 32 levels"),
        Arguments.of("x".repeat((1 << 20) + 1), "f.yaml:1: longer than"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void parse_notAPlainDeclaration_saysSoWithItsLine(String text, String message) {
    assertRefused(() -> YamlNode.parse("f.yaml", text).mapping(), message);
  }

  @Test
  void parse_deepButAllowed_isRead() {
    assertThat(YamlNode.parse("f.yaml", "[".repeat(32) + "]".repeat(32)).list()).hasSize(1);
    assertThat(YamlNode.parse("f.yaml", "[[1], ".repeat(30) + "2" + "]".repeat(30)).list())
        .hasSize(2);
  }

  @Test
  void reading_otherThanWhatStandsThere_saysSoWithItsLine() {
    YamlNode root = YamlNode.parse("f.yaml", "a: x\nb: [1]\nc: {d: 1}\ne: 7\n");
    Map<String, YamlNode> map = root.mapping();
    assertRefused(() -> root.mapping(Set.of("a", "b", "c")), "f.yaml:4: unknown key \"e\"");
    assertRefused(() -> root.required(map, "z"), "f.yaml:1: the key \"z\" is missing");
    assertRefused(() -> root.required(map, "a").mapping(), "f.yaml:1: a mapping");
    assertRefused(() -> root.required(map, "b").text(), "f.yaml:2: a single value");
    assertRefused(() -> root.required(map, "c").list(), "f.yaml:3: a list");
    assertRefused(() -> root.required(map, "e").number(8, 9), "f.yaml:4: a whole number from 8");
    assertRefused(() -> root.required(map, "e").number(1, 6), "f.yaml:4: a whole number from 1");
    assertRefused(() -> root.required(map, "a").number(1, 6), "f.yaml:1: a whole number");
    assertRefused(() -> root.required(map, "a").bool(), "f.yaml:1: true or false");
    assertRefused(
        () -> root.required(map, "a").oneOf(Shade.class), "f.yaml:1: one of [light, very-dark]");
    assertThat(root.required(map, "e").error("no")).hasMessage("f.yaml:4: no");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            VaultException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DECLARATION))
        .hasMessageStartingWith(message);
  }
}
