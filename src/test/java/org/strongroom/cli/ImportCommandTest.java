package org.strongroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.ingest.ImportSummary;
import org.strongroom.ingest.Receipts;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** What an import of several files says. */
final class ImportCommandTest {
  @TempDir Path folder;

  /** What is printed when the import of the files, of ten records each, runs. */
  private String said(int exit, String... files) throws Exception {
    long[] index = {0};
    FakeHost host =
        new FakeHost(
            (proxy, method, arguments) -> {
              if (!method.getName().equals("importFile")) {
                return null;
              }
              if (arguments[0].toString().endsWith("bad")) {
                throw new VaultException(ErrorCode.UNREADABLE_INPUT, "bad: no such thing");
              }
              index[0] += 10;
              return new ImportSummary(
                  10,
                  10,
                  0,
                  0,
                  0,
                  Map.of(),
                  Map.of(),
                  Map.of(),
                  List.of(),
                  1,
                  new Receipts("log", index[0], index[0] + 3));
            });
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      List<String> line = new java.util.ArrayList<>(List.of("import", "--collection", "residents"));
      line.add("--rejects");
      line.add(folder.resolve("rejects").toString());
      for (String file : files) {
        line.add(Files.writeString(folder.resolve(file), "x").toString());
      }
      assertThat(host.run(line.toArray(String[]::new))).isEqualTo(exit);
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void import_severalFiles_isSummedUpWithTheEntriesItSpans() throws Exception {
    assertThat(said(0, "one", "two"))
        .contains("read 20: kept 20")
        .contains("entries 10 to 23 of the log log");
  }

  @Test
  void import_laterFileFails_tellsWhatTheEarlierOnesCameTo() throws Exception {
    assertThat(said(1, "one", "two", "bad", "three"))
        .contains("read 20: kept 20")
        .contains("entries 10 to 23 of the log log");
  }

  @Test
  void import_firstFileFails_sumsNothingUp() throws Exception {
    assertThat(said(1, "bad", "one")).isEmpty();
  }
}
