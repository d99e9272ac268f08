package org.strongroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.strongroom.ingest.Reading.utf8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every broken element is refused with its reason and line, and costs no other. */
class BadInputTest {
  private static final String DEEP = "{\"id\":" + "[".repeat(64) + "]".repeat(64) + "}";
  private static final String DEEP_ENOUGH =
      "{\"id\":\"2\",\"x\":" + "[".repeat(63) + "]".repeat(63) + "}";

  static Stream<Arguments> badObjects() {
    return Stream.of(
        Arguments.of("cut in a string", "{\"id\":\"2\",\"name\":\"Li", "truncated"),
        Arguments.of("cut after a comma", "{\"id\":\"2\",", "truncated"),
        Arguments.of("cut in a word", "{\"id\":tru", "truncated"),
        Arguments.of("nested too deep", DEEP, "too_deep"),
        Arguments.of("duplicate key", "{\"id\":\"2\",\"id\":\"2\"}", "duplicate_key"),
        Arguments.of("duplicate unknown key", "{\"id\":\"2\",\"x\":1,\"x\":1}", "duplicate_key"),
        Arguments.of(
            "duplicate inner key", "{\"id\":\"2\",\"a\":{\"b\":1,\"b\":1}}", "duplicate_key"),
        Arguments.of("duplicate escaped", "{\"id\":\"2\",\"\\u0069d\":\"2\"}", "duplicate_key"),
        Arguments.of("NUL in a string", "{\"id\":\"2\0\"}", "nul"),
        Arguments.of("NUL between tokens", "{\"id\":\0\"2\"}", "nul"),
        Arguments.of("number", "17", "not_an_object"),
        Arguments.of("null", "null", "not_an_object"),
        Arguments.of("string", "\"id\"", "not_an_object"),
        Arguments.of("array", "[1,{\"id\":\"9\"}]", "not_an_object"),
        Arguments.of("missing colon", "{\"id\" \"2\"}", "bad_json"),
        Arguments.of("missing value", "{\"id\":}", "bad_json"),
        Arguments.of("leading zero", "{\"id\":012}", "bad_json"),
        Arguments.of("bad escape", "{\"id\":\"\\q\"}", "bad_json"),
        Arguments.of("single quotes", "{'id':'2'}", "bad_json"),
        Arguments.of("NaN", "{\"id\":NaN}", "bad_json"),
        Arguments.of("raw tab", "{\"id\":\"2\t\"}", "bad_json"),
        Arguments.of("stray quote", "{\"id\":\"2\",\"name\":\"Li\"u\"}", "bad_json"),
        Arguments.of("stray quote before a digit", "{\"id\":\"2\",\"name\":\"Li\"5\"}", "bad_json"),
        Arguments.of("missing quote", "{\"id\":\"2,\"name\":\"Li\"}", "bad_json"),
        Arguments.of("lone surrogate", "{\"id\":\"2\",\"name\":\"\\ud800\"}", "lone_surrogate"),
        Arguments.of(
            "lone low surrogate", "{\"id\":\"2\",\"name\":\"x\\udc00\"}", "lone_surrogate"),
        Arguments.of(
            "too long", "{\"id\":\"2\",\"name\":\"" + "x".repeat(4096) + "\"}", "too_long"),
        Arguments.of(
            "too long and broken",
            "{\"id\":\"2\",\"name\":{" + "x".repeat(5000) + "}}",
            "too_long"),
        Arguments.of("long name", "{\"id\":\"2\",\"" + "x".repeat(1001) + "\":1}", "too_long"),
        Arguments.of("long number", "{\"id\":" + "1".repeat(1001) + "}", "too_long"),
        Arguments.of("no known field", "{\"colour\":\"red\"}", "no_known_field"),
        Arguments.of("nothing but absence", "{\"id\":null,\"name\":\"  \"}", "no_known_field"),
        Arguments.of("several values", "{\"id\":\"2\",\"phone\":[\"1\",\"3\"]}", "several_values"),
        Arguments.of("overlong UTF-8", bytes("{\"id\":\"", "c080", "\"}"), "broken_utf8"),
        Arguments.of("UTF-8 surrogate", bytes("{\"id\":\"", "eda080", "\"}"), "broken_utf8"),
        Arguments.of("Latin-1", bytes("{\"id\":\"", "e9", "t\"}"), "broken_utf8"),
        Arguments.of("GBK", bytes("{\"id\":\"", "d5c5c8fd", "\"}"), "broken_utf8"),
        Arguments.of(
            "image from afar", "{\"id\":\"2\",\"photo\":\"file:a.jpg\"}", "image_file_refused"));
  }

