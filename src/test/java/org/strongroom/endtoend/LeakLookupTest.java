package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** People ask whether they are in a leak: by the program, and by clients that are none of ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LeakLookupTest {
  private static final String LEAKED =
      """
      name,phone,mail,id
      Li Mei,138 0013 8000,Li.Mei@Example.com,11010519491231002X
      Wang Gang,+8613900139000,wang@example.com,440524188001010014
      "no one",12,not an address,11010519491231002Y
      """;

  private Program program;
  private VaultFolder vault;
  private Path script;

  @BeforeAll
  void register(@TempDir Path folder) throws IOException {
    program = Program.in(folder);
    vault = VaultFolder.make(program, "enquirer", "clerk", "protection-officer");
    program = program.onVault(vault.directory());
    Files.writeString(folder.resolve("sample.csv"), LEAKED);
    JsonNode leak =
        program
            .withToken(vault.token("protection-officer"))
            .done(
                "leak",
                "register",
                "sample.csv",
                "--name",
                "Register copy",
                "--date",
                "2022-06-30",
                "--note",
                "Turn to your police station.",
                "--json")
            .json();
    assertThat(leak.get("number").asInt()).isEqualTo(1);
    for (JsonNode extent : leak.get("extents")) {
      assertThat(extent.get("identifiers").asInt()).as(extent.toString()).isEqualTo(2);
    }
    script = folder.resolve("lookup_client.py");
    try (InputStream in = LeakLookupTest.class.getResourceAsStream("lookup_client.py")) {
      Files.copy(Objects.requireNonNull(in), script);
    }
  }

  private static void requireFound(Program enquirer, String kind, String value) {
    Program.Ended ended = enquirer.typing(value + "\n").done("leak", "lookup", kind, "-");
    assertThat(ended.out())
        .isEqualTo(
            "found in leak \"Register copy\" of 2022-06-30\n  Turn to your police station.\n");
  }

  @Test
  void lookup_inTheDirectory_findsWhatWasRegisteredAndNothingElse() {
    Program enquirer = program.withToken(vault.token("enquirer"));
    requireFound(enquirer, "--email", "li.mei@example.com");
    requireFound(enquirer, "--phone", "13800138000");
    requireFound(enquirer, "--resident-id", "11010519491231002x");
    JsonNode not =
        enquirer.typing("13700137000\n").done("leak", "lookup", "--phone", "-", "--json").json();
    assertThat(not.get("found").asBoolean()).isFalse();
    assertThat(not.get("leaks")).isEmpty();
    program
        .typing("13700137000\n")
        .run("leak", "lookup", "--phone", "-")
        .failedWith("not_authenticated");
    program
        .withToken(vault.token("clerk"))
        .typing("13700137000\n")
        .run("leak", "lookup", "--phone", "-")
        .failedWith("denied");
    enquirer.run("leak", "lookup", "--phone", "13700137000").failedWith("bad_request");
  }

  @Test
  void lookup_atAServer_worksForOurProgramAndForOthers() {
    try (Served served = Served.start(program)) {
      Program enquirer = served.client(program).withToken(vault.token("enquirer"));
      requireFound(enquirer, "--email", "wang@example.com");
      requireFound(enquirer, "--phone", "+86 139 0013 9000");

      Curl curl = Curl.to(served).withToken(vault.token("enquirer"));
      assertThat(foundByAStranger(curl, "email", python("key", "li.mei@example.com"))).isTrue();
      assertThat(foundByAStranger(curl, "email", python("key", "nobody@example.com"))).isFalse();
      assertThat(foundByAStranger(curl, "phone", evaluated(curl, "+8613800138000"))).isTrue();
      assertThat(foundByAStranger(curl, "phone", evaluated(curl, "+8613800138001"))).isFalse();
      assertThat(foundByAStranger(curl, "resident_id", evaluated(curl, "440524188001010014")))
          .isTrue();
      // A plain hash of a number leads nowhere.
      assertThat(foundByAStranger(curl, "phone", python("key", "+8613800138000"))).isFalse();

      Curl.to(served).get("/v1/leaks/ranges/email/0000").refused("not_authenticated");
      Curl.to(served)
          .withToken(vault.token("clerk"))
          .get("/v1/leaks/ranges/email/0000")
          .refused("denied");
    }
  }

  /** Whether the range of a prefix holds the suffix, by curl and this line of text alone. */
  private static boolean foundByAStranger(Curl curl, String kind, List<String> key) {
    Curl.Reply range = curl.get("/v1/leaks/ranges/" + kind + "/" + key.get(0)).good();
    assertThat(range.head().toLowerCase(java.util.Locale.ROOT)).contains("cache-control: no-store");
    assertThat(range.text().lines()).hasSize(64).allMatch(line -> line.length() == 32);
    return range.text().lines().anyMatch(line -> line.equals(key.get(1) + ":001"));
  }

  /** The prefix and suffix of a number, by a client of its own. */
  private List<String> evaluated(Curl curl, String number) {
    List<String> blinded = python("blind", number);
    JsonNode answer =
        curl.with(
                "-H",
                "Content-Type: application/json",
                "--data",
                "{\"blinded\":[\"" + blinded.get(0) + "\"]}")
            .get("/v1/leaks/evaluations")
            .good()
            .json();
    return python("finish", number, blinded.get(1), answer.get("evaluated").get(0).asText());
  }

  private List<String> python(String... arguments) {
    List<String> command = new ArrayList<>(List.of("python3", script.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(process.waitFor()).isZero();
      return List.of(said.strip().split(" ", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
