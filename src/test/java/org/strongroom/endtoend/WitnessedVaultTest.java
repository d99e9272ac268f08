package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.translog.PlainNote;
import org.strongroom.translog.TlogProof;

/** A vault whose log three witnesses watch, two of which must cosign, each in its own process. */
final class WitnessedVaultTest {
  @TempDir private Path folder;
  private final List<WitnessProcess> witnesses = new ArrayList<>();
  private Program program;
  private VaultFolder vault;
  private String log;
  private Register.Person person;

  @BeforeEach
  void makeWitnessedVault() throws IOException {
    Program plain = Program.in(folder.resolve("work"));
    vault = VaultFolder.make(plain, "investigator", "auditor", "administrator");
    program = plain.onVault(vault.directory());
    Register register = Register.write(folder, "csv", 20);
    person = register.kept().get(0);
    program.done(register.importLine());

    log = program.done("audit", "witnesses", "show").out().lines().findFirst().orElseThrow();
    log = log.substring("log ".length());
    StringBuilder policy = new StringBuilder("log " + log + "\n");
    for (String name : List.of("w1", "w2", "w3")) {
      WitnessProcess witness = new WitnessProcess(plain, name, log);
      witnesses.add(witness);
      policy.append(witness.line());
    }
    Path file = folder.resolve("policy.txt");
    Files.writeString(file, policy + "group two-of-three 2 w1 w2 w3\nquorum two-of-three\n");
    program.done("audit", "witnesses", "apply", file.toString());
  }

  @AfterEach
  void stopAll() {
    witnesses.forEach(WitnessProcess::close);
  }

  private List<String> keys() {
    return witnesses.stream().map(WitnessProcess::key).toList();
  }

  private Curl investigator(Served served) {
    return Curl.to(served).withToken(vault.token("investigator"));
  }

  /** Nothing of the person, in the headers or the body, as it is or in other bytes. */
  private void requireNothingOfThePerson(String answer) {
    List<String> values = new ArrayList<>(person.values().values());
    values.add(person.phone().substring(3));
    values.removeIf(value -> value.length() < 2 || value.equals("female") || value.equals("male"));
    assertThat(answer).isNotEmpty().doesNotContain(values.toArray(String[]::new));
  }

  private Curl.Reply requireRefused(Curl.Reply reply) {
    requireNothingOfThePerson(reply.head() + reply.text());
    return reply.refused("unwitnessed");
  }

  private void put(Served served, String unwitnessed) {
    Curl.to(served)
        .withToken(vault.token("administrator"))
        .with("--request", "PUT", "-H", "Content-Type: text/plain")
        .with("--data-binary", "@" + folder.resolve("policy.txt"))
        .get("/v1/audit/witnesses?unwitnessed=" + unwitnessed)
        .good();
  }

  /** What the log has of a kind, newest first. */
  private List<JsonNode> entries(Served served, String kind) throws IOException {
    Curl.Reply reply =
        Curl.to(served)
            .withToken(vault.token("auditor"))
            .get("/v1/audit/entries?kind=" + kind)
            .good();
    List<JsonNode> out = new ArrayList<>();
    for (String line : reply.text().strip().split("\n", -1)) {
      JsonNode entry = Curl.parse(line).get("entry");
      if (entry != null) {
        out.add(entry);
      }
    }
    return out;
  }

  @Test
  void find_twoOfThreeWitnesses_leavesWithTheirCosignaturesOrNotAtAll() throws Exception {
    try (Served served = Served.start(program)) {
      JsonNode found = investigator(served).find(person.phone()).good().json();
      assertThat(found.at("/matches/0/fields/name").asText()).isEqualTo(person.value("name"));
      requireProof(served, found.at("/receipt/index").asLong());

      witnesses.get(2).kill();
      investigator(served).find(person.phone()).good();

      witnesses.get(1).kill();
      int disclosures = entries(served, "disclosure").size();
      Curl.Reply refused = requireRefused(investigator(served).find(person.phone()));
      assertThat(refused.json().get("detail").asText())
          .contains("nothing is disclosed", "two-of-three", "w2: it cannot be reached");
      assertThat(entries(served, "disclosure")).hasSize(disclosures + 1);
      requireNothingOfThePerson(served.running().err());

      put(served, "proceed");
      investigator(served).find(person.phone()).good();
      await()
          .untilAsserted(
              () ->
                  assertThat(entries(served, "vault").get(0).get("outcome").asText())
                      .isEqualTo("too few witnesses cosign"));
      assertThat(served.running().err()).contains("ERROR", "alarm: too few");

      put(served, "wait");
      int before = entries(served, "disclosure").size();
      Process waiting = investigator(served).finding(person.phone());
      await().until(() -> entries(served, "disclosure").size() == before + 1);
      assertThat(waiting.isAlive()).isTrue();
      witnesses.get(1).start();
      Curl.Reply answered = Curl.end(waiting).good();
      assertThat(answered.text()).contains(person.value("name"));

      requireEndWhileWaiting(served);
    }
  }

