package org.strongroom.leak.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.leak.sample.Sample;
import org.strongroom.leak.sample.SampleLimits;

final class IdentifierScanTest {
  private static List<String> scan(String value) {
    List<String> out = new ArrayList<>();
    new IdentifierScan(Clock.systemUTC())
        .in(value, found -> out.add(found.kind().text() + " " + found.canonical()));
    return out;
  }

  @ParameterizedTest
  @CsvSource({
    "Li.Mei@Example.com,email li.mei@example.com",
    "a@b.cn,email a@b.cn",
    "13800138000,phone +8613800138000",
    "138 0013 8000,phone +8613800138000",
    "+86-138-0013-8000,phone +8613800138000",
    "11010519491231002X,resident_id 11010519491231002X",
    "11010519491231002x,resident_id 11010519491231002X",
    "110105 19491231 002X,resident_id 11010519491231002X",
  })
  void in_wholeValue_isOneIdentifier(String value, String found) {
    assertThat(scan(value)).containsExactly(found);
  }

  /** A wrong check digit, a day, an amount, a short number, an address without a domain. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "110105194912310021", "2022-06-30", "1000000", "110", "li@", "@", "a b"})
  void in_whatIsNone_findsNothing(String value) {
    assertThat(scan(value)).isEmpty();
  }

  @Test
  void in_text_findsEachOfItsWords() {
    assertThat(
            scan(
                "报案人李梅（身份证11010519491231002X，电话：13800138000）mail <li@example.com>;"
                    + " 13900139000, again li@example.com."))
        .containsExactly(
            "resident_id 11010519491231002X",
            "phone +8613800138000",
            "email li@example.com",
            "phone +8613900139000",
            "email li@example.com");
    assertThat(scan("id=11010519491231002X;tel=13800138000"))
        .containsExactly("resident_id 11010519491231002X", "phone +8613800138000");
  }

  /** Its length alone, not its square, is what a long value costs. */
  @Test
  void in_longValueOfShortWords_ends() {
    assertThat(scan("ab ".repeat(4_000_000) + "li@example.com")).hasSize(1);
    assertThat(scan("1".repeat(4_000_000))).isEmpty();
  }

  @Test
  void next_ofASample_findsThemInEveryColumn() throws IOException {
    String csv = "name,tel,other\nLi Mei,13800138000,li@example.com\nWang,none,13900139000\n";
    List<String> found = new ArrayList<>();
    try (Sample sample =
        Sample.open(
            new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), SampleLimits.DEFAULT)) {
      SampleIdentifiers identifiers = new SampleIdentifiers(sample, Clock.systemUTC());
      for (Identifier next = identifiers.next(); next != null; next = identifiers.next()) {
        assertThat(next.toString()).isEqualTo("Identifier[redacted]");
        found.add(next.kind().text() + " " + next.canonical());
      }
    }
    assertThat(found)
        .containsExactly("phone +8613800138000", "email li@example.com", "phone +8613900139000");
  }
}
