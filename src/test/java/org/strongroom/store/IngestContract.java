package org.strongroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Store.Durability;

/** What every engine must do with runs, checked against a sorted map, with fixed seeds. */
@Timeout(60)
public abstract class IngestContract {
  private static final byte[] NONE = new byte[0];
  private static final byte[] KEY = {1, 2, 3};

  private final Map<Table, NavigableMap<byte[], byte[]>> model = new EnumMap<>(Table.class);
  private Store store;

  /** A new, empty store. */
  protected abstract Store create();

  /** The same rows as the engine keeps them at rest. */
  protected abstract Store settled(Store store);

  @BeforeEach
  void startEmpty() {
    store = create();
    for (Table table : Table.values()) {
      model.put(table, new TreeMap<>(Arrays::compareUnsigned));
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 30", "2, 9000"})
  void ingest_overOlderRowsAndRuns_leavesWhatTheModelLeaves(long seed, int changes) {
    Random random = new Random(seed);
    for (int round = 0; round < 3; round++) {
      write(random(random, changes / 3));
      try (Store.Run run = store.newRun()) {
        for (int i = 0; i < 3; i++) {
          Batch batch = random(random, changes / 3);
          run.add(store.pack(batch));
          note(batch);
        }
        run.finish();
        Batch batch = random(random, changes / 5);
        note(batch);
        store.ingest(run, batch);
      }
      requireModel();
    }
    write(random(random, changes / 3));
    requireModel();
    store = settled(store);
    requireModel();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20_000})
  void ingest_keyThatBothChange_isAsTheBatchLeavesIt(int filling) {
    write(new Batch().put(Table.BLOBS, KEY, new byte[] {1}).put(Table.META, KEY, new byte[] {1}));
    try (Store.Run run = filled(filling)) {
      run.add(
          store.pack(new Batch().put(Table.BLOBS, KEY, new byte[] {2}).delete(Table.META, KEY)));
      run.finish();
      store.ingest(
          run,
          new Batch().put(Table.BLOBS, KEY, new byte[] {3}).put(Table.META, KEY, new byte[] {3}));
    }
    assertThat(store.get(Table.BLOBS, KEY)).containsExactly(3);
    assertThat(store.get(Table.META, KEY)).containsExactly(3);
    store = settled(store);
    assertThat(store.get(Table.BLOBS, KEY)).containsExactly(3);
    assertThat(store.get(Table.META, KEY)).containsExactly(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20_000})
  void ingest_nothingBesides_bringsTheRunIn(int filling) {
    try (Store.Run run = filled(filling)) {
      run.finish();
      store.ingest(run, new Batch());
    }
    requireFilled(filling);
    store = settled(store);
    requireFilled(filling);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20_000})
  void ingest_snapshotTakenBefore_doesNotSeeIt(int filling) {
    try (Store.Run run = filled(filling);
        Store.Snapshot before = store.snapshot()) {
      run.finish();
      store.ingest(run, new Batch().put(Table.META, KEY, KEY));
      assertThat(before.lastKey(Table.RECORDS)).isNull();
      assertThat(before.get(Table.META, KEY)).isNull();
      requireFilled(filling);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20_000})
  void run_closedBeforeItIsIngested_leavesNothing(int filling) {
    try (Store.Run run = filled(filling)) {
      run.finish();
    }
    try (Store.Run run = filled(filling)) {
      assertThat(run.rows()).isEqualTo(filling);
    }
    assertThat(store.lastKey(Table.RECORDS)).isNull();
    store = settled(store);
    assertThat(store.lastKey(Table.RECORDS)).isNull();
  }

