package org.strongroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.identity.Actor;
import org.strongroom.ingest.Columns;
import org.strongroom.ingest.ImportRequest;
import org.strongroom.ingest.ImportSummary;
import org.strongroom.ingest.Importer;
import org.strongroom.ingest.Intake;
import org.strongroom.ingest.Progress;
import org.strongroom.ingest.ReadOptions;
import org.strongroom.policy.Permission;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Draft;
import org.strongroom.schema.ResidentId;
import org.strongroom.schema.ValidRecord;
import org.strongroom.vault.Kept;

/** Imports of several runs, whose batches speak of the same people. */
final class ImporterTest {
  private static final Actor ROOT = Actor.operator("root");

  @TempDir Path directory;
  private TestVault vault;

  @BeforeEach
  void found() {
    vault = new TestVault(directory);
  }

  @AfterEach
  void close() {
    vault.close();
  }

  private static String residentId(int person) {
    String digits = String.format("%06d19900307%03d", 110101 + person / 1000 % 6, person % 1000);
    return digits + ResidentId.checkCharacter(digits);
  }

  private static String line(int person, int number) {
    return "{\"resident_id\":\"" + residentId(person) + "\",\"name\":\"n " + number + "\"}\n";
  }

  private ImportSummary run(String lines) throws IOException {
    CollectionSpec spec = vault.catalogue().spec("residents");
    Columns columns =
        Importer.columns(spec, new ImportRequest("residents", Map.of(), ReadOptions.DEFAULT));
    try (Intake intake =
        Intake.open(
            "lines",
            new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)),
            columns,
            ReadOptions.DEFAULT)) {
      return new Importer(vault.vault(), 2)
          .run(ROOT, spec, intake, columns, rejected -> {}, Progress.NONE);
    }
  }

  /** What keeping the same record once more comes to tells what is held. */
  private Kept keep(int person, int number) {
    CollectionSpec spec = vault.catalogue().spec("residents");
    Draft draft = new Draft(spec.fieldCount());
    draft.set(spec.position("resident_id"), residentId(person));
    draft.set(spec.position("name"), "n " + number);
    ValidRecord record = (ValidRecord) spec.check(draft);
    return vault
        .vault()
        .keep(ROOT, Permission.IMPORT, "residents", List.of(record))
        .records()
        .get(0);
  }

  @Test
  void run_samePeopleInEveryBatch_keepsEachVersionAndTheLastWins() throws IOException {
    int people = 700;
    int lines = 9_000;
    StringBuilder input = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      input.append(line(i % people, i));
    }
    ImportSummary summary = run(input.toString());
    assertThat(summary.kept()).isEqualTo(people);
    assertThat(summary.updated()).isEqualTo(lines - people);
    for (int person : List.of(0, 1, 350, 598, 599, 600, 699)) {
      int last = person + (lines - 1 - person) / people * people;
      Kept again = keep(person, last);
      assertThat(again.what()).as("person %d", person).isEqualTo(Kept.What.UNCHANGED);
      assertThat(again.version()).isEqualTo(last / people + 1);
    }
  }

  @Test
  void run_twiceOver_findsAllUnchanged() throws IOException {
    StringBuilder input = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      input.append(line(i, i));
    }
    assertThat(run(input.toString()).kept()).isEqualTo(5_000);
    ImportSummary again = run(input.toString());
    assertThat(again.unchanged()).isEqualTo(5_000);
    assertThat(again.kept() + again.updated() + again.rejected()).isZero();
  }

  /**
   * Every version that anybody was told of is there: numbers are given once each, without a gap.
   */
  @Test
  void run_whileOthersKeepTheSamePeople_losesNothing() throws Exception {
    int lines = 6_000;
    StringBuilder input = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      input.append(line(i, i));
    }
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger next = new AtomicInteger();
    List<Kept> kept = new ArrayList<>();
    Thread other =
        new Thread(
            () -> {
              // From the end, so that the two meet.
              while (!done.get() && next.get() < lines) {
                kept.add(keep(lines - 1 - next.getAndAdd(7), -1));
              }
            });
    other.start();
    ImportSummary summary;
    try {
      summary = run(input.toString());
    } finally {
      done.set(true);
      other.join();
    }
    assertThat(summary.kept() + summary.updated()).isEqualTo(lines);
    long firstByOther = kept.stream().filter(each -> each.what() == Kept.What.KEPT).count();
    assertThat(summary.kept()).isEqualTo(lines - firstByOther);
    for (int i = 0; i < kept.size(); i++) {
      int person = lines - 1 - 7 * i;
      Kept last = keep(person, -2);
      assertThat(last.version()).as("person %d", person).isEqualTo(3);
      assertThat(last.subject()).isEqualTo(kept.get(i).subject());
    }
  }
}
