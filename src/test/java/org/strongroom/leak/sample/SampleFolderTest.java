package org.strongroom.leak.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.report.Report;

/** Samples that are folders, and the hashes by which samples are known again. */
final class SampleFolderTest {
  @TempDir Path folder;

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }

  @Test
  void next_folder_readsAllFilesInOrderOfTheirNames() throws IOException {
    Files.createDirectories(folder.resolve("b/c"));
    Files.writeString(folder.resolve("b/c/2.json"), "{\"n\":\"2\"}");
    Files.writeString(folder.resolve("b-1.json"), "{\"n\":\"1\"}");
    Files.writeString(folder.resolve(".hidden"), "{\"n\":\"0\"}");
    Files.writeString(folder.resolve("中.json"), "{\"n\":\"3\"}");
    Files.writeString(folder.resolve("empty.txt"), "");
    Files.write(folder.resolve("photo.jpg"), HexFormat.of().parseHex("ffd8ffe000104a464946"));
    Files.createSymbolicLink(folder.resolve("link.json"), folder.resolve("中.json"));
    Files.createSymbolicLink(folder.resolve("loop"), folder);

    try (Sample sample = Sample.open(folder, SampleLimits.DEFAULT)) {
      assertThat(SampleReading.values(sample))
          .containsExactly(List.of("0"), List.of("1"), List.of("2"), List.of("3"));
      assertThat(sample.parts())
          .containsExactly(
              new Report.Part("json", "UTF-8", "none", 4, 4),
              new Report.Part("other", "none", "none", 2, 0));
      assertThat(sample.bytes()).hasValue(sample.bytesRead()).hasValue(4 * 9 + 10);
    }
  }

  @Test
  void sha256_ofFolder_isThatOfTheListingOfItsFiles() throws Exception {
    Files.createDirectory(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/a.json"), "{}");
    Files.writeString(folder.resolve("b\\c.txt"), "text");
    String listing = "\\" + sha256("text") + "  b\\\\c.txt\n" + sha256("{}") + "  sub/a.json\n";

    try (Sample sample = Sample.open(folder, SampleLimits.DEFAULT)) {
      SampleReading.values(sample);

      assertThat(sample.sha256().hex()).isEqualTo(sha256(listing));
      assertThat(sample.sha256().hex()).isEqualTo(sha256(listing));
    }
  }

  @Test
  void sha256_ofFileOrStream_isThatOfItsBytes() throws Exception {
    Path file = SampleReading.resource("two.zip");
    byte[] content = Files.readAllBytes(file);
    String expected =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));

    try (Sample sample = Sample.open(file, SampleLimits.DEFAULT);
        Sample stream = SampleReading.sample(content)) {
      assertThatThrownBy(sample::sha256).isInstanceOf(IllegalStateException.class);
      SampleReading.values(sample);
      SampleReading.values(stream);

      assertThat(sample.sha256().hex()).isEqualTo(expected);
      assertThat(stream.sha256().hex()).isEqualTo(expected);
      assertThat(stream.bytes()).isEmpty();
    }
  }

  @Test
  void next_badFileInFolder_isNamed() throws IOException {
    Files.createDirectory(folder.resolve("x"));
    Files.writeString(folder.resolve("x/good.json"), "{\"n\":\"0\"}");
    Files.writeString(folder.resolve("x/zbad.json"), "{\"n\":\"0");

    assertThatThrownBy(() -> SampleReading.values(folder))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("x/zbad.json, line 1");
  }

  @Test
  void next_folderWithoutAnythingToRead_isRefused() throws IOException {
    assertThatThrownBy(() -> SampleReading.values(folder))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("no file to read");

    Files.writeString(folder.resolve("empty.txt"), "");

    assertThatThrownBy(() -> SampleReading.values(folder))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("empty.txt: the file is empty");
  }

  @Test
  void open_missingFile_isRefused() {
    assertThatThrownBy(() -> Sample.open(folder.resolve("none.json"), SampleLimits.DEFAULT))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("none.json");
  }

  @Test
  void next_rowsOfSeveralFiles_tellWhichFileAndRecord() throws IOException {
    Files.writeString(folder.resolve("1.json"), "{\"n\":\"0\"}\n".repeat(1500));
    Files.writeString(folder.resolve("2.json"), "{\"n\":\"0\"}\n".repeat(3));

    try (Sample sample = Sample.open(folder, SampleLimits.DEFAULT)) {
      Rows first = requireNonNull(sample.next());
      Rows second = requireNonNull(sample.next());
      Rows third = requireNonNull(sample.next());

      assertThat(List.of(first.size(), second.size(), third.size())).containsExactly(1000, 500, 3);
      assertThat(List.of(first.firstRecord(), second.firstRecord(), third.firstRecord()))
          .containsExactly(1L, 1001L, 1501L);
      assertThat(List.of(first.file(), second.file(), third.file())).containsExactly(0, 0, 1);
      assertThat(sample.next()).isNull();
      assertThat(sample.next()).isNull();
      assertThat(first.toString()).doesNotContain("0");
    }
  }
}
