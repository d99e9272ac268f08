package org.strongroom.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.store.WatchedStore;
import org.strongroom.store.memory.MemoryStore;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BulkTest {
  @TempDir Path directory;

  private final Store memory = new MemoryStore();
  private final WatchedStore store = new WatchedStore(memory);
  private AuditKeys keys;
  private Sequencer sequencer;
  private Bulk bulk;

  @BeforeEach
  void start() throws Exception {
    keys = AuditKeys.create(directory.resolve("vault.key"), memory);
    sequencer = keys.sequencer(store);
    bulk = sequencer.bulk();
  }

  @AfterEach
  void stop() {
    store.intercept((batch, durability, really) -> really.run());
    sequencer.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A row that must be new. */
  private static Change claim(String key, String value) {
    return new Change().putNew(Table.INDEX, bytes(key), bytes(value));
  }

  private boolean add(Bulk.Run run, String name, Change change) {
    return run.add(bulk.prepare(AuditKeys.entry(name), change, sequencer.writes()));
  }

  private Optional<List<Receipt>> append(Bulk.Run run) {
    run.finish();
    return sequencer.append(run);
  }

  private String at(String key) {
    byte[] value = memory.get(Table.INDEX, bytes(key));
    return value == null ? "nothing" : new String(value, StandardCharsets.UTF_8);
  }

  @Test
  void append_run_putsEntriesAndRowsInTogetherInTheirOrder() {
    Receipt first = sequencer.append(AuditKeys.entry("before"));
    try (Bulk.Run run = bulk.begin()) {
      for (int i = 0; i < 600; i++) {
        assertThat(add(run, "n" + i, claim("k" + i, "v" + i))).isTrue();
      }
      assertThat(run.size()).isEqualTo(600);
      List<Receipt> receipts = append(run).orElseThrow();
      for (int i = 0; i < 600; i++) {
        assertThat(receipts.get(i)).isEqualTo(new Receipt(first.log(), first.index() + 1 + i));
        assertThat(at("k" + i)).isEqualTo("v" + i);
      }
    }
    assertThat(sequencer.append(AuditKeys.entry("after")).index()).isEqualTo(first.index() + 601);
    List<String> names = new LogReading(memory, keys).names();
    assertThat(names).hasSize(602).startsWith("before", "n0").endsWith("n599", "after");
  }

  @Test
  void append_othersWroteWhatARunDemandsAbsent_writesNothingOfIt() {
    try (Bulk.Run run = bulk.begin()) {
      assertThat(add(run, "one", claim("a", "run"))).isTrue();
      assertThat(add(run, "two", claim("b", "run"))).isTrue();
      assertThat(sequencer.append(AuditKeys.entry("other"), claim("b", "other"))).isPresent();

      assertThat(append(run)).isEmpty();
    }
    assertThat(at("a")).isEqualTo("nothing");
    assertThat(at("b")).isEqualTo("other");
    assertThat(new LogReading(memory, keys).names()).containsExactly("other");
  }

  @Test
  void append_othersWroteOtherKeys_isNotDisturbed() {
    try (Bulk.Run run = bulk.begin()) {
      assertThat(add(run, "one", claim("a", "run"))).isTrue();
      assertThat(sequencer.append(AuditKeys.entry("other"), claim("b", "other"))).isPresent();
      assertThat(sequencer.append(AuditKeys.entry("look"))).isNotNull();
      long reads = store.reads();
      assertThat(append(run)).isPresent();
      assertThat(store.reads()).as("held against memory, not read again").isEqualTo(reads);
    }
    assertThat(at("a")).isEqualTo("run");
  }

  @Test
  void append_anotherBulkWroteTheKey_writesNothing() {
    Bulk other = sequencer.bulk();
    try (Bulk.Run mine = bulk.begin();
        Bulk.Run theirs = other.begin()) {
      assertThat(add(mine, "mine", claim("a", "mine"))).isTrue();
      assertThat(add(theirs, "theirs", claim("a", "theirs"))).isTrue();
      assertThat(append(theirs)).isPresent();
      assertThat(append(mine)).isEmpty();
    }
    assertThat(at("a")).isEqualTo("theirs");
  }

  @Test
  void add_collidesWithAnEarlierEntryThatItsPlanHadNotSeen_isNotTaken() {
    long began = sequencer.writes();
    try (Bulk.Run first = bulk.begin()) {
      assertThat(first.add(bulk.prepare(AuditKeys.entry("1"), claim("a", "1"), began))).isTrue();
      assertThat(first.add(bulk.prepare(AuditKeys.entry("2"), claim("a", "2"), began)))
          .as("in the same run")
          .isFalse();
      try (Bulk.Run second = bulk.begin()) {
        assertThat(second.add(bulk.prepare(AuditKeys.entry("2"), claim("a", "2"), began)))
            .as("in a run under way")
            .isFalse();
        assertThat(append(first)).isPresent();
        assertThat(second.add(bulk.prepare(AuditKeys.entry("2"), claim("a", "2"), began)))
            .as("in a run that was written since")
            .isFalse();
        Change seen = new Change().requireAbsent(Table.RECORDS, bytes("r"));
        seen.batch().put(Table.INDEX, bytes("a"), bytes("3"));
        assertThat(second.add(bulk.prepare(AuditKeys.entry("3"), seen, sequencer.writes())))
            .isTrue();
        assertThat(append(second)).isPresent();
      }
    }
    assertThat(at("a")).isEqualTo("3");
  }

  @Test
  void add_plannedBeforeWhatIsStillRemembered_isNotTaken() {
    long began = sequencer.writes();
    for (int i = 0; i < 10; i++) {
      try (Bulk.Run run = bulk.begin()) {
        assertThat(add(run, "n" + i, claim("k" + i, "v"))).isTrue();
        assertThat(append(run)).isPresent();
      }
    }
    try (Bulk.Run run = bulk.begin()) {
      assertThat(run.add(bulk.prepare(AuditKeys.entry("late"), claim("k0", "late"), began)))
          .isFalse();
      assertThat(add(run, "late", claim("other", "late"))).isTrue();
    }
    assertThat(at("k0")).isEqualTo("v");
  }

  @Test
  void add_afterARunWasGivenUp_doesNotCollideWithIt() {
    try (Bulk.Run run = bulk.begin()) {
      assertThat(add(run, "given up", claim("a", "1"))).isTrue();
    }
    try (Bulk.Run run = bulk.begin()) {
      assertThat(add(run, "again", claim("a", "2"))).isTrue();
      assertThat(append(run)).isPresent();
    }
    assertThat(at("a")).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void append_afterAWriteThatFailed_isRefusedSinceNobodyKnowsWhatIsThere(boolean afterWriting) {
    try (Bulk.Run run = bulk.begin()) {
      assertThat(add(run, "run", claim("a", "run"))).isTrue();
      store.intercept(
          (batch, durability, really) -> {
            if (afterWriting) {
              really.run();
            }
            throw new VaultException(ErrorCode.STORE_FAILED, "no room");
          });
      assertThatThrownBy(() -> sequencer.append(AuditKeys.entry("other"), claim("a", "other")))
          .isInstanceOf(VaultException.class);
      store.intercept((batch, durability, really) -> really.run());
      assertThat(append(run)).isEmpty();
    }
    assertThat(at("a")).isEqualTo(afterWriting ? "other" : "nothing");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void append_runFailsToBeWritten_isAFaultAndTheLogGoesOnWithoutAGap(boolean afterWriting) {
    try (Bulk.Run run = bulk.begin()) {
      assertThat(add(run, "run", claim("a", "run"))).isTrue();
      run.finish();
      store.intercept(
          (batch, durability, really) -> {
            if (afterWriting) {
              really.run();
            }
            throw new VaultException(ErrorCode.STORE_FAILED, "no room");
          });
      assertThatThrownBy(() -> sequencer.append(run))
          .isInstanceOfSatisfying(
              VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_FAILED));
    }
    store.intercept((batch, durability, really) -> really.run());
    Receipt next = sequencer.append(AuditKeys.entry("next"));
    assertThat(next.index()).isEqualTo(afterWriting ? 1 : 0);
    assertThat(new LogReading(memory, keys).names())
        .isEqualTo(afterWriting ? List.of("run", "next") : List.of("next"));
  }

  /** Everybody claims the same few keys: whoever is told that he has one has it. */
  @Test
  void append_amongManyWriters_letsExactlyOneWinEachKey() throws Exception {
    int names = 4000;
    Map<String, String> winners = new ConcurrentHashMap<>();
    List<Callable<Integer>> writers = new ArrayList<>();
    for (int w = 0; w < 2; w++) {
      String writer = "bulk" + w;
      Random random = new Random(w);
      writers.add(() -> writeRuns(writer, random, names, winners));
    }
    for (int w = 0; w < 3; w++) {
      String writer = "single" + w;
      Random random = new Random(100 + w);
      writers.add(
          () -> {
            int won = 0;
            for (int i = 0; i < 400; i++) {
              String key = "k" + random.nextInt(names);
              if (memory.get(Table.INDEX, bytes(key)) == null
                  && sequencer.append(AuditKeys.entry(writer), claim(key, writer)).isPresent()) {
                assertThat(winners.put(key, writer)).isNull();
                won++;
              }
            }
            return won;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(writers.size());
    try {
      int won = 0;
      for (Future<Integer> each : threads.invokeAll(writers)) {
        won += each.get();
      }
      assertThat(winners).hasSize(won);
      winners.forEach((key, writer) -> assertThat(at(key)).isEqualTo(writer));
    } finally {
      threads.shutdownNow();
    }
  }

  /** A run may come at any moment of gathering a group, and waits for its turn, not for ever. */
  @Test
  void append_whileGroupsAreGathered_isNeverForgotten() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Callable<Void> single =
        () -> {
          while (!over.get()) {
            Receipt unused = sequencer.append(AuditKeys.entry("single"));
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Void>> singles = List.of(threads.submit(single), threads.submit(single));
      for (int i = 0; i < 5000; i++) {
        try (Bulk.Run run = bulk.begin()) {
          assertThat(add(run, "run", new Change())).isTrue();
          assertThat(append(run)).isPresent();
        }
      }
      over.set(true);
      for (Future<Void> each : singles) {
        each.get();
      }
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
  }

  private int writeRuns(String writer, Random random, int names, Map<String, String> winners) {
    Bulk mine = sequencer.bulk();
    int won = 0;
    for (int round = 0; round < 60; round++) {
      List<String> claimed = new ArrayList<>();
      try (Bulk.Run run = mine.begin()) {
        for (int i = 0; i < 10; i++) {
          long began = sequencer.writes();
          String key = "k" + random.nextInt(names);
          if (memory.get(Table.INDEX, bytes(key)) == null
              && run.add(mine.prepare(AuditKeys.entry(writer), claim(key, writer), began))) {
            claimed.add(key);
          }
        }
        if (append(run).isPresent()) {
          for (String key : claimed) {
            assertThat(winners.put(key, writer)).isNull();
          }
          won += claimed.size();
        }
      }
    }
    return won;
  }
}
