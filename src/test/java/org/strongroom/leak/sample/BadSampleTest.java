package org.strongroom.leak.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** What cannot be read is refused with its reason and place, and never with a value. */
final class BadSampleTest {
  private static final String SECRET = "110101199003077731";

  private static void assertRefused(byte[] content, String... reasons) {
    assertRefused(new ByteArrayInputStream(content), SampleLimits.DEFAULT, reasons);
  }

  private static void assertRefused(InputStream in, SampleLimits limits, String... reasons) {
    assertThatThrownBy(
            () -> {
              try (Sample sample = Sample.open(in, limits)) {
                while (sample.next() != null) {
                  // What is refused may stand at the end.
                }
              }
            })
        .isInstanceOfSatisfying(
            VaultException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.UNREADABLE_INPUT);
              assertThat(e).hasMessageContainingAll(reasons);
              assertThat(e.toString()).doesNotContain(SECRET);
            });
  }

  private static byte[] resource(String name) throws IOException {
    return Files.readAllBytes(SampleReading.resource(name));
  }

  private static byte[] cut(byte[] whole, int by) {
    return Arrays.copyOf(whole, whole.length - by);
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private static byte[] lines(int length) {
    byte[] out = new byte[length];
    for (int i = 0; i < length; i++) {
      out[i] = (byte) (i % 2 == 0 ? 'a' : '\n');
    }
    return out;
  }

  @Test
  void next_emptyFileOrArchive_saysSo() throws IOException {
    assertRefused(new byte[0], "empty");
    assertRefused(gzip(new byte[0]), "empty");
    assertRefused(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, "empty");
    assertRefused(HexFormat.of().parseHex("504b0506" + "00".repeat(18)), "holds no file");
  }

  @ParameterizedTest
  @CsvSource({
    "array.json, 1, ends in the middle",
    "array.json, 30, ends in the middle",
    "lines.ndjson, 9, ends in the middle",
    "lines.ndjson.gz, 1, gzip data ends in the middle",
    "lines.ndjson.gz, 200, gzip data ends in the middle",
    "lines.ndjson.zst, 9, zstd data ends in the middle",
    "stored.zip, 30, zip data ends in the middle",
    "two.zip, 900, zip data ends in the middle",
    "book.xlsx, 2000, ends in the middle",
    "pg-copy.sql, 500, ends in the middle",
    "sqlite.sql, 40, ends in the middle",
  })
  void next_truncated_saysWhere(String file, int by, String reason) throws IOException {
    assertRefused(cut(resource(file), by), "the sample", reason);
  }

  @Test
  void next_truncatedJson_namesLineAndRecord() {
    String json = "{\"a\":\"" + SECRET + "\"}\n{\"a\":\"" + SECRET + "\"}\n{\"a\":\"" + SECRET;

    assertRefused(json.getBytes(UTF_8), "line 3", "record 3");
  }

  @Test
  void next_invalidJson_namesLineNotContent() {
    String json = "{\"a\":1}\n{\"a\":" + SECRET + "x}\n";

    assertRefused(json.getBytes(UTF_8), "line 2", "record 2", "not valid JSON");
  }

  @Test
  void next_jsonTooDeep_isRefused() {
    assertRefused(("{\"a\":".repeat(100) + "1" + "}".repeat(100)).getBytes(UTF_8), "nested");
  }

  @Test
  void next_unclosedQuote_namesTheLine() {
    String table = "name,phone\n" + "a,13800138000\n".repeat(2000) + "\"" + SECRET + ",1\nb,2\n";

    assertRefused(table.getBytes(UTF_8), "line 2002", "quoted cell without an end");
  }

  @Test
  void next_damagedPacking_isRefused() throws IOException {
    for (String file : new String[] {"lines.ndjson.gz", "lines.ndjson.zst", "two.zip"}) {
      byte[] content = resource(file);
      for (int i = 150; i < 170; i++) {
        content[i] ^= 0x55;
      }
      assertRefused(content, "the sample");
    }
  }

  @Test
  void next_encryptedZip_asksForItsContents() throws IOException {
    assertRefused(resource("locked.zip"), "encrypted");
  }

  @Test
  void next_gzipBomb_isStoppedEarly() throws IOException {
    byte[] bomb = gzip(lines(128 << 20));

    assertRefused(bomb, "zip bomb");
    assertRefused(gzip(bomb), "zip bomb");
  }

  @Test
  void next_zipBomb_isStoppedEarly() throws IOException {
    assertRefused(zip("a.txt", lines(64 << 20)), "a.txt", "zip bomb");
  }

  @Test
  void next_zstdBomb_isStoppedEarly() {
    assertRefused(Zstd.compress(lines(64 << 20)), "zip bomb");
  }

  @Test
  void next_moreThanMayBeUnpacked_isRefused() throws IOException {
    SampleLimits limits = new SampleLimits(10_000, 1_000, 3, 100, 1 << 20, 1 << 20);
    byte[] lines = resource("lines.ndjson");
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 100; i++) {
      many.write(lines);
    }

    assertRefused(
        new ByteArrayInputStream(gzip(many.toByteArray())), limits, "larger than 10,000 bytes");
  }

  @Test
  void next_packedTooOften_isRefused() throws IOException {
    byte[] thrice = zip("a", gzip(gzip(resource("lines.ndjson"))));

    assertThat(SampleReading.values(new ByteArrayInputStream(thrice))).hasSize(5);
    assertRefused(gzip(thrice), "more than 3 packings");
  }

  @Test
  void next_tooManyFiles_isRefused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < 20; i++) {
        zip.putNextEntry(new ZipEntry(i + ".txt"));
        zip.write('x');
      }
    }
    SampleLimits limits = new SampleLimits(10_000, 1_000, 3, 10, 1 << 20, 1 << 20);

    assertRefused(new ByteArrayInputStream(out.toByteArray()), limits, "more than 10 files");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":\"", "", "a,b,c\nd,e,f\ng,\"", "INSERT INTO t VALUES ('"})
  void next_gigabyteOnOneLine_isRefused(String beginning) {
    InputStream endless =
        new SequenceInputStream(
            new ByteArrayInputStream(beginning.getBytes(UTF_8)),
            new Repeated((byte) 'x', 1L << 30));
    assertRefused(endless, SampleLimits.DEFAULT, "longer than");
  }

  @ParameterizedTest
  @CsvSource({
    "89504e470d0a1a0a0000000d49484452, PNG",
    "255044462d312e370a, PDF",
    "53514c69746520666f726d6174203300, SQLite",
    "d0cf11e0a1b11ae1000000000000, old Office document",
    "377abcaf271c0004, 7z",
    "0001020304050607000000ff00fe00fd, binary",
    "fffe0000610000006200000063000000, encoding that is not known",
  })
  void next_binary_saysWhatItIs(String hex, String what) {
    assertRefused(HexFormat.of().parseHex(hex), what);
  }

  @Test
  void next_textThatTurnsToNoise_isRefusedAsBinary() {
    byte[] noise = new byte[4 << 20];
    Arrays.fill(noise, (byte) 0xff);
    Arrays.fill(noise, 0, 1 << 20, (byte) 'a');
    for (int i = 60; i < 1 << 20; i += 60) {
      noise[i] = '\n';
    }

    assertRefused(noise, "binary");
  }

  @Test
  void next_officeDocumentThatIsNoWorkbook_isRefused() throws IOException {
    assertRefused(zip("[Content_Types].xml", "<a/>".getBytes(UTF_8)), "other than an Excel");
  }

  @Test
  void next_workbookLargerThanMemoryAllows_isRefused() throws IOException {
    SampleLimits limits = new SampleLimits(1 << 20, 1_000, 3, 100, 1 << 20, 1_000);

    assertRefused(
        new ByteArrayInputStream(resource("book.xlsx")), limits, "save its sheets as CSV");
  }

  @Test
  void next_recordWithAValueForEachPerson_isRefused() {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < 200_000; i++) {
      json.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":1");
    }

    assertRefused(json.append('}').toString().getBytes(UTF_8), "record 1", "too large");
  }

  @Test
  void next_archiveNameWithControlCharacters_isShownWithout() throws IOException {
    byte[] zip = zip("a\u001b[31m\n.json", "{\"a\":".getBytes(UTF_8));

    assertRefused(zip, "a?[31m?.json");
  }

  @Test
  void next_inputThatFails_isNoFaultOfTheSample() {
    InputStream failing =
        new SequenceInputStream(
            new ByteArrayInputStream("[{\"a\":1},".getBytes(StandardCharsets.US_ASCII)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the cable was pulled");
              }

              @Override
              public int read(byte[] to, int offset, int length) throws IOException {
                return read();
              }
            });

    assertThatThrownBy(() -> SampleReading.values(failing))
        .isInstanceOf(IOException.class)
        .hasMessage("the cable was pulled");
  }
}