  /** A disclosure's proof, by a vault's own command in an empty folder, and by none of ours. */
  private void requireProof(Served served, long index) throws Exception {
    Path away = folder.resolve("away");
    Program stranger = Program.in(away);
    Curl.Reply proof = investigator(served).get("/v1/audit/proof/" + index).good();
    Path file = Files.write(away.resolve("mine.tlog-proof"), proof.body().toArray());
    String policy =
        investigator(served).get("/v1/audit/witnesses").good().json().get("policy").asText();
    Files.writeString(away.resolve("policy.txt"), policy);
    JsonNode verified =
        stranger
            .done("audit", "verify", file.toString(), "--policy", "policy.txt", "--json")
            .json();
    assertThat(verified.get("index").asLong()).isEqualTo(index);
    assertThat(verified.get("witnesses").size()).isGreaterThanOrEqualTo(2);
    byte[] leaf = Objects.requireNonNull(TlogProof.parse(proof.body().toArray()).extra()).toArray();
    assertThat(PlainNote.proves(proof.body().toArray(), leaf, log, keys(), 2)).isTrue();
  }

  /** Told to wait, without witnesses, and told to end. */
  private void requireEndWhileWaiting(Served served) throws Exception {
    witnesses.get(0).kill();
    witnesses.get(1).kill();
    int before = entries(served, "disclosure").size();
    Process waiting = investigator(served).finding(person.phone());
    await().until(() -> entries(served, "disclosure").size() == before + 1);
    served.running().signal("TERM");
    requireRefused(Curl.end(waiting));
    assertThat(served.running().end().exit()).isEqualTo(128 + 15);
    assertThat(served.running().err()).doesNotContain("\tat ", "still in flight");
  }

  @Test
  void find_vaultPutBackToAnOlderCopy_isRefusedByWitnessesAndNamedByVerify() throws Exception {
    VaultFolder older = vault.copiedTo(Files.createDirectories(folder.resolve("older")));
    try (Served served = Served.start(program)) {
      for (int i = 0; i < 5; i++) {
        investigator(served).find(person.phone()).good();
      }
      served.stop();
    }
    JsonNode sound = program.done("verify", "--json").json();
    assertThat(sound.get("faults")).isEmpty();
    assertThat(sound.at("/summary/witnesses").toString()).contains("w1: it cosigned ", "w3: ");

    Program back = Program.in(folder.resolve("work")).onVault(older.directory());
    String said = back.run("verify").out();
    assertThat(said).contains("rolled back: AUDIT_ENTRIES ", "w2: it cosigned ");
    try (Served served = Served.start(back)) {
      for (int i = 0; i < 8; i++) {
        String why =
            requireRefused(investigator(served).find(person.phone())).json().get("detail").asText();
        assertThat(why)
            .containsAnyOf("it has cosigned a log of ", "it has cosigned another history");
      }
      served.running().signal("TERM");
      served.running().end();
    }
    // By now it is longer than what the witnesses have seen, and another.
    JsonNode forked = back.run("verify", "--json").json();
    assertThat(forked.at("/faults/0/code").asText()).isEqualTo("forked");

    witnesses.get(0).kill();
    JsonNode alone = program.done("verify", "--json").json();
    assertThat(alone.get("faults")).isEmpty();
    assertThat(alone.at("/summary/witnesses").toString()).contains("w1: it cannot be reached");
  }
}