  @Test
  @SuppressWarnings("try") // Closing twice is what is tried.
  void run_usedOutOfOrder_isABug() {
    try (Store.Run run = filled(1)) {
      assertThatThrownBy(() -> store.ingest(run, new Batch())).isInstanceOf(BugException.class);
      run.finish();
      assertThatThrownBy(run::finish).isInstanceOf(BugException.class);
      assertThatThrownBy(() -> run.add(store.pack(new Batch()))).isInstanceOf(BugException.class);
      run.close();
      run.close();
      assertThatThrownBy(() -> store.ingest(run, new Batch())).isInstanceOf(BugException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20_000})
  void ingest_afterClose_saysThatTheVaultIsClosed(int filling) {
    Store.Run run = filled(filling);
    run.finish();
    store.close();
    assertThatThrownBy(() -> store.ingest(run, new Batch()))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
    run.close();
  }

  /** Longer than any one piece of memory that an engine may gather rows in. */
  @Test
  void ingest_rowsOfAnyLength_arriveWhole() {
    Random random = new Random(7);
    Batch batch = new Batch();
    for (int length : List.of(0, 1, 5 << 20, 100, (4 << 20) - 8, 4 << 20, 17, 0)) {
      byte[] value = new byte[length];
      random.nextBytes(value);
      batch.put(Table.BLOBS, BigEndian.ofLong(random.nextLong()), value);
    }
    try (Store.Run run = filled(20_000)) {
      run.add(store.pack(batch));
      note(batch);
      run.finish();
      store.ingest(run, new Batch());
    }
    for (Batch.Change change : batch.changes()) {
      assertThat(store.get(change.table(), change.key())).isEqualTo(change.value());
    }
  }

  private Store.Run filled(int rows) {
    Store.Run run = store.newRun();
    Batch batch = new Batch();
    for (int i = 0; i < rows; i++) {
      batch.put(Table.RECORDS, BigEndian.ofLong(i), BigEndian.ofLong(i));
    }
    run.add(store.pack(batch));
    assertThat(run.rows()).isEqualTo(rows);
    assertThat(run.bytes()).isEqualTo(17L * rows);
    return run;
  }

  private void requireFilled(int rows) {
    int found = 0;
    try (Store.Cursor cursor = store.scan(Table.RECORDS, NONE)) {
      while (cursor.next()) {
        assertThat(cursor.key()).isEqualTo(BigEndian.ofLong(found));
        assertThat(cursor.value()).isEqualTo(BigEndian.ofLong(found));
        found++;
      }
    }
    assertThat(found).isEqualTo(rows);
  }

  private void write(Batch batch) {
    store.write(batch, Durability.BUFFERED);
    note(batch);
  }

  private void note(Batch batch) {
    for (Batch.Change change : batch.changes()) {
      NavigableMap<byte[], byte[]> rows = Objects.requireNonNull(model.get(change.table()));
      byte[] value = change.value();
      if (value == null) {
        rows.remove(change.key());
      } else {
        rows.put(change.key(), value);
      }
    }
  }

  /** Keys that often begin alike, are often the same, and often are those of a log: rising. */
  private static Batch random(Random random, int changes) {
    List<Table> tables = List.of(Table.META, Table.INDEX, Table.RECORDS, Table.AUDIT_ENTRIES);
    Batch batch = new Batch();
    for (int i = 0; i < changes; i++) {
      Table table = tables.get(random.nextInt(tables.size()));
      byte[] key = new byte[random.nextInt(30)];
      Arrays.fill(key, (byte) random.nextInt(3));
      for (int n = random.nextInt(5); n > 0 && key.length > 0; n--) {
        key[key.length - 1 - random.nextInt(key.length)] = (byte) random.nextInt();
      }
      if (random.nextInt(4) == 0) {
        batch.delete(table, key);
      } else {
        byte[] value = new byte[random.nextInt(40)];
        random.nextBytes(value);
        batch.put(table, key, value);
      }
    }
    return batch;
  }

  private void requireModel() {
    model.forEach(
        (table, rows) -> {
          List<String> expected = new ArrayList<>();
          rows.forEach((key, value) -> expected.add(row(key, value)));
          assertThat(rows(table, NONE)).as("%s", table).isEqualTo(expected);
          byte[] last = store.lastKey(table);
          assertThat(last).isEqualTo(rows.isEmpty() ? null : rows.lastKey());
          // By prefix and one by one: the filters of the files that came in must let them pass.
          for (byte[] key : rows.keySet()) {
            assertThat(store.get(table, key)).isEqualTo(rows.get(key));
            if (key.length >= 18) {
              byte[] prefix = Arrays.copyOf(key, 18);
              assertThat(rows(table, prefix))
                  .contains(row(key, Objects.requireNonNull(rows.get(key))));
            }
          }
        });
  }

  private List<String> rows(Table table, byte[] prefix) {
    List<String> out = new ArrayList<>();
    try (Store.Cursor cursor = store.scan(table, prefix)) {
      while (cursor.next()) {
        out.add(row(cursor.key(), cursor.value()));
      }
    }
    return out;
  }

  private static String row(byte[] key, byte[] value) {
    HexFormat hex = HexFormat.of();
    return hex.formatHex(key) + "=" + hex.formatHex(value);
  }
}
