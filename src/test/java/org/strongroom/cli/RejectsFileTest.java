package org.strongroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.audit.Receipt;
import org.strongroom.ingest.Problem;
import org.strongroom.ingest.RejectedLine;
import org.strongroom.vault.Vault;

/** Rejected records, to the file and back. */
final class RejectsFileTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("rejects");
  }

  private static RejectedLine line(int number, String ciphertext) {
    return new RejectedLine(
        "in", number, number, List.of(new Problem("x.y", "x: is wrong")), ciphertext);
  }

  private void write(RejectedLine... lines) throws IOException {
    try (RejectsFile out = new RejectsFile(file())) {
      for (RejectedLine line : lines) {
        out.accept(line);
      }
      out.end();
    }
  }

  /** An element of 16 MiB, which is the most an import takes, has more than 21 M of base64. */
  @Test
  void parse_largestReject_isReadBack() throws IOException {
    RejectedLine large = line(1, "A".repeat(23_000_000));
    write(large);
    assertThat(RejectsFile.parse(Files.readString(file()).strip(), 1).equals(large)).isTrue();
  }

  @Test
  void end_nothingRejected_takesAwayTheRejectsOfAnEarlierRun() throws IOException {
    write(line(1, "AAAA"));
    assertThat(file()).exists();
    write();
    assertThat(file()).doesNotExist();
  }

  @Test
  void end_nothingRejected_leavesAFileThatIsNoRejectsAlone() throws IOException {
    for (String content : List.of("", "my notes\n", "{\"name\":\"x\"}\n")) {
      Files.writeString(file(), content);
      write();
      assertThat(file()).hasContent(content);
    }
  }

  @Test
  void close_withoutAnEnd_leavesTheRejectsOfAnEarlierRun() throws IOException {
    write(line(1, "AAAA"));
    new RejectsFile(file()).close();
    assertThat(file()).exists();
  }

  @Test
  void rejects_largeOnes_areNotAllOpenedAtOnce() throws IOException {
    String large = "A".repeat(20_000_000);
    write(line(1, large), line(2, large), line(3, large), line(4, "AAAA"));
    List<Integer> calls = new ArrayList<>();
    FakeHost host =
        new FakeHost(
            (proxy, method, arguments) -> {
              if (!method.getName().equals("openRejects")) {
                return null;
              }
              int count = ((List<?>) arguments[0]).size();
              calls.add(count);
              List<byte[]> opened = new ArrayList<>();
              for (int i = 0; i < count; i++) {
                opened.add(new byte[] {'x'});
              }
              return List.of(new Vault.OpenedRejects(opened, new Receipt("log", 1)));
            });
    assertThat(host.run("rejects", file().toString())).isZero();
    assertThat(calls).containsExactly(2, 2);
  }
}
