package org.strongroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.strongroom.ingest.Reading.utf8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** What an input is taken for, and which inputs are refused as a whole. */
class IntakeTest {
  private static final String TWO_LINES = "{\"id\":\"1\"}\n{\"id\":\"2\"}\n";

  static byte[] gzip(byte[] data) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(data);
    }
    return out.toByteArray();
  }

  static Stream<Arguments> goodInputs() {
    return Stream.of(
        Arguments.of("lines", TWO_LINES, Format.NDJSON),
        Arguments.of(
            "lines with CRLF and space",
            "\r\n {\"id\":\"1\"} \r\n\t{\"id\":\"2\"}\r\n",
            Format.NDJSON),
        Arguments.of("lines after a mark", "\ufeff" + TWO_LINES, Format.NDJSON),
        Arguments.of(
            "joined files with marks", "\ufeff{\"id\":\"1\"}\n\ufeff{\"id\":\"2\"}", Format.NDJSON),
        Arguments.of(
            "bulk",
            "{\"index\":{}}\n{\"id\":\"1\"}\n{\"index\":{}}\n{\"id\":\"2\"}\n",
            Format.NDJSON),
        Arguments.of("compact array", "[{\"id\":\"1\"},{\"id\":\"2\"}]", Format.JSON),
        Arguments.of("array after a mark", "\ufeff[{\"id\":\"1\"},{\"id\":\"2\"}]", Format.JSON),
        Arguments.of(
            "printed array",
            "[\n  {\n    \"id\": \"1\"\n  },\n  {\n    \"id\": \"2\"\n  }\n]\n",
            Format.JSON),
        Arguments.of("two arrays", "[{\"id\":\"1\"}]\n[{\"id\":\"2\"}]", Format.JSON),
        Arguments.of("printed objects", "{\n\"id\":\"1\"\n}\n{\n\"id\":\"2\"\n}\n", Format.JSON),
        Arguments.of("objects on one line", "{\"id\":\"1\"}{\"id\":\"2\"}", Format.JSON),
        Arguments.of("rows", "id,name\n1,a\n2,b\n", Format.CSV),
        Arguments.of("rows after a mark", "\ufeffid\n1\n2\n", Format.CSV),
        Arguments.of("quoted header", "\"id\";\"name\"\n1;a\n2;b", Format.CSV));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goodInputs")
  void open_anyKnownFormat_isDetectedAndRead(String what, String text, Format format)
      throws IOException {
    for (byte[] input : new byte[][] {utf8(text), gzip(utf8(text))}) {
      Reading reading = Reading.of(input, null);
      assertThat(reading.format()).isEqualTo(format);
      assertThat(reading.values("id")).containsExactly("1", "2");
      assertThat(reading.rejects()).isEmpty();
      assertThat(reading.fileProblems()).isEmpty();
    }
  }

  @Test
  void open_brokenFirstLine_isStillTakenForLines() {
    Reading reading = Reading.of("{\"id\":\n" + TWO_LINES);
    assertThat(reading.format()).isEqualTo(Format.NDJSON);
    assertThat(reading.values("id")).containsExactly("1", "2");
  }

  @Test
  void open_givenFormat_isNotGuessed() {
    Reading reading = Reading.of(utf8("[{\"id\":\"1\"}]\n{\"id\":\"2\"}\n"), Format.NDJSON);
    assertThat(reading.faults()).containsExactly("not_an_object@1");
    assertThat(reading.values("id")).containsExactly("2");
  }

  @Test
  void open_emptyArray_hasNoRecords() {
    assertThat(Reading.of("[ ]\n").all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "504b0304140000, zip file",
    "504b030414000000786c2f, Excel workbook",
    "89504e470d0a1a0a00, PNG image",
    "ffd8ffe000104a46, JPEG image",
    "255044462d312e37, PDF",
    "d0cf11e0a1b11ae1, old Office document",
    "28b52ffd00, zstd",
    "425a683931, bzip2",
    "fd377a585a0000, xz",
    "53514c69746520666f726d61742033000a, SQLite",
    "50415231, Parquet",
    "1f8b, damaged",
    "fffe7b002200, convert it to UTF-8",
    "feff007b0022, convert it to UTF-8",
    "7b0022006900, convert it to UTF-8",
    "696400002c, binary",
  })
  void open_inputThatIsNoText_saysWhatItIs(String hex, String expected) {
    byte[] input = HexFormat.of().parseHex(hex);
    if (hex.equals("1f8b")) {
      input = HexFormat.of().parseHex("1f8b0055aa");
    }
    byte[] bytes = input;
    assertThatThrownBy(() -> Reading.of(bytes, null))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREADABLE_INPUT))
        .hasMessageStartingWith("input: ")
        .hasMessageContaining(expected);
  }

  @Test
  void open_utf16_isToBeConverted() {
    for (Charset charset :
        new Charset[] {
          StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE
        }) {
      assertThatThrownBy(() -> Reading.of(TWO_LINES.getBytes(charset), null))
          .hasMessageContaining("convert it to UTF-8");
    }
  }

  @Test
  void open_nothingInIt_isEmpty() throws IOException {
    for (byte[] input :
        new byte[][] {{}, utf8(" \r\n\t\n"), utf8("\ufeff"), gzip(new byte[0]), gzip(utf8("\n"))}) {
      assertThatThrownBy(() -> Reading.of(input, null)).hasMessage("input: the file is empty");
    }
  }

  @Test
  void open_gzipInGzip_isRefused() throws IOException {
    byte[] twice = gzip(gzip(utf8(TWO_LINES)));
    assertThatThrownBy(() -> Reading.of(twice, null)).hasMessageContaining("gzip data inside gzip");
  }

  @Test
  void open_directoryOrMissingFile_saysSo(@TempDir Path dir) {
    assertThatThrownBy(() -> Intake.open(dir, Reading.columns(), ReadOptions.DEFAULT))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("this is a directory");
    assertThatThrownBy(() -> Intake.open(dir.resolve("x"), Reading.columns(), ReadOptions.DEFAULT))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREADABLE_INPUT))
        .hasMessage("x: there is no such file");
  }

  @Test
  void bytesRead_atTheEnd_isTheStoredSize(@TempDir Path dir) throws IOException {
    StringBuilder text = new StringBuilder();
    Random random = new Random(1);
    for (int i = 0; i < 400_000; i++) {
      text.append("{\"id\":").append(random.nextLong()).append("}\n");
    }
    byte[] stored = gzip(utf8(text.toString()));
    Path file = Files.write(dir.resolve("x.gz"), stored);
    try (Intake intake = Intake.open(file, Reading.columns(), ReadOptions.DEFAULT)) {
      assertThat(intake.gzip()).isTrue();
      PieceReader reader = intake.reader();
      long before = reader.bytesRead();
      assertThat(before).isLessThan(stored.length);
      long records = 0;
      for (RawBatch batch = reader.next(1000, 4 << 20);
          batch != null;
          batch = reader.next(1000, 4 << 20)) {
        assertThat(reader.bytesRead()).isGreaterThanOrEqualTo(before);
        before = reader.bytesRead();
        records += batch.size();
      }
      assertThat(records).isEqualTo(400_000);
      assertThat(before).isEqualTo(stored.length);
    }
  }

  @Test
  void next_limits_holdForEveryBatch() throws IOException {
    try (Intake intake =
        Intake.open(
            "x",
            new ByteArrayInputStream(utf8(TWO_LINES.repeat(500))),
            Reading.columns(),
            ReadOptions.DEFAULT)) {
      RawBatch byCount = Objects.requireNonNull(intake.reader().next(7, 1 << 20));
      assertThat(byCount.size()).isEqualTo(7);
      RawBatch byBytes = Objects.requireNonNull(intake.reader().next(1000, 100));
      assertThat(byBytes.size()).isBetween(9, 10);
      assertThat(byBytes.bytes()).isBetween(99, 110);
      assertThat(byBytes.place(0)).isEqualTo(new Place("x", 8, 8));
      assertThat(new String(byBytes.raw(0), StandardCharsets.UTF_8)).isEqualTo("{\"id\":\"2\"}");
    }
  }

  @Test
  void next_inputThatFails_givesTheRecordsBeforeAndThenThrows() throws IOException {
    InputStream failing =
        new SequenceInputStream(
            new ByteArrayInputStream(utf8(TWO_LINES + "{\"id\":")),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the line went dead");
              }

              @Override
              public int read(byte[] to, int offset, int length) throws IOException {
                return read();
              }
            });
    try (Intake intake = Intake.open("x", failing, Reading.columns(), ReadOptions.DEFAULT)) {
      RawBatch batch = Objects.requireNonNull(intake.reader().next(1000, 1 << 20));
      assertThat(batch.size()).isEqualTo(3);
      assertThat(batch.problem(2)).isEqualTo(Fault.TRUNCATED.problem());
      assertThatThrownBy(() -> intake.reader().next(1000, 1 << 20))
          .hasMessage("the line went dead");
    }
  }
}
