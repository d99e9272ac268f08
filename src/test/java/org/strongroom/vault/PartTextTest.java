package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** How texts are packed in a part. */
final class PartTextTest {
  private static final int TEXTS = 2000;

  /** Characters of which a seed makes its texts: what one form can hold, and what breaks it. */
  private static final List<String> ALPHABETS =
      List.of(
          TextForm.DIGIT_CHARS,
          TextForm.WORD_CHARS,
          TextForm.DIGIT_CHARS + "/",
          TextForm.WORD_CHARS + "A",
          "\u2000\u3000\u4e00\u5317\u4eac\u9fff0123 az",
          "\u1fff\u2000\u9fff\ua000\u00b7\u007f\u0000",
          "\u0080\u07ff\u0800\uffff\ufffd",
          "\ud83d\ude00\ud800\udfff\u4e00a1");

  private static Stream<Long> seeds() {
    return IntStream.range(0, ALPHABETS.size()).mapToObj(i -> (long) i);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void text_anyCharacters_readsAsUtf8Would(long seed) {
    String alphabet = ALPHABETS.get((int) seed);
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      texts.add(text(random, alphabet, random.nextInt(70)));
    }

    List<String> read = read(write(texts));

    assertThat(read).isEqualTo(texts.stream().map(PartTextTest::throughUtf8).toList());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void text_anyCharacters_takesNoMoreThanUtf8(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < TEXTS; i++) {
      String text = text(random, ALPHABETS.get((int) seed), random.nextInt(70));
      int utf8 = text.getBytes(StandardCharsets.UTF_8).length;

      assertThat(write(List.of(text)).length).isLessThanOrEqualTo(1 + head(utf8) + utf8);
    }
  }

  @Test
  void text_everyCharacterAlone_reads() {
    List<String> texts = new ArrayList<>();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      texts.add(String.valueOf((char) c));
    }
    for (int point = 0x10000; point <= Character.MAX_CODE_POINT; point += 0x3ff) {
      texts.add(Character.toString(point));
    }

    assertThat(read(write(texts)))
        .isEqualTo(texts.stream().map(PartTextTest::throughUtf8).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "110105197610231012, 9",
    "1976-10-23, 5",
    "+8615202789774, 7",
    "2026-03-02T02:00:00Z, 10",
    "11010519761023101X, 9",
    "junior_secondary, 10",
    "han, 2",
    "li.wei@example.com, 12",
    "北京市朝阳区西湖路314号, 23",
    "Wang Wei, 8",
    "O'Neill 7, 9",
    "阿里·木, 11",
  })
  void text_usualValue_takesSoManyBytes(String value, int bytes) {
    assertThat(write(List.of(value))).hasSize(2 + bytes);
  }

  @Test
  void text_empty_isAHeadAlone() {
    assertThat(write(List.of(""))).hasSize(2);
    assertThat(read(write(List.of("", "")))).containsExactly("", "");
  }

  @ParameterizedTest
  @ValueSource(ints = {511, 512, 513, 100_000})
  void text_long_reads(int length) {
    for (String unit : List.of("7", "x", "Q", "京", "\u00e9", "\ud83d\ude00")) {
      String text = unit.repeat(length);

      assertThat(read(write(List.of(text, text)))).containsExactly(text, text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        Long.MIN_VALUE,
        -1,
        0,
        127,
        128,
        1_800_000_000_000L,
        Long.MAX_VALUE - 1,
        Long.MAX_VALUE
      })
  void number_any_reads(long number) {
    PartWriter out = new PartWriter();
    out.number(number);

    PartReader in = new PartReader(Arrays.copyOf(out.bytes(), out.length()));

    assertThat(in.number()).isEqualTo(number);
    assertThat(in.more()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void text_cutShort_isCorrupt(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      String text = text(random, ALPHABETS.get((int) seed), 1 + random.nextInt(70));
      byte[] whole = write(List.of(text));
      byte[] cut = Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1));

      assertCorrupt(cut);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "an odd digit with something behind it,     01 05 11",
    "a word with a bit behind it,               01 06 01",
    "more digits than there are bytes,          01 0d 11",
    "a count beyond all memory,                 01 fd ff ff ff 07 11",
    "a head beyond an int,                      01 fd ff ff ff 0f 11",
    "a head without an end,                     01 ff ff ff ff ff ff ff ff ff ff ff",
    "half a Han character,                      01 07 80",
    "two Han characters in three bytes,         01 0b 80 41 80",
    "no UTF-8,                                  01 04 ff",
    "UTF-8 that is longer than need be,         01 08 c1 81",
    "a surrogate in UTF-8,                      01 0c ed a0 80",
    "half a character in UTF-8,                 01 08 e4 b8",
  })
  void text_malformed_isCorrupt(String what, String part) {
    assertThat(what).isNotEmpty();
    assertCorrupt(HexFormat.ofDelimiter(" ").parseHex(part));
  }

  @Test
  void text_randomBytes_areReadOrCorrupt() {
    Random random = new Random(7);
    int corrupt = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] part = new byte[random.nextInt(12)];
      random.nextBytes(part);
      try {
        read(part);
      } catch (VaultException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT);
        corrupt++;
      }
    }
    assertThat(corrupt).isBetween(1, 19_999);
  }

  private static String text(Random random, String alphabet, int length) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      out.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return out.toString();
  }

  private static String throughUtf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static int head(int count) {
    return count < 32 ? 1 : 2;
  }

  private static byte[] write(List<String> texts) {
    PartWriter out = new PartWriter();
    texts.forEach(text -> out.text(1, text));
    return Arrays.copyOf(out.bytes(), out.length());
  }

  private static List<String> read(byte[] part) {
    PartReader in = new PartReader(part);
    List<String> out = new ArrayList<>();
    while (in.more()) {
      int unused = in.varint();
      out.add(in.text());
    }
    return out;
  }

  private static void assertCorrupt(byte[] part) {
    assertThatThrownBy(() -> read(part))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
  }
}
