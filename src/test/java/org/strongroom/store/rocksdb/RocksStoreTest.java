package org.strongroom.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.ChildJvm;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.StoreContract;
import org.strongroom.store.Table;

final class RocksStoreTest extends StoreContract {
  private static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);

  @TempDir Path parent;

  private final Map<Store, Path> directories = new HashMap<>();

  @Override
  protected Store create() {
    Path directory = parent.resolve("store" + directories.size());
    Store store = RocksStore.create(directory);
    directories.put(store, directory);
    return store;
  }

  /** Recovery writes what was in the log to sorted files, with their own filters. */
  @Override
  protected Store settled(Store store) {
    store.close();
    Path directory = Objects.requireNonNull(directories.get(store));
    Store again = RocksStore.open(directory);
    directories.put(again, directory);
    return again;
  }

  @Test
  void open_afterClose_hasEverythingThatWasWritten() {
    Path directory = parent.resolve("kept");
    try (RocksStore store = RocksStore.create(directory)) {
      store.write(new Batch().put(Table.META, KEY, new byte[] {1}), Store.Durability.SYNCED);
      store.write(new Batch().put(Table.BLOBS, KEY, new byte[] {2}), Store.Durability.BUFFERED);
    }
    try (RocksStore store = RocksStore.open(directory)) {
      assertThat(store.get(Table.META, KEY)).containsExactly(1);
      assertThat(store.get(Table.BLOBS, KEY)).containsExactly(2);
    }
  }

  @Test
  void files_ofWhatFindsWrite_spanNothingOfWhatFindsRead() {
    Path directory = parent.resolve("apart");
    try (RocksStore store = RocksStore.create(directory)) {
      for (Table table : Table.values()) {
        if (table == Table.META || table.name().startsWith("AUDIT")) {
          store.write(new Batch().put(table, KEY, KEY), Store.Durability.BUFFERED);
        }
      }
    }
    try (RocksStore store = RocksStore.open(directory)) {
      assertThat(store.files()).isNotEmpty();
      for (Table table : List.of(Table.RECORDS, Table.INDEX, Table.BLOBS)) {
        assertThat(store.files())
            .noneMatch(
                file -> file.smallestKey()[0] <= table.id() && table.id() <= file.largestKey()[0]);
      }
    }
  }

  @Test
  void open_whileOpenHere_isInUse() {
    Path directory = parent.resolve("held");
    try (RocksStore store = RocksStore.create(directory)) {
      store.write(new Batch().put(Table.META, KEY, KEY), Store.Durability.BUFFERED);
      assertFails(() -> RocksStore.open(directory), ErrorCode.VAULT_IN_USE);
      assertThat(store.get(Table.META, KEY)).isEqualTo(KEY);
    }
    RocksStore.open(directory).close();
  }

  @Test
  void open_whileOpenInAnotherProcess_isInUse() throws Exception {
    Path directory = parent.resolve("held");
    try (RocksStore held = RocksStore.create(directory)) {
      assertThat(held.lastKey(Table.META)).isNull();
      assertThat(ChildJvm.killedAfter(1, LockProbe.class, directory.toString()))
          .containsExactly("VAULT_IN_USE");
    }
    assertThat(ChildJvm.killedAfter(1, LockProbe.class, directory.toString()))
        .containsExactly("opened");
  }

  @Test
  void open_noStoreThere_saysSoAndLeavesNothingBehind() {
    Path directory = parent.resolve("none");
    assertFails(() -> RocksStore.open(directory), ErrorCode.NO_VAULT);
    assertThat(directory).doesNotExist();
  }

  @Test
  void open_damagedStoreUnderANameThatSaysLock_isNotTakenForOneInUse() throws IOException {
    Path directory = parent.resolve("block lock file");
    RocksStore.create(directory).close();
    try (var files = Files.newDirectoryStream(directory, "MANIFEST-*")) {
      for (Path file : files) {
        Files.write(file, new byte[100]);
      }
    }
    assertFails(() -> RocksStore.open(directory), ErrorCode.STORE_FAILED);
  }

  @Test
  void create_storeThere_refusesAndKeepsIt() {
    Path directory = parent.resolve("first");
    try (RocksStore store = RocksStore.create(directory)) {
      store.write(new Batch().put(Table.META, KEY, KEY), Store.Durability.SYNCED);
    }
    assertFails(() -> RocksStore.create(directory), ErrorCode.STORE_FAILED);
    try (RocksStore store = RocksStore.open(directory)) {
      assertThat(store.get(Table.META, KEY)).isEqualTo(KEY);
    }
  }

  @Test
  void writeSynced_processKilled_losesNothingAcknowledgedAndTearsNothing() throws Exception {
    Path directory = parent.resolve("killed");
    RocksStore.create(directory).close();
    Set<Long> acknowledged = new HashSet<>();
    long first = 0;
    for (int round = 0; round < 4; round++) {
      List<String> lines =
          ChildJvm.killedAfter(
              150 + 170 * round, KilledWriter.class, directory.toString(), Long.toString(first));
      lines.forEach(line -> acknowledged.add(Long.parseLong(line)));
      try (RocksStore store = RocksStore.open(directory)) {
        for (long number : acknowledged) {
          assertThat(wholeBatch(store, number)).as("batch %d", number).isTrue();
        }
        byte[] last = Objects.requireNonNull(store.lastKey(Table.RECORDS));
        long end = BigEndian.getLong(last, 0);
        for (long number = 0; number <= end + KilledWriter.THREADS; number++) {
          wholeBatch(store, number);
        }
        first = end + KilledWriter.THREADS;
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(1000);
  }

  @Test
  void writeSynced_noRoomLeft_saysSoAndLosesNothingAcknowledged() throws Exception {
    Path directory = parent.resolve("full");
    RocksStore.create(directory).close();
    // Room for RocksDB's own library, which it unpacks first.
    List<String> lines =
        new ArrayList<>(
            ChildJvm.withFilesUpTo(24 << 10, FillingWriter.class, directory.toString()));
    assertThat(lines.remove(lines.size() - 1)).isEqualTo("STORE_FAILED");
    assertThat(lines).hasSizeGreaterThan(20);
    try (RocksStore store = RocksStore.open(directory)) {
      for (String first : lines) {
        assertThat(wholeParts(store, Long.parseLong(first))).isEqualTo(FillingWriter.PARTS);
      }
      assertThat(wholeParts(store, (long) lines.size() * FillingWriter.PARTS))
          .isIn(0, FillingWriter.PARTS);
      store.write(new Batch().put(Table.META, KEY, KEY), Store.Durability.SYNCED);
    }
  }

  private static int wholeParts(RocksStore store, long first) {
    int whole = 0;
    for (long number = first; number < first + FillingWriter.PARTS; number++) {
      whole += wholeBatch(store, number) ? 1 : 0;
    }
    return whole;
  }

  /** Whether batch {@code number} is there; fails when it is so in part. */
  private static boolean wholeBatch(RocksStore store, long number) {
    Batch expected = new Batch();
    KilledWriter.put(expected, number);
    int there = 0;
    for (Batch.Change change : expected.changes()) {
      byte @Nullable [] value = store.get(change.table(), change.key());
      if (value != null) {
        assertThat(value).isEqualTo(change.value());
        there++;
      }
    }
    assertThat(there).as("rows of batch %d", number).isIn(0, expected.changes().size());
    return there > 0;
  }

  private static void assertFails(ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(VaultException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