  /** A text in which each character stands for one byte. */
  private static String bytes(String before, String hex, String after) {
    return before
        + new String(java.util.HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1)
        + after;
  }

  private static byte[] raw(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badObjects")
  void read_badLine_refusesItAndKeepsTheRest(String what, String bad, String code) {
    String text = "\n{\"id\":\"1\"}\r\n" + bad + "\n\n{\"id\":\"3\"}";
    for (int most : new int[] {1, 7, 100_000}) {
      Reading reading =
          Reading.of(
              Reading.trickle(raw(text), most, new Random(1)),
              Reading.columns(),
              Reading.options(Format.NDJSON));
      assertThat(reading.faults()).containsExactly(code + "@3");
      assertThat(reading.values("id")).containsExactly("1", "3");
      assertThat(reading.all().get(2).place()).isEqualTo(new Place("input", 5, 3));
      assertThat(reading.fileProblems()).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badObjects")
  void read_badElementOnItsOwnLine_refusesItAndKeepsTheRest(String what, String bad, String code) {
    String text = "[\n{\"id\":\"1\"},\n" + bad + ",\n{\"id\":\"3\"}\n,{\"id\":\"4\"}]\n";
    for (int most : new int[] {1, 7, 100_000}) {
      Reading reading =
          Reading.of(
              Reading.trickle(raw(text), most, new Random(1)),
              Reading.columns(),
              Reading.options(null));
      assertThat(reading.format()).isEqualTo(Format.JSON);
      assertThat(reading.rejects()).hasSize(1);
      assertThat(reading.rejects().get(0).place().line()).isEqualTo(3);
      assertThat(reading.values("id")).containsExactly("1", "3", "4");
      assertThat(reading.fileProblems()).isEmpty();
      if (!code.equals("truncated")) {
        assertThat(reading.faults()).containsExactly(code + "@3");
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badObjects")
  void read_badElementInCompactArray_refusesItAndKeepsTheRest(
      String what, String bad, String code) {
    String text = "[{\"id\":\"1\"}," + bad + ",{\"id\":\"3\"},{\"id\":\"4\"}]";
    Reading reading = Reading.of(raw(text), null);
    assertThat(reading.faults()).hasSize(1);
    assertThat(reading.values("id")).containsExactly("1", "3", "4");
    assertThat(reading.fileProblems()).isEmpty();
  }

  @Test
  void read_nestedAsDeepAsAllowed_isRead() {
    assertThat(Reading.of(DEEP_ENOUGH + "\n").values("id")).containsExactly("2");
  }

  @Test
  void read_escapedNul_isLeftToTheValueCheck() {
    assertThat(Reading.of("{\"id\":\"a\\u0000\"}\n").values("id")).containsExactly("a\0");
  }

  @Test
  void read_lastLineCut_refusesItAsTruncated() {
    Reading reading = Reading.of("{\"id\":\"1\"}\n{\"id\":\"2\"}\n{\"id\":\"3\",\"na");
    assertThat(reading.faults()).containsExactly("truncated@3");
    assertThat(reading.values("id")).containsExactly("1", "2");
  }

  @Test
  void read_lastLineCutInACharacter_refusesItAsTruncated() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(utf8("{\"id\":\"1\"}\n{\"id\":\"2\",\"name\":\"张"));
    byte[] whole = out.toByteArray();
    Reading reading = Reading.of(java.util.Arrays.copyOf(whole, whole.length - 1), null);
    assertThat(reading.faults()).containsExactly("truncated@2");
    assertThat(reading.values("id")).containsExactly("1");
  }

  @Test
  void read_arrayWithoutEnd_reportsTheElementAndTheFile() {
    Reading reading =
        Reading.of(" \n[{\"id\":\"1\"},\n{\"id\":\"2\"},\n{\"id\":\"3\",\"name\":\"x");
    assertThat(reading.faults()).containsExactly("truncated@4");
    assertThat(reading.values("id")).containsExactly("1", "2");
    assertThat(reading.fileProblems())
        .containsExactly(
            new Problem("truncated", "the JSON array that starts on line 2 has no end"));
  }

  @Test
  void read_arrayCutBetweenElements_reportsTheFile() {
    Reading reading = Reading.of("[{\"id\":\"1\"},{\"id\":\"2\"},");
    assertThat(reading.faults()).isEmpty();
    assertThat(reading.values("id")).containsExactly("1", "2");
    assertThat(reading.fileFaults()).containsExactly("truncated");
  }

  @Test
  void read_tooManyDifferentNames_refusesTheElement() {
    StringBuilder bad = new StringBuilder("{\"id\":\"2\"");
    for (int i = 0; i < 10_001; i++) {
      bad.append(",\"n").append(i).append("\":1");
    }
    String text = "{\"id\":\"1\"}\n" + bad + "}\n{\"id\":\"3\"}\n";
    Reading reading =
        Reading.of(
            new java.io.ByteArrayInputStream(utf8(text)), Reading.columns(), ReadOptions.DEFAULT);
    assertThat(reading.faults()).containsExactly("too_many_names@2");
    assertThat(reading.values("id")).containsExactly("1", "3");
  }

  @Test
  void read_trailingRubbishAfterTheArray_isRefused() {
    Reading reading = Reading.of("[{\"id\":\"1\"}]\n}} x");
    assertThat(reading.values("id")).containsExactly("1");
    assertThat(reading.faults()).containsExactly("bad_json@2", "bad_json@2");
  }

  @Test
  void read_rejection_holdsNothingOfTheContent() {
    Reading reading =
        Reading.of(
            raw(
                """
                {"id":"110101199003071234","13812345678":secret}
                {"id":"110101199003071234","x":"secret
                {"id":["110101199003071234","secret"]}
                """),
            Format.NDJSON);
    assertThat(reading.rejects()).hasSize(3);
    assertThat(reading.rejects().toString()).doesNotContain("1101", "138", "secret");
  }

  static Stream<Arguments> badRows() {
    return Stream.of(
        Arguments.of("too many cells", "2,b,,9", "cells"),
        Arguments.of("too few cells", "2,b", "cells"),
        Arguments.of("NUL", "2,b\0,", "nul"),
        Arguments.of("broken UTF-8", bytes("2,", "ff", ","), "broken_utf8"),
        Arguments.of("cut UTF-8", bytes("2,b,", "e5bc", ""), "broken_utf8"),
        Arguments.of("text after a quote", "2,\"b\"b,", "bad_quote"),
        Arguments.of("unclosed quote", "2,\"b,", "unclosed_quote"),
        Arguments.of("unclosed quote in the last cell", "2,b,\"", "unclosed_quote"),
        Arguments.of("too long", "2," + "b".repeat(5000) + ",", "too_long"),
        Arguments.of("too long in quotes", "2,\"" + "b".repeat(5000) + "\",", "too_long"),
        Arguments.of("nothing known", ",\" \",", "no_known_field"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badRows")
  void read_badRow_refusesItAndKeepsTheRest(String what, String bad, String code) {
    for (String end : new String[] {"\n", "\r\n", "\r"}) {
      String text =
          String.join(end, "id,name,phone", "1,a,", "", bad, "3,\"c" + end + "c\",", "4,\"d\",x");
      for (int most : new int[] {1, 7, 100_000}) {
        Reading reading =
            Reading.of(
                Reading.trickle(raw(text), most, new Random(1)),
                Reading.columns(),
                Reading.options(null));
        assertThat(reading.faults()).containsExactly(code + "@4");
        assertThat(reading.values("id")).containsExactly("1", "3", "4");
        assertThat(reading.values("name")).containsExactly("a", "c" + end + "c", "d");
        assertThat(reading.all().get(3).place()).isEqualTo(new Place("input", 7, 4));
      }
    }
  }

  @Test
  void read_unclosedQuoteBeforeManyPlainRows_losesOneRow() {
    StringBuilder text = new StringBuilder("id,name\n1,a\n2,\"b\n");
    for (int i = 3; i < 5000; i++) {
      text.append(i).append(",x\n");
    }
    Reading reading = Reading.of(text.toString());
    assertThat(reading.faults()).containsExactly("unclosed_quote@3");
    assertThat(reading.rejects().get(0).problems().get(0).text())
        .isEqualTo("a quote that opens on line 3 is not closed");
    assertThat(reading.drafts()).hasSize(4998);
    assertThat(reading.all().get(4998).place().line()).isEqualTo(5000);
  }

  @Test
  void read_quoteOpeningOnALaterLineOfItsRow_isReportedWithThatLine() {
    Reading reading = Reading.of("id,name,phone\n1,\"a\nb\",\"c\n2,d,e\n");
    assertThat(reading.faults()).containsExactly("unclosed_quote@2");
    assertThat(reading.rejects().get(0).problems().get(0).text()).contains("line 3");
    assertThat(reading.values("id")).containsExactly("2");
  }
}
