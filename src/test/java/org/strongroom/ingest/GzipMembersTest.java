package org.strongroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.strongroom.ingest.Reading.utf8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GzipMembersTest {
  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] lines(int from, int to) throws IOException {
    StringBuilder out = new StringBuilder();
    for (int i = from; i < to; i++) {
      out.append("{\"id\":\"").append(i).append("\"}\n");
    }
    return IntakeTest.gzip(utf8(out.toString()));
  }

  @Test
  void read_severalMembersInTinyReads_readsAll() throws IOException {
    byte[] input =
        join(lines(0, 100), IntakeTest.gzip(new byte[0]), lines(100, 300), new byte[512]);
    for (int most : new int[] {1, 5, 100_000}) {
      Reading reading =
          Reading.of(
              Reading.trickle(input, most, new Random(1)),
              Reading.columns(),
              Reading.options(null));
      assertThat(reading.drafts()).hasSize(300);
      assertThat(reading.values("id")).startsWith("0", "1").endsWith("299");
      assertThat(reading.fileProblems()).isEmpty();
    }
  }

  @Test
  void read_headerWithEveryOptionalPart_isSkipped() throws IOException {
    byte[] plain = lines(1, 3);
    byte[] header = Arrays.copyOf(plain, 10);
    header[3] = 2 | 4 | 8 | 16;
    byte[] extras = {3, 0, 'x', 'y', 'z', 'n', 0, 'c', 'c', 0, 1, 2};
    byte[] input = join(header, extras, Arrays.copyOfRange(plain, 10, plain.length));
    assertThat(Reading.of(input, null).values("id")).containsExactly("1", "2");
  }

  @Test
  void read_truncated_givesTheRecordsBeforeAndSaysSo() throws IOException {
    byte[] whole = lines(0, 50_000);
    Reading reading = Reading.of(Arrays.copyOf(whole, whole.length * 3 / 4), null);
    assertThat(reading.fileFaults()).containsExactly("truncated_gzip");
    int good = reading.drafts().size();
    assertThat(good).isGreaterThan(30_000);
    assertThat(reading.values("id")).endsWith(String.valueOf(good - 1));
    assertThat(reading.faults()).hasSizeLessThanOrEqualTo(1);
    reading.faults().forEach(fault -> assertThat(fault).isEqualTo("truncated@" + (good + 1)));
  }

  @Test
  void read_truncatedAnywhere_neverMissesIt() throws IOException {
    byte[] whole = join(lines(0, 5), lines(5, 9));
    int first = lines(0, 5).length;
    for (int length = 40; length < whole.length; length++) {
      if (length == first) {
        continue;
      }
      Reading reading = Reading.of(Arrays.copyOf(whole, length), null);
      assertThat(reading.fileFaults()).as("length %s", length).containsExactly("truncated_gzip");
    }
  }

  @Test
  void read_damagedSecondMember_saysSo() throws IOException {
    byte[] second = lines(5, 9);
    for (int at : new int[] {0, 1, 2, second.length - 1, second.length - 6}) {
      byte[] damaged = second.clone();
      damaged[at] ^= 0x55;
      Reading reading = Reading.of(join(lines(0, 5), damaged), null);
      assertThat(reading.values("id")).startsWith("0", "1", "2", "3", "4");
      assertThat(reading.fileFaults()).containsExactly("broken_gzip");
    }
  }
}
