package org.strongroom.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.LiveFileMetaData;
import org.strongroom.ChildJvm;
import org.strongroom.kernel.BigEndian;
import org.strongroom.store.Batch;
import org.strongroom.store.IngestContract;
import org.strongroom.store.Store;
import org.strongroom.store.Table;

final class RocksIngestTest extends IngestContract {
  @TempDir Path parent;

  private final Map<Store, Path> directories = new HashMap<>();

  @Override
  protected Store create() {
    Path directory = parent.resolve("store" + directories.size());
    Store store = RocksStore.create(directory);
    directories.put(store, directory);
    return store;
  }

  @Override
  protected Store settled(Store store) {
    store.close();
    Path directory = Objects.requireNonNull(directories.get(store));
    Store again = RocksStore.open(directory);
    directories.put(again, directory);
    return again;
  }

  @Test
  void ingest_killedAtAnyMoment_runsAreThereWholeOrNotAtAllAndNothingIsLeft() throws Exception {
    Path directory = parent.resolve("killed");
    RocksStore.create(directory).close();
    Set<Long> acknowledged = new HashSet<>();
    long first = 0;
    for (int round = 0; round < 5; round++) {
      List<String> lines =
          ChildJvm.killedAfter(
              2 + 3 * round, KilledIngest.class, directory.toString(), Long.toString(first));
      lines.forEach(line -> acknowledged.add(Long.parseLong(line)));
      try (RocksStore store = RocksStore.open(directory)) {
        assertThat(directory.resolve("staged")).doesNotExist();
        for (long number : acknowledged) {
          assertThat(wholeRun(store, number)).as("run %d", number).isTrue();
        }
        while (wholeRun(store, first)) {
          first++;
        }
        assertThat(wholeRun(store, first + 1)).isFalse();
      }
      requireNoStrayFiles(directory);
    }
    assertThat(acknowledged).hasSizeGreaterThan(10);
  }

  /** Whether a run is there; fails when it is so in part. */
  private static boolean wholeRun(RocksStore store, long number) {
    Batch expected = new Batch();
    KilledIngest.put(expected, number);
    KilledIngest.putBeside(expected, number);
    int there = 0;
    for (Batch.Change change : expected.changes()) {
      byte @Nullable [] value = store.get(change.table(), change.key());
      if (value != null) {
        assertThat(value).isEqualTo(change.value());
        there++;
      }
    }
    assertThat(there).as("rows of run %d", number).isIn(0, expected.changes().size());
    return there > 0;
  }

  /** Every sorted file belongs to the database: a stray one would stay for ever. */
  private static void requireNoStrayFiles(Path directory) throws IOException {
    try (RocksStore store = RocksStore.open(directory);
        var files = Files.newDirectoryStream(directory, "*.sst")) {
      Set<String> found = new HashSet<>();
      files.forEach(file -> found.add(String.valueOf(file.getFileName())));
      assertThat(store.files()).extracting(file -> file.fileName().substring(1)).containsAll(found);
    }
  }

  @Test
  void ingest_runOfTheStoreClosedMeanwhile_leavesNoFile() {
    Path directory = parent.resolve("left");
    RocksStore store = RocksStore.create(directory);
    Store.Run run = store.newRun();
    Batch batch = new Batch();
    KilledIngest.put(batch, 1);
    run.add(store.pack(batch));
    run.finish();
    assertThat(directory.resolve("staged")).isNotEmptyDirectory();
    store.close();
    assertThat(directory.resolve("staged")).doesNotExist();
    run.close();
  }

  @Test
  void ingest_sealedValues_takeLittleMoreThanThemselves() {
    int rows = 20_000;
    int sealedBytes = 175;
    Random random = new Random(5);
    Batch batch = new Batch();
    for (int i = 0; i < rows; i++) {
      byte[] key = new byte[30];
      System.arraycopy(randomBytes(random, 16), 0, key, 0, 16);
      batch.put(Table.RECORDS, key, randomBytes(random, sealedBytes));
    }
    try (RocksStore store = RocksStore.create(parent.resolve("dense"));
        Store.Run run = store.newRun()) {
      run.add(store.pack(batch));
      run.finish();
      store.ingest(run, new Batch());

      // Only subject and value say something new in each row; as they are, rows take 220.
      assertThat(store.files().stream().mapToLong(LiveFileMetaData::size).sum() / rows)
          .isBetween(16L + sealedBytes, 16L + sealedBytes + 20);
    }
  }

  private static byte[] randomBytes(Random random, int length) {
    byte[] out = new byte[length];
    random.nextBytes(out);
    return out;
  }

  @Test
  void ingest_rowsAfterAllOthers_areNeverWrittenAgain() {
    try (RocksStore store = RocksStore.create(parent.resolve("rising"))) {
      for (long number = 0; number < 20; number++) {
        Batch data = new Batch();
        KilledIngest.put(data, number);
        Batch log = new Batch();
        for (long i = 0; i < 30; i++) {
          log.put(Table.AUDIT_ENTRIES, BigEndian.ofLong(30 * number + i), new byte[300]);
        }
        try (Store.Run run = store.newRun()) {
          run.add(store.pack(data));
          run.finish();
          store.ingest(run, log);
        }
        // What others wrote meanwhile is in memory, and stays there.
        store.write(
            new Batch().put(Table.META, BigEndian.ofLong(number), new byte[10]),
            Store.Durability.SYNCED);
      }
      byte[] first = {Table.AUDIT_ENTRIES.id()};
      assertThat(store.files())
          .filteredOn(file -> Arrays.mismatch(file.smallestKey(), first) == 1)
          .hasSize(20)
          .allMatch(file -> file.level() > 0);
      assertThat(store.files())
          .filteredOn(file -> file.level() == 0)
          .allMatch(file -> file.smallestKey()[0] < Table.AUDIT_ENTRIES.id());
    }
  }

