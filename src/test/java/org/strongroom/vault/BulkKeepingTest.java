package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.audit.Receipt;
import org.strongroom.policy.Permission;
import org.strongroom.schema.ValidRecord;
import org.strongroom.store.Table;
import org.strongroom.store.rocksdb.RocksStore;

/** Plans kept in runs: what was planned ahead, by itself and against others. */
final class BulkKeepingTest {
  @TempDir Path directory;
  private World world;
  private BulkKeeping bulk;

  @BeforeEach
  void found() {
    world = World.founded(RocksStore.create(directory.resolve("store")));
    bulk = world.vault.bulk();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private KeepPlan plan(ValidRecord... records) {
    return world.vault.plan(
        People.OPERATOR, Permission.IMPORT, records[0].spec().name(), List.of(records));
  }

  private BulkKeeping.Ready ready(ValidRecord... records) {
    return bulk.prepare(plan(records));
  }

  private ValidRecord resident(int person, String name) {
    return world.resident(person, name, People.phone(person));
  }

  @Test
  void keep_run_isThereWithAnEntryForEachPlan() {
    int before = world.rows(Table.AUDIT_ENTRIES).size();
    try (BulkKeeping.Run run = bulk.begin()) {
      for (int i = 0; i < 40; i++) {
        BulkKeeping.Ready batch = ready(resident(2 * i, "李梅"), resident(2 * i + 1, "王伟"));
        assertThat(run.add(batch)).isTrue();
        assertThat(batch.outcomes()).extracting(Kept::what).containsOnly(Kept.What.KEPT);
      }
      assertThat(world.versions()).isEmpty();
      List<Receipt> receipts = run.keep().orElseThrow();
      assertThat(receipts)
          .hasSize(40)
          .extracting(Receipt::index)
          .isSorted()
          .doesNotHaveDuplicates();
    }
    assertThat(world.rows(Table.AUDIT_ENTRIES)).hasSize(before + 40);
    for (int i = 0; i < 80; i++) {
      assertThat(world.investigate("residents", Map.of("phone", People.phone(i)))).hasSize(1);
    }
    assertThat(Verified.of(world, world.store).faults()).isEmpty();
  }

  @Test
  void add_samePersonAsAnEarlierPlan_isPlannedAgainAndBecomesTheNextVersion() {
    BulkKeeping.Ready first = ready(resident(1, "李梅"));
    BulkKeeping.Ready second = ready(resident(1, "李小梅"));
    try (BulkKeeping.Run run = bulk.begin()) {
      assertThat(run.add(first)).isTrue();
      assertThat(run.add(second)).isFalse();
      assertThat(run.keep()).isPresent();
    }
    try (BulkKeeping.Run run = bulk.begin()) {
      assertThat(run.add(second)).isFalse();
      BulkKeeping.Ready again = ready(resident(1, "李小梅"));
      assertThat(run.add(again)).isTrue();
      assertThat(run.keep()).isPresent();
      assertThat(again.outcomes().get(0).version()).isEqualTo(2);
    }
    assertThat(world.dataKeys()).hasSize(1);
    assertThat(world.versions()).hasSize(2);
  }

  @Test
  void keep_personKeptByOthersMeanwhile_writesNothing() {
    try (BulkKeeping.Run run = bulk.begin()) {
      assertThat(run.add(ready(resident(1, "李梅")))).isTrue();
      assertThat(run.add(ready(resident(2, "王伟")))).isTrue();
      Kept other = world.keep(resident(2, "王小伟"));
      assertThat(run.keep()).isEmpty();
      assertThat(world.dataKeys()).hasSize(1);
      assertThat(world.versions()).hasSize(1);
      assertThat(other.version()).isEqualTo(1);
    }
  }

  /** Versions of the same few people by runs and by single writers: none is lost, none twice. */
  @Test
  void keep_runsAgainstSingleWriters_losesNoVersion() throws Exception {
    int people = 30;
    List<Callable<Map<Integer, Integer>>> writers = new ArrayList<>();
    for (int w = 0; w < 3; w++) {
      int writer = w;
      writers.add(() -> keepOneByOne(writer, new Random(writer), people));
    }
    for (int w = 3; w < 5; w++) {
      int writer = w;
      writers.add(() -> keepInRuns(writer, new Random(writer), people));
    }
    Map<Integer, Integer> written = new HashMap<>();
    ExecutorService threads = Executors.newFixedThreadPool(writers.size());
    try {
      for (Future<Map<Integer, Integer>> each : threads.invokeAll(writers)) {
        each.get().forEach((person, count) -> written.merge(person, count, Integer::sum));
      }
    } finally {
      threads.shutdownNow();
    }
    Set<Object> subjects = new HashSet<>();
    written.forEach(
        (person, count) -> {
          Kept last = world.keep(resident(person, "last"));
          assertThat(last.version()).as("person %d", person).isEqualTo(count + 1);
          subjects.add(last.subject());
        });
    assertThat(world.dataKeys()).hasSameSizeAs(subjects);
    assertThat(Verified.of(world, world.store).faults()).isEmpty();
  }

  private Map<Integer, Integer> keepOneByOne(int writer, Random random, int people) {
    Map<Integer, Integer> out = new HashMap<>();
    for (int i = 0; i < 40; i++) {
      int person = random.nextInt(people);
      world.keep(resident(person, "writer " + (char) ('a' + writer) + " " + i));
      out.merge(person, 1, Integer::sum);
    }
    return out;
  }

  private Map<Integer, Integer> keepInRuns(int writer, Random random, int people) {
    BulkKeeping mine = world.vault.bulk();
    Map<Integer, Integer> out = new HashMap<>();
    for (int round = 0; round < 25; round++) {
      List<Integer> planned = new ArrayList<>();
      try (BulkKeeping.Run run = mine.begin()) {
        for (int i = 0; i < 4; i++) {
          int person = random.nextInt(people);
          String name = "writer " + (char) ('a' + writer) + " " + round + " " + i;
          if (run.add(mine.prepare(plan(resident(person, name))))) {
            planned.add(person);
          }
        }
        Optional<List<Receipt>> receipts = run.keep();
        if (receipts.isPresent()) {
          planned.forEach(person -> out.merge(person, 1, Integer::sum));
        }
      }
    }
    return out;
  }
}
