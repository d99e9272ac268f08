package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.app.Inside;

/** A vault behind https: the same commands, the same answers, and no open door. */
final class ServedVaultTest {
  private static final int RECORDS = 4_000;
  private static final String PASSWORD = "Tulip-Anchor-Molten-42";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;
  private Program program;
  private VaultFolder vault;

  @BeforeEach
  void makeVault() {
    Program plain = Program.in(folder.resolve("work"));
    vault = VaultFolder.make(plain, "investigator", "clerk", "administrator");
    program = plain.onVault(vault.directory());
  }

  @Test
  void serve_importedOverHttps_findsEveryoneAndAgainAfterARestart() throws Exception {
    Register register = Register.write(folder, "csv", RECORDS, "--broken", "0.02");
    long kept = register.kept().size();
    Register.Person person = register.kept().get(0);
    try (Served served = Served.start(program)) {
      Program client = served.client(program);
      JsonNode summary =
          client
              .withToken(vault.token("administrator"))
              .done(register.importLine("--rejects", folder.resolve("rejects").toString()))
              .json();
      assertThat(summary.get("read").asLong()).isEqualTo(RECORDS);
      assertThat(summary.get("kept").asLong()).isEqualTo(kept);
      assertThat(summary.get("rejected").asLong()).isEqualTo(RECORDS - kept);
      assertThat(Files.readAllLines(folder.resolve("rejects"))).hasSize((int) (RECORDS - kept));
      requireEveryone(served, register, kept);

      requireMasked(client.withToken(vault.token("clerk")), person);
      requireMasked(curl(served, vault.token("clerk"), person), person);
      program.run("user", "list").failedWith("vault_in_use");
      served.stop();
    }
    try (Served served = Served.start(program)) {
      requireEveryone(served, register, kept);
      served.stop();
    }
    try (Inside inside = vault.inside()) {
      Inventory.requireWholeLog(inside.store());
      assertThat(Inventory.of(inside.store()).subjects()).isEqualTo(kept);
    }
  }

  private void requireEveryone(Served served, Register register, long kept) throws Exception {
    assertThat(
            Everyone.requireFound(
                served.finding(vault.token("investigator")), register, 1, "resident_id", "phone"))
        .isEqualTo(kept);
  }

  private static void requireMasked(Program clerk, Register.Person person) {
    requireMasked(
        clerk
            .typing(person.phone().substring(3) + "\n")
            .done(
                List.of(
                    "find",
                    "--collection",
                    "residents",
                    "--where",
                    "phone=-",
                    "--purpose",
                    "identity-check",
                    "--json"))
            .json(),
        person);
  }

  private static void requireMasked(JsonNode answer, Register.Person person) {
    JsonNode match = answer.get("matches").get(0);
    assertThat(match.get("fields").get("name").asText()).isEqualTo(person.value("name"));
    assertThat(match.get("views").get("phone").asText()).isEqualTo("masked");
    assertThat(answer.toString())
        .doesNotContain(person.residentId(), person.phone().substring(3), person.value("address"));
    assertThat(match.get("fields").has("ethnicity")).isFalse();
    assertThat(answer.get("receipt").get("index").asLong()).isPositive();
  }

  /** The same question by a program that is none of ours. */
  private JsonNode curl(Served served, String token, Register.Person person)
      throws IOException, InterruptedException {
    Path body = folder.resolve("question.json");
    Map<String, Object> question =
        Map.of("where", Map.of("phone", person.phone()), "purpose", "identity-check");
    Files.write(body, JSON.writeValueAsBytes(question));
    return JSON.readTree(
        curl(
            "--cacert",
            served.certificate().toString(),
            "--fail",
            "-H",
            "Authorization: Bearer " + token,
            "-H",
            "Content-Type: application/json",
            "--data-binary",
            "@" + body,
            served.address() + "/v1/collections/residents/find"));
  }

  private static String curl(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("curl", "--silent", "--max-time", "60"));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void serve_askedByNobody_tellsOnlyThatItIsThere() throws Exception {
    try (Served served = Served.start(program)) {
      String ca = served.certificate().toString();
      assertThat(curl("--cacert", ca, "--fail", served.address() + "/v1/health")).isNotEmpty();
      JsonNode refused = JSON.readTree(curl("--cacert", ca, served.address() + "/v1/collections"));
      assertThat(refused.get("code").asText()).isEqualTo("not_authenticated");
      Program client = served.client(program);
      client.run("collection", "list").failedWith("not_authenticated");
      client.withToken(vault.token("clerk")).done("collection", "list");
      client.withToken(vault.token("clerk")).run("user", "list").failedWith("denied");
      client
          .with("STRONGROOM_CA", folder.resolve("none.pem").toString())
          .withToken(vault.token("clerk"))
          .run("collection", "list")
          .failedWith("bad_request");
      served.stop();
      client.withToken(vault.token("clerk")).run("collection", "list").failedWith("unreachable");
    }
  }

  @Test
  void serve_beyondLoopback_needsACertificateAndAnAdministrator() throws Exception {
    String[] open = {"serve", "--listen", "0.0.0.0:0"};
    Program.Ended bare = program.run(open).failedWith("refused_to_listen");
    assertThat(bare.err()).contains("--cert");

    Path certificate = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=vault.test",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString())
            .redirectErrorStream(true)
            .start();
    openssl.getInputStream().readAllBytes();
    assertThat(openssl.waitFor()).isZero();
    List<String> secured = new ArrayList<>(List.of(open));
    secured.addAll(List.of("--cert", certificate.toString(), "--cert-key", key.toString()));

    // The administrator of the other tests is one by token; here there is none at all.
    Program fresh = Program.in(folder.resolve("fresh"));
    VaultFolder unmanned = VaultFolder.make(fresh);
    fresh = fresh.onVault(unmanned.directory());
    Program.Ended nobody = fresh.run(secured).failedWith("refused_to_listen");
    assertThat(nobody.err()).contains("enrol");

    fresh.typing(unmanned.enrolmentCode() + "\n" + PASSWORD + "\n").done("enrol", "anna");
    Program.Running running = fresh.start(secured);
    try {
      String address = running.line("serving on ").substring("serving on ".length());
      String port = address.substring(address.lastIndexOf(':') + 1);
      assertThat(
              curl(
                  "--cacert",
                  certificate.toString(),
                  "--fail",
                  "--resolve",
                  "vault.test:" + port + ":127.0.0.1",
                  "https://vault.test:" + port + "/v1/health"))
          .isNotEmpty();
    } finally {
      running.process().destroyForcibly();
    }
  }
}
