package org.strongroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {
  private static final byte[] CONTENT = {(byte) 0xff, (byte) 0xd8, 1, 2};

  @TempDir private Path dir;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.createDirectories(dir.resolve("in/photos"));
    Files.write(dir.resolve("in/photos/x.jpg"), CONTENT);
    Files.write(dir.resolve("in/photos/noname"), CONTENT);
    Files.write(dir.resolve("secret.jpg"), CONTENT);
    Files.createSymbolicLink(dir.resolve("in/out.jpg"), dir.resolve("secret.jpg"));
    Files.createSymbolicLink(dir.resolve("in/up"), dir);
    Files.createSymbolicLink(dir.resolve("in/link.jpg"), Path.of("photos/x.jpg"));
    Files.createDirectory(dir.resolve("in/folder.jpg"));
    try (RandomAccessFile large =
        new RandomAccessFile(dir.resolve("in/large.png").toFile(), "rw")) {
      large.setLength(ImageFiles.MAX_BYTES + 1L);
    }
  }

  private Reading read(String photo) throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("in/x.ndjson"), "{\"id\":\"1\",\"photo\":\"" + photo + "\"}\n");
    try (Intake intake = Intake.open(file, Reading.columns(), ReadOptions.DEFAULT)) {
      return Reading.of(intake);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "photos/x.jpg",
        "file:photos/x.jpg",
        "file:photos/noname",
        "link.jpg",
      })
  void read_fileBesideTheInput_isTakenIn(String photo) throws IOException {
    assertThat(read(photo).values("photo"))
        .containsExactly(Base64.getEncoder().encodeToString(CONTENT));
  }

  @ParameterizedTest
  @CsvSource({
    "photos/y.jpg, image_missing",
    "file:nothing, image_missing",
    "../secret.jpg, image_outside",
    "photos/../photos/x.jpg, image_outside",
    "out.jpg, image_outside",
    "up/secret.jpg, image_outside",
    "file:/etc/hostname, image_outside",
    "/etc/x.png, image_outside",
    "file:, image_unreadable",
    "folder.jpg, image_unreadable",
    "large.png, image_too_large",
  })
  void read_fileThatMustNotBeRead_isRefused(String photo, String code) throws IOException {
    Reading reading = read(photo);
    assertThat(reading.faults()).containsExactly(code + "@1");
    assertThat(reading.rejects().get(0).toString()).doesNotContain("secret", "photos");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/9j/4AAQSkZJRg==", "data:image/jpeg;base64,/9j/x.jpg", "iVBORw0KGgo="})
  void read_contentInPlace_isLeftAlone(String photo) throws IOException {
    assertThat(read(photo).values("photo")).containsExactly(photo);
  }

  @Test
  void read_fileNameInAFieldThatIsNoImage_isText() throws IOException {
    Path file = Files.writeString(dir.resolve("in/x.csv"), "id,name\n1,file:photos/x.jpg\n");
    try (Intake intake = Intake.open(file, Reading.columns(), ReadOptions.DEFAULT)) {
      assertThat(Reading.of(intake).values("name")).containsExactly("file:photos/x.jpg");
    }
  }

  @Test
  void read_fileNameInAStreamFromElsewhere_isRefused() {
    for (@Nullable Format format : new @Nullable Format[] {null, Format.JSON}) {
      Reading reading =
          Reading.of(Reading.utf8("{\"id\":\"1\",\"photo\":\"photos/x.jpg\"}\n"), format);
      assertThat(reading.faults()).containsExactly("image_file_refused@1");
    }
  }
}
