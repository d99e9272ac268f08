package org.strongroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.strongroom.ingest.Reading.utf8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Elements of 2 GiB, twice what the test's heap is, are passed over. */
class LongElementTest {
  /** The same byte, many times. */
  private static final class Endless extends InputStream {
    private final byte value;
    private long left;

    Endless(char value, long length) {
      this.value = (byte) value;
      this.left = length;
    }

    @Override
    public int read() {
      return left-- > 0 ? value : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      Arrays.fill(to, offset, offset + count, value);
      left -= count;
      return count;
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "2048, NDJSON, {\"id\":\"1\"}~, {\"id\":\"2, x, \"}~, {\"id\":\"3\"}~",
        "64, NDJSON, {\"id\":\"1\"}~, ``, [, ~, {\"id\":\"3\"}~",
        "2048, JSON, [{\"id\":\"1\"}~, {\"id\":\"2, x, \"}, {\"id\":\"3\"}]",
        "64, JSON, [{\"id\":\"1\"}~, {\"id\":[, 1, ]}, {\"id\":\"3\"}]",
        "64, JSON, [{\"id\":\"1\"}~, ``, x, ~, {\"id\":\"3\"}]",
        "2048, CSV, id;name~1;a~, 2;, x, ~, 3;c~",
        "64, CSV, id;name~1;a~, 2;\", x, \"~, 3;c~",
      })
  void read_hugeElement_isRefusedInConstantMemory(
      int mebibytes,
      Format format,
      String before,
      String start,
      char filler,
      String end,
      String after) {
    InputStream input =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    new ByteArrayInputStream(utf8((before + start).replace('~', '\n'))),
                    new Endless(filler, (long) mebibytes << 20),
                    new ByteArrayInputStream(utf8((end + after).replace('~', '\n'))))));
    Reading reading = Reading.of(input, Reading.columns(), new ReadOptions(format, null, 16 << 20));
    assertThat(reading.values("id")).containsExactly("1", "3");
    assertThat(reading.rejects()).hasSize(1);
    assertThat(reading.rejects().get(0).problems())
        .containsExactly(new Problem("too_long", "the element is longer than 16777216 bytes"));
    assertThat(reading.rejects().get(0).place().line()).isEqualTo(format == Format.CSV ? 3 : 2);
    assertThat(reading.fileProblems()).isEmpty();
  }
}
