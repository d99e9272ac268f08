package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.Id;
import org.strongroom.policy.Permission;
import org.strongroom.schema.ValidRecord;
import org.strongroom.store.Table;
import org.strongroom.store.rocksdb.RocksStore;

/** Several threads at once; and plans that something else overtakes. */
final class KeepConcurrentlyTest {
  private static final int THREADS = 8;

  @TempDir Path directory;
  private World world;

  @BeforeEach
  void found() {
    world = World.founded(RocksStore.create(directory.resolve("store")));
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** Runs {@code task} in every thread at the same moment. */
  private static <T> List<T> atOnce(IntFunction<T> task) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        futures.add(
            pool.submit(
                () -> {
                  start.await();
                  return task.apply(thread);
                }));
      }
      List<T> out = new ArrayList<>();
      for (Future<T> future : futures) {
        out.add(future.get());
      }
      return out;
    } finally {
      pool.shutdownNow();
    }
  }

  private KeepPlan plan(ValidRecord... records) {
    return world.vault.plan(
        People.CLERK, Permission.KEEP, records[0].spec().name(), List.of(records));
  }

  @Test
  void keep_sameNewPersonInManyThreads_makesOneSubject() throws Exception {
    for (int round = 0; round < 20; round++) {
      int person = round;
      Set<Id> subjects = new HashSet<>();
      List<Kept> kept =
          atOnce(
              thread ->
                  thread % 2 == 0
                      ? world.keep(world.resident(person, "李梅", People.phone(person)))
                      : world.keep(world.caseOf(person, "K-" + person + "-" + thread, "theft")));
      kept.forEach(each -> subjects.add(each.subject()));

      assertThat(subjects).hasSize(1);
      assertThat(kept).extracting(Kept::what).doesNotContain(Kept.What.REJECTED);
      assertThat(world.dataKeys()).hasSize(round + 1);
    }
  }

  @Test
  void keep_conflictingUpdatesInManyThreads_allLandAsVersions() throws Exception {
    Kept first = world.keep(world.resident(1, "nobody yet", People.phone(0)));
    int each = 10;
    List<List<Integer>> versions =
        atOnce(
            thread -> {
              List<Integer> out = new ArrayList<>();
              for (int i = 0; i < each; i++) {
                String name = "writer " + (char) ('a' + thread) + " " + i;
                out.add(world.keep(world.resident(1, name, People.phone(i))).version());
              }
              return out;
            });

    Set<Integer> distinct = new HashSet<>();
    versions.forEach(distinct::addAll);
    assertThat(distinct).hasSize(THREADS * each);
    List<Answer.Match> history = new ArrayList<>();
    world
        .pages(People.INVESTIGATOR, Asking.seriousCrime().about(first.subject()).history(), 7)
        .forEach(history::addAll);
    assertThat(history).hasSize(THREADS * each + 1);
    Set<Object> names = new HashSet<>();
    history.forEach(match -> names.add(match.fields().get("name")));
    assertThat(names).hasSize(THREADS * each + 1);
    assertThat(searchRows()).isEqualTo(1);
  }

  /** Rows that lead from a phone to a record. */
  private long searchRows() {
    return world.rows(Table.INDEX).keySet().stream()
        .filter(key -> key.length() > Layout.INDEX_PREFIX)
        .count();
  }

  @Test
  void keepPlan_overtakenByTheSamePerson_isPlannedAnew() {
    KeepPlan plan = plan(world.resident(1, "李梅", People.phone(1)));
    Kept before = world.keep(world.resident(1, "李梅", People.phone(2)));

    Kept kept = world.vault.keep(plan).records().get(0);

    assertThat(kept.what()).isEqualTo(Kept.What.UPDATED);
    assertThat(kept.version()).isEqualTo(2);
    assertThat(kept.subject()).isEqualTo(before.subject());
    assertThat(world.investigate("residents", Map.of("phone", People.phone(2)))).isEmpty();
    assertThat(world.investigate("residents", Map.of("phone", People.phone(1)))).hasSize(1);
  }

  @Test
  void keepPlan_ofWhatSomebodyElseKeptMeanwhile_isUnchanged() {
    KeepPlan plan = plan(world.resident(1, "李梅", People.phone(1)));
    world.keep(world.resident(1, "李梅", People.phone(1)));

    assertThat(world.vault.keep(plan).records().get(0).what()).isEqualTo(Kept.What.UNCHANGED);
  }

  @Test
  void keepPlan_unchangedButOvertaken_isAnUpdateAfterAll() {
    ValidRecord record = world.resident(1, "李梅", People.phone(1));
    world.keep(record);
    KeepPlan plan = plan(record);
    world.keep(world.resident(1, "李梅", People.phone(2)));

    Kept kept = world.vault.keep(plan).records().get(0);

    assertThat(kept.what()).isEqualTo(Kept.What.UPDATED);
    assertThat(kept.version()).isEqualTo(3);
    assertThat(world.only("residents", Map.of("resident_id", People.residentId(1))))
        .containsEntry("phone", "+8613800000001");
  }

  @Test
  void keepPlan_caseNumberTakenMeanwhile_isRejected() {
    KeepPlan plan = plan(world.caseOf(1, "K-1", "theft"), world.caseOf(1, "K-2", "fraud"));
    world.keep(world.caseOf(2, "K-1", "mine now"));

    assertThat(world.vault.keep(plan).records())
        .extracting(Kept::what)
        .containsExactly(Kept.What.REJECTED, Kept.What.KEPT);
  }

  @Test
  void keepPlan_ofOnePersonInTwoBatches_makesOneSubject() {
    KeepPlan resident = plan(world.resident(1, "李梅", People.phone(1)));
    KeepPlan file = plan(world.caseOf(1, "K-1", "theft"));

    Kept second = world.vault.keep(file).records().get(0);
    Kept first = world.vault.keep(resident).records().get(0);

    assertThat(first.subject()).isEqualTo(second.subject());
    assertThat(world.dataKeys()).hasSize(1);
  }

  @Test
  void keepPlan_keptTwice_isUnchangedTheSecondTime() {
    KeepPlan plan = plan(world.resident(1, "李梅", People.phone(1)));

    assertThat(world.vault.keep(plan).records().get(0).what()).isEqualTo(Kept.What.KEPT);
    assertThat(world.vault.keep(plan).records().get(0).what()).isEqualTo(Kept.What.UNCHANGED);
  }

  @Test
  void plan_withoutKeeping_writesNothing() {
    Map<Bytes, byte[]> before = world.rows(Table.INDEX);

    plan(world.resident(1, "李梅", People.phone(1)));

    assertThat(world.rows(Table.INDEX)).hasSameSizeAs(before);
    assertThat(world.versions()).isEmpty();
    assertThat(world.dataKeys()).isEmpty();
  }
}
