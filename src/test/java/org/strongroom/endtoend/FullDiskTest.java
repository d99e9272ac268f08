package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.app.Inside;

/**
 * An import that runs out of space says so and keeps what it kept; with space again, it finishes.
 */
final class FullDiskTest {
  private static final long RECORDS = 20_000;
  private static final int MEBIBYTES = 4;

  /** Less than the largest of the files that the records come in by. */
  private static final int MOST_BLOCKS = 2048;

  @TempDir private Path folder;
  private Register register;
  private long kept;

  @BeforeEach
  void writeRegister() {
    register = Register.write(folder, "csv", RECORDS, "--broken", "0.01", "--seed", "5");
    kept = register.kept().size();
  }

  @Test
  void import_filesMayGrowNoFurther_failsClearlyAndFinishesLater() throws IOException {
    Program program = Program.in(folder.resolve("work"));
    VaultFolder vault = VaultFolder.make(program, "investigator");
    program = program.onVault(vault.directory());
    String limit = "ulimit -f " + MOST_BLOCKS + " && exec \"$@\"";
    // The limit is on every file, but the store's library is unpacked already.
    Program.Ended ended = program.startedBy("sh", "-c", limit, "sh").run(importLine());
    requireClearFailure(ended);
    requireFinishes(program, vault);
  }

  @Test
  void import_fullFileSystem_failsClearlyAndFinishesLater() throws IOException {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeThat(
            ran("mount", "-t", "tmpfs", "-o", "size=" + MEBIBYTES + "m", "none", disk.toString()))
        .as("only root may mount a small file system")
        .isTrue();
    try {
      Program plain = Program.in(folder.resolve("work"));
      Path directory = disk.resolve("vault");
      VaultFolder made = VaultFolder.make(plain, "investigator");
      VaultFolder vault = made.copiedTo(disk);
      assertThat(vault.directory()).isEqualTo(directory);
      Program program = plain.onVault(directory);
      requireClearFailure(program.run(importLine()));
      assertThat(disk.toFile().getUsableSpace()).isLessThan(MEBIBYTES << 19);

      assertThat(ran("mount", "-o", "remount,size=100m", disk.toString())).isTrue();
      requireFinishes(program, vault);
    } finally {
      assertThat(ran("umount", disk.toString())).isTrue();
    }
  }

  @Test
  void import_intoAVaultThatMayNotBeWritten_failsClearly() throws IOException {
    Program program = Program.in(folder.resolve("work"));
    VaultFolder vault = VaultFolder.make(program, "investigator");
    Path store = vault.directory().resolve("store");
    assumeThat(store.toFile().setWritable(false)).isTrue();
    try {
      assumeThat(Files.isWritable(store)).as("root may write everywhere").isFalse();
      program.onVault(vault.directory()).run(importLine()).failedWith("store_failed");
    } finally {
      assertThat(store.toFile().setWritable(true)).isTrue();
    }
    requireFinishes(program.onVault(vault.directory()), vault);
  }

  private List<String> importLine() {
    return register.importLine("--rejects", folder.resolve("rejects").toString());
  }

  private static void requireClearFailure(Program.Ended ended) {
    assertThat(ended.exit()).as("it said: %s%s", ended.out(), ended.err()).isEqualTo(1);
    assertThat(ended.err()).containsAnyOf("No space left on device", "File too large");
    assertThat(ended.err()).doesNotContain("\tat ", "Exception");
    assertThat(ended.out()).isEmpty();
  }

  private void requireFinishes(Program program, VaultFolder vault) {
    try (Inside inside = vault.inside()) {
      Inventory.requireSoundLog(inside.store());
    }
    JsonNode summary = program.done(importLine()).json();
    assertThat(summary.get("kept").asLong() + summary.get("unchanged").asLong()).isEqualTo(kept);
    assertThat(summary.get("rejected").asLong()).isEqualTo(RECORDS - kept);
    try (Inside inside = vault.inside()) {
      Inventory.requireWholeLog(inside.store());
      assertThat(Inventory.of(inside.store())).isEqualTo(new Inventory(kept, kept, 3 * kept, 0));
    }
  }

  private static boolean ran(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }
}
