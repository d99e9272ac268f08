package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.BigEndian;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.store.rocksdb.RocksStore;

/**
 * {@code strongroom verify} as it is run: on a directory, on a server, on what cannot be opened.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class VerifyTest {
  private Path folder;
  private VaultFolder vault;

  /** As it was before the import, and its checkpoint then. */
  private VaultFolder older;

  private Path olderCheckpoint;

  @BeforeAll
  void fill(@TempDir Path shared) throws IOException {
    folder = shared;
    Program program = Program.in(folder);
    vault = VaultFolder.make(program, "auditor", "clerk");
    older = vault.copiedTo(Files.createDirectories(folder.resolve("older")));
    olderCheckpoint = checkpoint(older, "older.txt");
    Path residents = folder.resolve("residents.ndjson");
    Files.writeString(residents, program.done("generate", "--count", "300").out());
    program
        .onVault(vault.directory())
        .done("import", "--collection", "residents", residents.toString());
  }

  private VaultFolder copy(String name) {
    try {
      return vault.copiedTo(Files.createDirectories(folder.resolve(name)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Program on(VaultFolder of) {
    return Program.in(folder).onVault(of.directory());
  }

  /** Does something to the rows of a closed vault. */
  private static void store(VaultFolder of, Consumer<Store> change) {
    try (Store store = RocksStore.open(of.directory().resolve("store"))) {
      change.accept(store);
    }
  }

  private static byte[] meta(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  /** The vault's newest checkpoint, as somebody would keep it. */
  private Path checkpoint(VaultFolder of, String file) throws IOException {
    List<byte[]> note = new ArrayList<>();
    store(of, rows -> note.add(Objects.requireNonNull(rows.get(Table.META, meta("checkpoint")))));
    return Files.write(folder.resolve(file), note.get(0));
  }

  /** Codes, tables and entries of the faults that are named. */
  private static List<String> faults(Program.Ended run) {
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(1);
    List<String> out = new ArrayList<>();
    for (JsonNode fault : run.json().get("faults")) {
      out.add(
          fault.get("code").asText()
              + " "
              + fault.get("table").asText()
              + " "
              + fault.get("row").asText()
              + " "
              + fault.path("entry").asText("-"));
    }
    return out;
  }

  @Test
  void verify_soundDirectory_endsWellAndIsLogged() throws IOException {
    VaultFolder sound = copy("sound");
    Path kept = checkpoint(sound, "kept.txt");

    Program.Ended text = on(sound).done("verify");
    JsonNode json =
        on(sound).done("verify", "--json", "--checkpoint", kept.toString()).json().get("summary");

    assertThat(text.out()).startsWith("no faults: ").contains("300 subjects");
    assertThat(json.get("faults").asInt()).isZero();
    assertThat(json.get("entry").asLong()).isEqualTo(json.get("entries").asLong());
    assertThat(text.out()).contains("entry " + (json.get("entry").asLong() - 1));
    on(sound).withToken(sound.token("auditor")).done("verify");
    on(sound).withToken(sound.token("clerk")).run("verify").failedWith("denied");
  }

  @Test
  void verify_server_hearsTheSameWhileItRuns() throws IOException {
    VaultFolder served = copy("served");
    Path foreign = checkpoint(VaultFolder.make(Program.in(folder.resolve("other"))), "foreign.txt");
    store(
        served,
        rows -> {
          try (Store.Cursor first = rows.scan(Table.INDEX, new byte[0])) {
            assertThat(first.next()).isTrue();
            rows.write(new Batch().delete(Table.INDEX, first.key()), Store.Durability.SYNCED);
          }
        });
    try (Served running = Served.start(on(served))) {
      Program auditor = running.client(Program.in(folder)).withToken(served.token("auditor"));

      Program.Ended run =
          auditor.run("verify", "--json", "--checkpoint", olderCheckpoint.toString());
      assertThat(faults(run)).hasSize(1).allMatch(it -> it.startsWith("missing INDEX "));
      assertThat(run.json().get("summary").get("subjects").asInt()).isEqualTo(300);
      assertThat(run.json().get("summary").get("entry").asLong()).isPositive();

      Program.Ended text = auditor.run("verify");
      assertThat(text.exit()).isEqualTo(1);
      assertThat(text.out()).contains("missing: INDEX ", "1 fault: ");
      auditor.run("verify", "--checkpoint", foreign.toString()).failedWith("bad_request");
      running
          .client(Program.in(folder))
          .withToken(served.token("clerk"))
          .run("verify")
          .failedWith("denied");
      running.stop();
    }
  }

  @Test
  void verify_olderCopyOfTheVault_isFoundByAKeptCheckpoint() throws IOException {
    Path kept = checkpoint(vault, "newest.txt");

    assertThat(faults(on(older).run("verify", "--json", "--checkpoint", kept.toString())))
        .hasSize(1)
        .allMatch(it -> it.startsWith("rolled_back AUDIT_ENTRIES "));
    // Without it nothing is found; and the entry that says so makes another history of it.
    on(older).done("verify");
    assertThat(faults(on(older).run("verify", "--json", "--checkpoint", kept.toString())))
        .hasSize(1)
        .allMatch(it -> it.startsWith("forked AUDIT_ENTRIES "));
  }

  /** Each of these keeps the vault from being opened at all. */
  @ParameterizedTest
  @ValueSource(strings = {"vault", "keyset/accounts", "keyset/checkpoint", "keyset/index"})
  void verify_rowWithoutWhichNothingOpens_isNamedAndNothingWritten(String name) {
    for (boolean gone : new boolean[] {true, false}) {
      VaultFolder damaged = copy("damaged-" + name.replace('/', '-') + gone);
      long[] entries = {0, 0};
      store(
          damaged,
          rows -> {
            byte[] value = Objects.requireNonNull(rows.get(Table.META, meta(name))).clone();
            value[value.length / 2] ^= 1;
            Batch change = new Batch();
            rows.write(
                gone
                    ? change.delete(Table.META, meta(name))
                    : change.put(Table.META, meta(name), value),
                Store.Durability.SYNCED);
            entries[0] = last(rows);
          });

      Program.Ended run = on(damaged).run("verify", "--json");

      assertThat(faults(run))
          .containsExactly((gone ? "missing" : "altered") + " META " + name + " 0");
      assertThat(run.json().get("summary").has("entry")).isFalse();
      store(damaged, rows -> entries[1] = last(rows));
      assertThat(entries[1]).isEqualTo(entries[0]);
    }
  }

  private static long last(Store rows) {
    return BigEndian.getLong(Objects.requireNonNull(rows.lastKey(Table.AUDIT_ENTRIES)), 0);
  }

  @Test
  void verify_logThatIsShorterThanItSigned_namesWhatIsMissing() {
    VaultFolder cut = copy("cut");
    long[] last = {0};
    store(
        cut,
        rows -> {
          last[0] = last(rows);
          byte[] key = BigEndian.ofLong(last[0]);
          rows.write(new Batch().delete(Table.AUDIT_ENTRIES, key), Store.Durability.SYNCED);
        });

    on(cut).run("user", "list").failedWith("corrupt");
    assertThat(faults(on(cut).run("verify", "--json")))
        .containsExactly("missing AUDIT_ENTRIES " + last[0] + " " + last[0]);
  }

  @Test
  void verify_withoutTheRightKeyFile_saysSo() throws IOException {
    VaultFolder other = VaultFolder.make(Program.in(folder.resolve("stranger")));
    on(vault).run("verify", "--key-file", other.key().toString()).failedWith("key_file");
    on(vault).run("verify", "--checkpoint", "nowhere.txt").failedWith("bad_request");
    Path nonsense = Files.writeString(folder.resolve("nonsense.txt"), "nonsense\n");
    assertThat(
            on(vault)
                .run("verify", "--checkpoint", nonsense.toString())
                .failedWith("bad_request")
                .err())
        .contains("nonsense.txt");
  }
}