  /** Keys as long as those that are ruled out in memory while runs come in. */
  private static byte[] indexKey(Random random) {
    byte[] key = new byte[18];
    random.nextBytes(key);
    key[0] = 0;
    key[1] = (byte) random.nextInt(3);
    return key;
  }

  @Test
  void getAll_whileRunsComeIn_findsWhateverIsThere() throws Exception {
    try (RocksStore store = RocksStore.create(parent.resolve("known"))) {
      Random random = new Random(11);
      List<byte[]> there = new ArrayList<>();
      Batch before = new Batch();
      for (int i = 0; i < 1000; i++) {
        there.add(indexKey(random));
        before.put(Table.INDEX, there.get(i), new byte[16]);
      }
      store.write(before, Store.Durability.BUFFERED);
      AtomicBoolean done = new AtomicBoolean();
      FutureTask<Integer> others =
          new FutureTask<>(() -> writeAndFind(store, new Random(12), done));
      new Thread(others).start();
      try (Store.Run last = store.newRun()) {
        for (int round = 0; round < 8; round++) {
          Batch batch = new Batch();
          for (int i = 0; i < SortedRun.MIN_ROWS; i++) {
            byte[] key = indexKey(random);
            there.add(key);
            batch.put(Table.INDEX, key, new byte[16]);
          }
          try (Store.Run run = store.newRun()) {
            run.add(store.pack(batch));
            run.finish();
            store.ingest(run, new Batch());
          }
          assertThat(store.getAll(Table.INDEX, there)).doesNotContainNull();
        }
        List<byte[]> mixed = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
          mixed.add(there.get(random.nextInt(there.size())));
          mixed.add(indexKey(random));
          mixed.add(Arrays.copyOf(there.get(i), 17));
        }
        List<byte @Nullable []> found = store.getAll(Table.INDEX, mixed);
        for (int i = 0; i < mixed.size(); i++) {
          assertThat(found.get(i) != null).isEqualTo(i % 3 == 0);
        }
        assertThat(last.rows()).isZero();
      } finally {
        done.set(true);
      }
      assertThat(others.get()).isPositive();
    }
  }

  private static int writeAndFind(RocksStore store, Random random, AtomicBoolean done) {
    int written = 0;
    while (!done.get()) {
      byte[] key = indexKey(random);
      store.write(new Batch().put(Table.INDEX, key, new byte[1]), Store.Durability.BUFFERED);
      byte[] absent = indexKey(random);
      assertThat(store.getAll(Table.INDEX, List.of(absent, key)))
          .containsExactly(null, new byte[1]);
      written++;
    }
    return written;
  }

  @Test
  void getAll_runOfBeforeAnothersFilter_isFoundNevertheless() {
    try (RocksStore store = RocksStore.create(parent.resolve("two"))) {
      Random random = new Random(13);
      List<byte[]> there = new ArrayList<>();
      Batch batch = new Batch();
      for (int i = 0; i < SortedRun.MIN_ROWS; i++) {
        there.add(indexKey(random));
        batch.put(Table.INDEX, there.get(i), new byte[16]);
      }
      try (Store.Run early = store.newRun();
          Store.Run later = store.newRun()) {
        early.add(store.pack(batch));
        early.finish();
        // Lets go of what was known, as the end of another import does.
        store.forgetKeys();
        later.add(store.pack(batch(random)));
        later.finish();
        store.ingest(later, new Batch());
        store.ingest(early, new Batch());
        assertThat(store.getAll(Table.INDEX, there)).doesNotContainNull();
      }
    }
  }

  @Test
  void ingest_manyRunsWhileAFilterAnswersForThem_mergesOnlyWhenItIsGone() throws Exception {
    try (RocksStore store = RocksStore.create(parent.resolve("many"));
        Store.Run others = store.newRun()) {
      Random random = new Random(14);
      for (int i = 0; i <= RocksOptions.TOP_FILES_IN_BULK; i++) {
        ingest(store, batch(random));
      }
      assertThat(atTheTop(store))
          .hasSize(RocksOptions.TOP_FILES_IN_BULK)
          .noneMatch(LiveFileMetaData::beingCompacted);

      store.forgetKeys();
      ingest(store, batch(random));

      Instant end = Instant.now().plusSeconds(60);
      while (atTheTop(store).size() >= RocksOptions.TOP_FILES && Instant.now().isBefore(end)) {
        Thread.sleep(10);
      }
      assertThat(atTheTop(store)).hasSizeLessThan(RocksOptions.TOP_FILES);
      assertThat(others.rows()).isZero();
    }
  }

  private static void ingest(RocksStore store, Batch batch) {
    try (Store.Run run = store.newRun()) {
      run.add(store.pack(batch));
      run.finish();
      store.ingest(run, new Batch());
    }
  }

  private static List<LiveFileMetaData> atTheTop(RocksStore store) {
    return store.files().stream().filter(file -> file.level() == 0).toList();
  }

  private static Batch batch(Random random) {
    Batch batch = new Batch();
    for (int i = 0; i < SortedRun.MIN_ROWS; i++) {
      batch.put(Table.INDEX, indexKey(random), new byte[16]);
    }
    return batch;
  }
}
