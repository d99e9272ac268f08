package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.strongroom.app.Inside;

/**
 * An import that is cut short, however and wherever, loses nothing that it kept, and run again it
 * ends in the same state as one that was not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KilledImportTest {
  private static final long RECORDS = Long.getLong("strongroom.killed.records", 10_000);
  private static final int ROUNDS = Integer.getInteger("strongroom.killed.rounds", 3);
  private static final int KILLS = 2;

  /** What a record takes in the store's files at least; less means later kills, no more. */
  private static final int BYTES_PER_RECORD = 430;

  private VaultFolder empty;
  private Register register;
  private long kept;

  @TempDir private Path folder;
  private Program program;
  private VaultFolder vault;

  @BeforeAll
  void makeVault(@TempDir Path shared) {
    empty = VaultFolder.make(Program.in(shared.resolve("made")), "investigator");
    register = Register.write(shared, "csv", RECORDS, "--broken", "0.01", "--seed", "9");
    kept = register.kept().size();
  }

  @BeforeEach
  void copyVault() {
    vault = empty.copiedTo(folder);
    program = Program.in(folder).onVault(vault.directory());
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, ROUNDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void import_killedAtAnyMomentAndRunAgain_losesNothing(long seed) throws InterruptedException {
    Random random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      long before = vault.bytes();
      long growth = (long) (random.nextDouble() * RECORDS * BYTES_PER_RECORD / KILLS);
      Program.Running running = program.start(register.importLine());
      untilGrown(running, before + growth);
      running.process().destroyForcibly();
      running.end();
    }
    requireRerunFinishes();
    try (Inside inside = vault.inside()) {
      assertThat(Everyone.requireFound(Everyone.in(inside), register, 1, "resident_id"))
          .isEqualTo(kept);
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void import_signalled_endsPromptlyInGoodOrder(String signal, int exit) throws Exception {
    Program.Running running = program.interruptible().start(register.importLine());
    untilGrown(running, vault.bytes() + RECORDS * BYTES_PER_RECORD / 4);
    running.signal(signal);
    Program.Ended ended = running.end(Duration.ofSeconds(20));

    assertThat(ended.exit()).isEqualTo(exit);
    assertThat(ended.err())
        .contains("\"interrupted\"", "run it again to finish")
        .doesNotContain("Exception", "\tat ");
    assertThat(ended.out()).isEmpty();
    try (Inside inside = vault.inside()) {
      Inventory.requireWholeLog(inside.store());
      assertThat(Inventory.of(inside.store()).subjects()).isBetween(1L, kept - 1);
    }
    requireRerunFinishes();
  }

  @Test
  void import_whileAnotherRuns_isRefusedAndDisturbsNothing() throws Exception {
    Fifo fifo = Fifo.make(folder.resolve("slow.csv"));
    CountDownLatch opened = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    List<String> lines = Files.readAllLines(register.file());
    Fifo.Feeding feeding =
        fifo.feed(
            out -> {
              // The input is opened after the vault.
              opened.countDown();
              out.write((lines.get(0) + "\n").getBytes(StandardCharsets.UTF_8));
              refused.await();
              out.write(
                  (String.join("\n", lines.subList(1, 1001)) + "\n")
                      .getBytes(StandardCharsets.UTF_8));
            });
    Register slow = new Register(fifo.path(), register.truth(), register.mapOptions());
    Program.Running first = program.start(slow.importLine());
    assertThat(opened.await(Program.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();

    program
        .run("import", "--collection", "residents", register.file().toString())
        .failedWith("vault_in_use");
    program.run("user", "list").failedWith("vault_in_use");

    refused.countDown();
    JsonNode summary = first.end().succeeded().json();
    feeding.end();
    assertThat(summary.get("read").asLong()).isEqualTo(1000);
    try (Inside inside = vault.inside()) {
      assertThat(Inventory.of(inside.store()).subjects()).isEqualTo(summary.get("kept").asLong());
      Inventory.requireWholeLog(inside.store());
    }
  }

  private void requireRerunFinishes() {
    JsonNode summary = program.done(register.importLine()).json();
    assertThat(summary.get("read").asLong()).isEqualTo(RECORDS);
    assertThat(summary.get("kept").asLong() + summary.get("unchanged").asLong()).isEqualTo(kept);
    assertThat(summary.get("updated").asLong()).isZero();
    assertThat(summary.get("rejected").asLong()).isEqualTo(RECORDS - kept);
    try (Inside inside = vault.inside()) {
      Inventory.requireWholeLog(inside.store());
      // One subject, one version and three index rows for each: none half written, none twice.
      assertThat(Inventory.of(inside.store())).isEqualTo(new Inventory(kept, kept, 3 * kept, 0));
    }
  }

  /** Waits until the store holds so much, or the import is done with it. */
  private void untilGrown(Program.Running running, long bytes) throws InterruptedException {
    long deadline = System.nanoTime() + Program.PATIENCE.toNanos();
    while (vault.bytes() < bytes && running.process().isAlive() && System.nanoTime() < deadline) {
      Thread.sleep(1);
    }
  }
}
