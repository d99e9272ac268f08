package org.strongroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.audit.Receipt;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** A picture is written whole or not at all. */
final class PhotoCommandTest {
  @TempDir Path folder;

  private int photo(@Nullable Exception failure) {
    FakeHost host =
        new FakeHost(
            (proxy, method, arguments) -> {
              if (method.getName().equals("image")) {
                ((OutputStream) arguments[1]).write(new byte[100]);
                if (failure != null) {
                  throw failure;
                }
                return new Session.Picture("image/png", new Receipt("log", 7));
              }
              return null;
            });
    return host.run(
        "photo",
        "--collection",
        "residents",
        "--subject",
        "0".repeat(32),
        "--purpose",
        "p",
        "--out",
        file().toString());
  }

  private Path file() {
    return folder.resolve("out.png");
  }

  @Test
  void photo_written_isInTheFile() {
    assertThat(photo(null)).isZero();
    assertThat(file()).hasSize(100);
  }

  @Test
  void photo_brokenOffInAnyWay_leavesNoFile() {
    assertThat(photo(new IOException("the disk is full"))).isEqualTo(1);
    assertThat(file()).doesNotExist();
    assertThat(photo(new VaultException(ErrorCode.UNREACHABLE, "it broke"))).isEqualTo(1);
    assertThat(file()).doesNotExist();
  }

  @Test
  void photo_fileThatIsThere_staysAsItIs() throws IOException {
    Files.writeString(file(), "another picture");
    assertThat(photo(null)).isEqualTo(1);
    assertThat(file()).hasContent("another picture");
  }
}
