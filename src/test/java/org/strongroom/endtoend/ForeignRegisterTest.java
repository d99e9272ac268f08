package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.app.Inside;
import org.strongroom.vault.FindResponse;

/**
 * Residents of another register come in whole: none is lost, none invented, none changed. The
 * system property {@code strongroom.records} says how many there are (20,000).
 */
final class ForeignRegisterTest {
  private static final long RECORDS = Long.getLong("strongroom.records", 20_000);
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOVED = 200;

  @TempDir private Path folder;
  private Program program;
  private VaultFolder vault;

  @BeforeEach
  void makeVault() {
    Program plain = Program.in(folder).withJvm("-Xmx1g");
    vault = VaultFolder.make(plain, "investigator", "protection-officer");
    program = plain.onVault(vault.directory());
  }

  @Test
  void import_csvOfAnotherRegister_keepsEveryoneOnce() throws IOException {
    Register register = Register.write(folder, "csv", RECORDS, "--broken", "0.02");
    Counts truth = Counts.of(register);
    Path rejects = folder.resolve("rejects");

    JsonNode first = summary(register, rejects);
    truth.requireIn(first, truth.kept, 0, 0);
    assertThat(first.get("unknown_columns").properties()).hasSize(1);
    assertThat(first.get("unknown_columns").get("BZ").asLong()).isEqualTo(RECORDS / 10);
    requireRejects(register, rejects);

    truth.requireIn(summary(register, rejects), 0, 0, truth.kept);
    requireRejects(register, rejects);

    try (Inside inside = vault.inside()) {
      assertThat(found(inside, register)).isEqualTo(truth.kept);
      requireNobodyElse(inside, truth.kept);
    }
  }

  @Test
  void import_jsonArrayOfTheSameRegister_changesOnlyWhoMoved() throws IOException {
    Register array =
        Register.write(folder, "json", RECORDS, "--columns", "english", "--broken", "0.02");
    Counts truth = Counts.of(array);
    truth.requireIn(summary(array, folder.resolve("rejects")), truth.kept, 0, 0);
    requireRejects(array, folder.resolve("rejects"));
    try (Inside inside = vault.inside()) {
      assertThat(found(inside, array)).isEqualTo(truth.kept);
      requireNobodyElse(inside, truth.kept);
    }

    Register csv = Register.write(folder, "csv", RECORDS, "--broken", "0.02");
    truth.requireIn(summary(csv, folder.resolve("rejects-2")), 0, 0, truth.kept);

    List<Register.Person> movers = array.kept().subList(0, MOVED);
    Path moved = folder.resolve("moved.ndjson");
    try (BufferedWriter out = Files.newBufferedWriter(moved)) {
      for (Register.Person person : movers) {
        ObjectNode row = JSON.createObjectNode();
        person.fields().forEach((field, value) -> row.put(field, value.toString()));
        out.write(row.put("phone", newPhone(person)).put("address", "西安市碑林区1号") + "\n");
      }
    }
    JsonNode update =
        program.done("import", "--collection", "residents", "--json", moved.toString()).json();
    assertThat(update.get("updated").asLong()).isEqualTo(MOVED);
    assertThat(update.get("read").asLong()).isEqualTo(MOVED);
    try (Inside inside = vault.inside()) {
      for (Register.Person person : movers) {
        requireMoved(inside, person);
      }
    }
  }

  /** Mobile numbers with the prefix 192, which the script does not use. */
  private static String newPhone(Register.Person person) {
    return String.format("+86192%08d", person.n());
  }

  private static void requireMoved(Inside inside, Register.Person person) {
    Map<String, Object> now = person.fields();
    now.put("phone", newPhone(person));
    now.put("address", "西安市碑林区1号");
    for (Map<String, String> where :
        List.of(
            Map.of("phone", newPhone(person)),
            Map.of("resident_id", person.residentId()),
            Map.of("name", person.value("name"), "date_of_birth", person.value("date_of_birth")))) {
      List<FindResponse.Found> found =
          inside.find(where, false).stream()
              .filter(it -> person.residentId().equals(it.fields().get("resident_id")))
              .toList();
      assertThat(found).hasSize(1);
      assertThat(found.get(0).fields()).isEqualTo(now);
      assertThat(found.get(0).version()).isEqualTo(2);
    }
    assertThat(inside.find(Map.of("phone", person.phone()), false)).isEmpty();
    List<FindResponse.Found> all = inside.find(Map.of("resident_id", person.residentId()), true);
    assertThat(all).extracting(FindResponse.Found::version).containsExactly(2, 1);
    assertThat(all.get(1).fields()).isEqualTo(person.fields());
  }

