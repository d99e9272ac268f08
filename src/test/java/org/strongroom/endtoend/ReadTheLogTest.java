package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code strongroom audit} on a directory and on a server: the same log, the same words. */
final class ReadTheLogTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  private static List<JsonNode> lines(Program.Ended ended) throws IOException {
    List<JsonNode> out = new ArrayList<>();
    for (String line : ended.out().strip().split("\n", -1)) {
      out.add(JSON.readTree(line));
    }
    return out;
  }

  @Test
  void audit_onADirectoryAndOverHttps_showsWhoDidWhat() throws Exception {
    Program plain = Program.in(folder.resolve("work"));
    VaultFolder vault = VaultFolder.make(plain, "auditor", "clerk");
    Program program = plain.onVault(vault.directory());
    requireLog(program, vault);
    try (Served served = Served.start(program)) {
      requireLog(served.client(program), vault);
      served.stop();
    }
  }

  private static void requireLog(Program program, VaultFolder vault) throws IOException {
    Program auditor = program.withToken(vault.token("auditor"));
    Program clerk = program.withToken(vault.token("clerk"));

    // A denial says where it stands, in words and as JSON.
    String denied = clerk.run("audit", "list").failedWith("denied").err();
    JsonNode problem = JSON.readTree(clerk.run("audit", "list", "--json").err());
    long index = problem.at("/receipt/index").asLong();
    assertThat(problem.get("error").asText()).isEqualTo("denied");
    assertThat(denied).contains("This denial is entry " + (index - 1) + " of the audit log");

    List<JsonNode> listed =
        lines(
            auditor.done(
                "audit",
                "list",
                "--actor",
                "the-clerk",
                "--kind",
                "denial",
                "--from",
                "1h",
                "--json"));
    assertThat(listed.get(0).at("/entry/index").asLong()).isEqualTo(index);
    assertThat(listed.get(1).at("/entry/index").asLong()).isEqualTo(index - 1);
    JsonNode summary = listed.get(listed.size() - 1).get("summary");
    assertThat(summary.get("entries").asInt()).isEqualTo(listed.size() - 1);

    String text = auditor.done("audit", "list", "--limit", "3").out();
    assertThat(text.lines()).hasSize(5);
    assertThat(text).contains("audit", "the-auditor", "more: --before ", "this reading is entry ");
    assertThat(auditor.done("audit", "list", "--to", "2020-01-01").out()).startsWith("no entry\n");
    assertThat(lines(auditor.done("audit", "list", "--all", "--json")))
        .hasSizeGreaterThan((int) index);

    assertThat(auditor.done("audit", "show", "0").out())
        .contains("outcome     founded\n", "kind        vault\n");
    assertThat(
            auditor
                .done("audit", "show", "" + index, "--json")
                .json()
                .at("/entry/outcome")
                .asText())
        .isEqualTo("read-audit");

    auditor.run("audit", "show", "99999").failedWith("not_found");
    auditor.run("audit", "list", "--from", "soon").failedWith("bad_request");
    assertThat(auditor.run("audit", "show", "first").exit()).isEqualTo(2);
    assertThat(auditor.run("audit", "list", "--limit", "3", "--all").exit()).isEqualTo(2);
  }

  @Test
  void audit_asTheOperator_isDenied() {
    Program plain = Program.in(folder.resolve("work"));
    VaultFolder vault = VaultFolder.make(plain);
    plain.onVault(vault.directory()).run("audit", "list").failedWith("denied");
  }
}