  private JsonNode summary(Register register, Path rejects) {
    return program.done(register.importLine("--rejects", rejects.toString())).json();
  }

  private static long found(Inside inside, Register register) {
    return Everyone.requireFound(Everyone.in(inside), register, 1, "resident_id", "phone");
  }

  /** As many people and current versions as were kept: nothing half written, nothing twice. */
  private static void requireNobodyElse(Inside inside, long kept) {
    Inventory inventory = Inventory.of(inside.store());
    assertThat(inventory.subjects()).isEqualTo(kept);
    assertThat(inventory.records()).isEqualTo(kept);
  }

  /** The rejects file says of just the broken records on which line they stand and why. */
  private void requireRejects(Register register, Path rejects) throws IOException {
    Map<Long, String> expected = new HashMap<>();
    try (Stream<Register.Person> people = register.people()) {
      people.filter(it -> !it.kept()).forEach(it -> expected.put(it.line(), it.code()));
    }
    Map<Long, String> said = new HashMap<>();
    try (BufferedReader in = Files.newBufferedReader(rejects)) {
      for (String line; (line = in.readLine()) != null; ) {
        JsonNode reject = JSON.readTree(line);
        assertThat(reject.get("reasons")).hasSize(1);
        said.put(reject.get("line").asLong(), reject.get("reasons").get(0).get("code").asText());
      }
    }
    assertThat(said).isEqualTo(expected);

    Program.Ended opened =
        program
            .withToken(vault.token("protection-officer"))
            .done("rejects", "--json", rejects.toString());
    Map<Long, String> raw = new HashMap<>();
    for (String line : opened.out().lines().toList()) {
      JsonNode reject = JSON.readTree(line);
      raw.put(reject.get("line").asLong(), reject.get("raw").asText());
    }
    assertThat(raw.keySet()).isEqualTo(expected.keySet());
    try (Stream<String> lines = Files.lines(register.file())) {
      long number = 0;
      for (Iterator<String> all = lines.iterator(); all.hasNext(); ) {
        String line = all.next();
        String reject = raw.get(++number);
        if (reject != null) {
          assertThat(reject.lines().findFirst().orElseThrow()).isEqualTo(line.strip());
        }
      }
    }
  }

  /** What the truth says an import must come to. */
  private record Counts(long kept, long rejected, Map<String, Long> reasons) {
    static Counts of(Register register) {
      Map<String, Long> reasons = new TreeMap<>();
      long[] kept = new long[1];
      try (Stream<Register.Person> people = register.people()) {
        people.forEach(
            person -> {
              if (person.kept()) {
                kept[0]++;
              } else {
                reasons.merge(person.code(), 1L, Long::sum);
              }
            });
      }
      long rejected = reasons.values().stream().mapToLong(Long::longValue).sum();
      assertThat(kept[0] + rejected).isEqualTo(RECORDS);
      assertThat(reasons).as("kinds of broken records").hasSize(10);
      return new Counts(kept[0], rejected, reasons);
    }

    void requireIn(JsonNode summary, long nowKept, long updated, long unchanged) {
      assertThat(summary.get("read").asLong()).isEqualTo(RECORDS);
      assertThat(summary.get("kept").asLong()).isEqualTo(nowKept);
      assertThat(summary.get("updated").asLong()).isEqualTo(updated);
      assertThat(summary.get("unchanged").asLong()).isEqualTo(unchanged);
      assertThat(summary.get("rejected").asLong()).isEqualTo(rejected);
      Map<String, Long> said = new TreeMap<>();
      summary
          .get("reasons")
          .properties()
          .forEach(it -> said.put(it.getKey(), it.getValue().asLong()));
      assertThat(said).isEqualTo(reasons);
      assertThat(summary.get("warnings").properties()).isEmpty();
      assertThat(summary.get("faults")).isEmpty();
    }
  }
}
