package org.strongroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Store.Cursor;
import org.strongroom.store.Store.Durability;

/** What every engine must do. Rows are checked against a sorted map, with fixed seeds. */
@Timeout(60)
public abstract class StoreContract {
  private static final byte[] NONE = new byte[0];

  private Store store;

  /** A new, empty store. */
  protected abstract Store create();

  /**
   * The same rows as the engine keeps them at rest, which it may read by another path than what was
   * just written.
   */
  protected abstract Store settled(Store store);

  @BeforeEach
  void startEmpty() {
    store = create();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void get_absentKey_isNull() {
    assertThat(store.get(Table.META, hex("00"))).isNull();
  }

  @Test
  void get_presentKey_isItsValue() {
    put(Table.META, "0001", "aa");
    put(Table.META, "0002", "");
    inBothStates(
        () -> {
          assertThat(store.get(Table.META, hex("0001"))).isEqualTo(hex("aa"));
          assertThat(store.get(Table.META, hex("0002"))).isNotNull().isEmpty();
          assertThat(store.get(Table.META, hex("00"))).isNull();
          assertThat(store.get(Table.META, hex("000100"))).isNull();
        });
  }

  @Test
  void get_emptyKey_isAKeyLikeAnyOther() {
    put(Table.BLOBS, "", "aa");
    inBothStates(
        () -> {
          assertThat(store.get(Table.BLOBS, NONE)).isEqualTo(hex("aa"));
          assertThat(store.get(Table.META, NONE)).isNull();
          assertThat(store.lastKey(Table.BLOBS)).isNotNull().isEmpty();
        });
  }

  @Test
  void getAll_mixedKeys_keepsTheirOrderWithNullForAbsentOnes() {
    put(Table.BLOBS, "01", "a1");
    put(Table.BLOBS, "03", "a3");
    inBothStates(
        () -> {
          List<byte @Nullable []> values =
              store.getAll(Table.BLOBS, List.of(hex("03"), hex("02"), hex("01"), hex("03")));
          assertThat(values).containsExactly(hex("a3"), null, hex("a1"), hex("a3"));
          assertThat(store.getAll(Table.BLOBS, List.of())).isEmpty();
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 16, 17, 18, 19, 20, 26})
  void scan_anyPrefixLength_yieldsExactlyTheModelsRows(int length) {
    Random random = new Random(length);
    List<byte[]> prefixes = new ArrayList<>();
    NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    for (int i = 0; i < 40; i++) {
      byte[] prefix = fewValued(random, length);
      prefixes.add(prefix);
      model.put(Arrays.copyOf(prefix, length / 2), NONE);
      for (int more = 0; more < 8; more++) {
        byte[] key = Arrays.copyOf(prefix, length + more);
        Arrays.fill(key, length, key.length, random.nextBoolean() ? (byte) 0xff : (byte) more);
        model.put(key, BigEndian.ofLong(random.nextLong()));
      }
    }
    // What lies next to the table must not come into it.
    Batch batch =
        new Batch()
            .put(Table.RECORDS, hex("ff".repeat(40)), NONE)
            .put(Table.BLOBS, NONE, NONE)
            .put(Table.BLOBS, hex("00"), NONE);
    model.forEach((key, value) -> batch.put(Table.INDEX, key, value));
    store.write(batch, Durability.BUFFERED);

    inBothStates(
        () -> {
          for (byte[] prefix : prefixes) {
            assertThat(rows(store.scan(Table.INDEX, prefix)))
                .isEqualTo(within(model, prefix, prefix));
            byte[] from = Arrays.copyOf(prefix, length + 1);
            from[length] = (byte) random.nextInt();
            assertThat(rows(store.scan(Table.INDEX, prefix, from)))
                .isEqualTo(within(model, prefix, from));
          }
          assertThat(rows(store.scan(Table.INDEX, NONE))).isEqualTo(within(model, NONE, NONE));
          try (Store.Snapshot snapshot = store.snapshot()) {
            for (StoreView view : List.of(store, snapshot)) {
              List<List<Row>> all = view.scanAll(Table.INDEX, prefixes, 3);
              assertThat(all).hasSameSizeAs(prefixes);
              for (int i = 0; i < all.size(); i++) {
                byte[] prefix = prefixes.get(i);
                assertThat(all.get(i).stream().map(found -> row(found.key(), found.value())))
                    .isEqualTo(within(model, prefix, prefix).stream().limit(3).toList());
              }
            }
          }
        });
  }

  @Test
  void scan_bytesAbove7f_orderAsUnsigned() {
    List<String> keys = List.of("", "00", "0000", "7f", "80", "fe", "feff", "ff", "ff00", "ffff");
    keys.forEach(key -> put(Table.META, key, "01"));
    inBothStates(() -> assertThat(keys(store.scan(Table.META, NONE))).isEqualTo(keys));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 18, 26})
  void scan_prefixOfAllOnes_reachesTheTablesEndAndNoFurther(int length) {
    String ones = "ff".repeat(length);
    put(Table.BLOBS, "fe".repeat(length), "01");
    put(Table.BLOBS, ones, "02");
    put(Table.BLOBS, ones + "00", "03");
    put(Table.BLOBS, ones + "ffff", "04");
    put(Table.AUDIT_ENTRIES, "", "05");
    put(Table.AUDIT_ENTRIES, ones, "06");
    inBothStates(
        () ->
            assertThat(keys(store.scan(Table.BLOBS, hex(ones))))
                .containsExactly(ones, ones + "00", ones + "ffff"));
  }

  @Test
  void scan_fromTheMiddle_startsThereWhetherOrNotTheKeyExists() {
    List.of("0a01", "0a03", "0a05", "0b00").forEach(key -> put(Table.BLOBS, key, "01"));
    inBothStates(
        () -> {
          assertThat(keys(store.scan(Table.BLOBS, hex("0a"), hex("0a03"))))
              .containsExactly("0a03", "0a05");
          assertThat(keys(store.scan(Table.BLOBS, hex("0a"), hex("0a04")))).containsExactly("0a05");
          assertThat(keys(store.scan(Table.BLOBS, hex("0a"), hex("0a06")))).isEmpty();
          assertThat(keys(store.scan(Table.BLOBS, NONE, hex("0a05"))))
              .containsExactly("0a05", "0b00");
        });
  }

  @Test
  void scan_fromOutsideThePrefix_isABug() {
    assertThatThrownBy(() -> store.scan(Table.BLOBS, hex("0a"), hex("09")))
        .isInstanceOf(BugException.class);
    assertThatThrownBy(() -> store.scan(Table.BLOBS, hex("0a"), NONE))
        .isInstanceOf(BugException.class);
  }

  @Test
  void scan_afterItsEnd_staysAtTheEnd() {
    put(Table.META, "01", "aa");
    try (Cursor cursor = store.scan(Table.META, NONE)) {
      assertThatThrownBy(cursor::key).isInstanceOf(BugException.class);
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.key()).isEqualTo(hex("01"));
      assertThat(cursor.value()).isEqualTo(hex("aa"));
      assertThat(cursor.next()).isFalse();
      assertThat(cursor.next()).isFalse();
      assertThatThrownBy(cursor::value).isInstanceOf(BugException.class);
    }
  }

  @Test
  void scan_writesAfterItsStart_areNotInIt() {
    List.of("01", "02", "03").forEach(key -> put(Table.META, key, "0a"));
    try (Cursor cursor = store.scan(Table.META, NONE)) {
      put(Table.META, "00", "0b");
      put(Table.META, "02", "0b");
      put(Table.META, "04", "0b");
      store.write(new Batch().delete(Table.META, hex("03")), Durability.BUFFERED);
      assertThat(rows(cursor)).containsExactly("01=0a", "02=0a", "03=0a");
    }
    assertThat(rows(store.scan(Table.META, NONE)))
        .containsExactly("00=0b", "01=0a", "02=0b", "04=0b");
  }

  @Test
  void readsDuringWrites_neverSeeHalfABatch() throws Exception {
    AtomicInteger reading = new AtomicInteger(2);
    Callable<Void> writer =
        () -> {
          for (long i = 1; reading.get() > 0; i++) {
            byte[] value = BigEndian.ofLong(i);
            store.write(
                new Batch()
                    .put(Table.META, hex("00"), value)
                    .put(Table.META, hex("01"), value)
                    .put(Table.META, hex("ff".repeat(30)), value),
                Durability.BUFFERED);
          }
          return null;
        };
    Set<String> seen = ConcurrentHashMap.newKeySet();
    Callable<Void> reader =
        () -> {
          try {
            while (seen.size() < 100) {
              List<String> rows = rows(store.scan(Table.META, NONE));
              List<String> values =
                  rows.stream().map(row -> row.substring(row.indexOf('='))).distinct().toList();
              assertThat(rows.size()).isIn(0, 3);
              assertThat(values.size()).isLessThanOrEqualTo(1);
              seen.addAll(values);
            }
            return null;
          } finally {
            reading.decrementAndGet();
          }
        };
    together(List.of(writer, reader, reader));
    assertThat(seen).hasSizeGreaterThanOrEqualTo(100);
  }

  @Test
  void getAllInOrder_anyKeys_givesWhatGetsDo() {
    Random random = new Random(5);
    for (int i = 0; i < 3_000; i++) {
      Batch row = new Batch().put(Table.BLOBS, key(random), new byte[] {(byte) i});
      store.write(row, Durability.BUFFERED);
    }
    inBothStates(
        () -> {
          try (Store.Snapshot snapshot = store.snapshot()) {
            byte[] later = {0};
            store.write(new Batch().put(Table.BLOBS, later, later), Durability.BUFFERED);
            for (int most : new int[] {0, 1, 2, 50, 5_000}) {
              List<byte[]> keys = new ArrayList<>(List.of(later));
              for (int i = 0; i < most; i++) {
                keys.add(key(random));
              }
              assertSameInOrder(snapshot, keys);
              keys.sort(Arrays::compareUnsigned);
              assertSameInOrder(snapshot, keys);
            }
            store.write(new Batch().delete(Table.BLOBS, later), Durability.BUFFERED);
          }
        });
  }

  /** Dense at one end and sparse at the other. */
  private static byte[] key(Random random) {
    int first = random.nextInt(256);
    return new byte[] {(byte) first, (byte) random.nextInt(1 + first), (byte) random.nextInt(8)};
  }

  private static void assertSameInOrder(StoreView view, List<byte[]> keys) {
    assertThat(view.getAllInOrder(Table.BLOBS, keys))
        .usingElementComparator(Comparator.nullsFirst(Arrays::compare))
        .isEqualTo(view.getAll(Table.BLOBS, keys));
    List<byte[]> prefixes = keys.stream().map(key -> Arrays.copyOf(key, 1)).toList();
    for (int most : new int[] {1, 3, 1_000}) {
      assertThat(texts(view.scanAllInOrder(Table.BLOBS, prefixes, most)))
          .isEqualTo(texts(view.scanAll(Table.BLOBS, prefixes, most)));
    }
  }

  private static List<String> texts(List<List<Row>> all) {
    return all.stream()
        .map(rows -> rows.stream().map(row -> text(row.key()) + text(row.value())).toList() + "")
        .toList();
  }

  private static String text(byte[] bytes) {
    return HexFormat.of().formatHex(bytes) + " ";
  }

  @Test
  void snapshot_writesAfterIt_areNotInIt() {
    put(Table.BLOBS, "01", "a1");
    put(Table.BLOBS, "02", "a2");
    inBothStates(
        () -> {
          try (Store.Snapshot snapshot = store.snapshot()) {
            store.write(
                new Batch()
                    .put(Table.BLOBS, hex("00"), hex("b0"))
                    .put(Table.BLOBS, hex("01"), hex("b1"))
                    .delete(Table.BLOBS, hex("02"))
                    .put(Table.BLOBS, hex("03"), hex("b3")),
                Durability.BUFFERED);

            assertThat(rows(snapshot.scan(Table.BLOBS, NONE))).containsExactly("01=a1", "02=a2");
            assertThat(rows(snapshot.scan(Table.BLOBS, hex("02")))).containsExactly("02=a2");
            assertThat(rows(snapshot.scan(Table.BLOBS, NONE, hex("02")))).containsExactly("02=a2");
            assertThat(snapshot.get(Table.BLOBS, hex("01"))).isEqualTo(hex("a1"));
            assertThat(snapshot.get(Table.BLOBS, hex("03"))).isNull();
            assertThat(snapshot.getAll(Table.BLOBS, List.of(hex("02"), hex("00"))))
                .containsExactly(hex("a2"), null);
            assertThat(snapshot.lastKey(Table.BLOBS)).isEqualTo(hex("02"));
            assertThat(snapshot.lastKey(Table.META)).isNull();
            assertThat(rows(store.scan(Table.BLOBS, NONE)))
                .containsExactly("00=b0", "01=b1", "03=b3");
          }
          store.write(
              new Batch()
                  .delete(Table.BLOBS, hex("00"))
                  .put(Table.BLOBS, hex("01"), hex("a1"))
                  .put(Table.BLOBS, hex("02"), hex("a2"))
                  .delete(Table.BLOBS, hex("03")),
              Durability.BUFFERED);
        });
  }

  @Test
  void snapshot_afterItOrTheStoreIsClosed_isOfNoUse() {
    put(Table.BLOBS, "01", "a1");
    Store.Snapshot closed = store.snapshot();
    closed.close();
    closed.close();
    assertThatThrownBy(() -> closed.get(Table.BLOBS, hex("01"))).isInstanceOf(BugException.class);
    assertThatThrownBy(() -> closed.scan(Table.BLOBS, NONE)).isInstanceOf(BugException.class);

    Store.Snapshot left = store.snapshot();
    Cursor walk = left.scan(Table.BLOBS, NONE);
    store.close();
    assertClosed(() -> left.get(Table.BLOBS, hex("01")));
    assertClosed(() -> left.getAll(Table.BLOBS, List.of(hex("01"))));
    assertClosed(() -> left.scan(Table.BLOBS, NONE));
    assertClosed(() -> left.lastKey(Table.BLOBS));
    assertClosed(walk::next);
    assertClosed(store::snapshot);
    walk.close();
    left.close();
  }

  @Test
  void lastKey_emptyTable_isNull() {
    for (Table table : Table.values()) {
      assertThat(store.lastKey(table)).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void lastKey_onlyNeighboursFilled_isNull(Table table) {
    Batch batch = new Batch();
    for (Table other : Table.values()) {
      if (other != table) {
        batch.put(other, NONE, NONE).put(other, hex("00"), NONE).put(other, hex("ffff"), NONE);
      }
    }
    store.write(batch, Durability.BUFFERED);
    inBothStates(() -> assertThat(store.lastKey(table)).isNull());
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void lastKey_allTablesFilled_isTheTablesOwnGreatest(Table table) {
    Batch batch = new Batch();
    for (Table each : Table.values()) {
      batch.put(each, NONE, NONE).put(each, hex("80"), NONE);
      batch.put(each, hex("ff".repeat(each.id())), NONE);
    }
    store.write(batch, Durability.BUFFERED);
    inBothStates(() -> assertThat(store.lastKey(table)).isEqualTo(hex("ff".repeat(table.id()))));
    store.write(
        new Batch().delete(table, hex("ff".repeat(table.id()))).delete(table, hex("80")),
        Durability.BUFFERED);
    inBothStates(() -> assertThat(store.lastKey(table)).isNotNull().isEmpty());
  }

  @Test
  void tables_sameKeys_neverLeakIntoEachOther() {
    Batch batch = new Batch();
    List<String> keys = List.of("", "00", "ff".repeat(18), "ff".repeat(40));
    for (Table table : Table.values()) {
      keys.forEach(key -> batch.put(table, hex(key), new byte[] {table.id()}));
    }
    store.write(batch, Durability.BUFFERED);
    inBothStates(
        () -> {
          for (Table table : Table.values()) {
            String value = HexFormat.of().toHexDigits(table.id());
            assertThat(rows(store.scan(table, NONE)))
                .isEqualTo(keys.stream().map(key -> key + "=" + value).toList());
            assertThat(keys(store.scan(table, hex("ff")))).hasSize(2);
          }
        });
  }

  @Test
  void write_sameKeyTwiceInABatch_laterChangeWins() {
    put(Table.META, "03", "00");
    store.write(
        new Batch()
            .put(Table.META, hex("01"), hex("a1"))
            .put(Table.META, hex("01"), hex("a2"))
            .put(Table.META, hex("02"), hex("b1"))
            .delete(Table.META, hex("02"))
            .delete(Table.META, hex("03"))
            .addAll(new Batch().put(Table.META, hex("03"), hex("c1"))),
        Durability.SYNCED);
    inBothStates(
        () -> assertThat(rows(store.scan(Table.META, NONE))).containsExactly("01=a2", "03=c1"));
  }

  @Test
  void write_deleteOfAnAbsentKeyOrNothingAtAll_changesNothing() {
    put(Table.META, "01", "aa");
    store.write(new Batch().delete(Table.META, hex("02")), Durability.SYNCED);
    store.write(new Batch(), Durability.SYNCED);
    store.write(new Batch(), Durability.BUFFERED);
    inBothStates(() -> assertThat(rows(store.scan(Table.META, NONE))).containsExactly("01=aa"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void manyRandomChanges_leaveWhatTheModelLeaves(long seed) {
    Random random = new Random(seed);
    List<Table> tables = List.of(Table.values());
    Map<Table, NavigableMap<byte[], byte[]>> model = new EnumMap<>(Table.class);
    for (Table table : tables) {
      model.put(table, new TreeMap<>(Arrays::compareUnsigned));
    }
    for (int round = 0; round < 300; round++) {
      Batch batch = new Batch();
      for (int i = random.nextInt(12); i >= 0; i--) {
        Table table = tables.get(random.nextInt(tables.size()));
        byte[] key = fewValued(random, random.nextInt(22));
        NavigableMap<byte[], byte[]> rows = Objects.requireNonNull(model.get(table));
        if (random.nextInt(3) == 0) {
          batch.delete(table, key);
          rows.remove(key);
        } else {
          byte[] value = BigEndian.ofLong(random.nextLong());
          batch.put(table, key, value);
          rows.put(key, value);
        }
      }
      store.write(batch, random.nextInt(50) == 0 ? Durability.SYNCED : Durability.BUFFERED);
    }
    inBothStates(
        () ->
            model.forEach(
                (table, rows) -> {
                  assertThat(rows(store.scan(table, NONE))).isEqualTo(within(rows, NONE, NONE));
                  assertThat(store.lastKey(table)).isEqualTo(rows.lastKey());
                }));
  }

  @Test
  void everyCall_afterClose_saysThatTheVaultIsClosed() {
    put(Table.META, "01", "aa");
    Cursor walking = store.scan(Table.META, NONE);
    assertThat(walking.next()).isTrue();
    Cursor waiting = store.scan(Table.META, NONE);
    store.close();
    store.close();
    assertClosed(() -> store.get(Table.META, hex("01")));
    assertClosed(() -> store.getAll(Table.META, List.of(hex("01"))));
    assertClosed(() -> store.scan(Table.META, NONE));
    assertClosed(() -> store.lastKey(Table.META));
    assertClosed(() -> store.write(new Batch().put(Table.META, NONE, NONE), Durability.BUFFERED));
    assertClosed(walking::next);
    assertClosed(waiting::next);
    walking.close();
    waiting.close();
    waiting.close();
  }

  @Test
  void close_underLoad_endsEveryCallerWithAClearFault() throws Exception {
    for (int round = 0; round < 5; round++) {
      Batch batch = new Batch();
      for (long i = 0; i < 2000; i++) {
        batch.put(Table.RECORDS, BigEndian.ofLong(i), new byte[100]);
      }
      store.write(batch, Durability.BUFFERED);
      AtomicLong calls = new AtomicLong();
      List<Callable<Void>> callers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        callers.add(untilClosed(calls, () -> store.get(Table.RECORDS, BigEndian.ofLong(7))));
        callers.add(untilClosed(calls, () -> store.lastKey(Table.RECORDS)));
        callers.add(
            untilClosed(
                calls,
                () ->
                    store.write(
                        new Batch().put(Table.META, hex("01"), NONE), Durability.BUFFERED)));
        callers.add(
            untilClosed(
                calls,
                () -> {
                  try (Cursor cursor = store.scan(Table.RECORDS, NONE)) {
                    while (cursor.next()) {
                      calls.incrementAndGet();
                    }
                  }
                }));
      }
      callers.add(
          () -> {
            while (calls.get() < 5000) {
              Thread.onSpinWait();
            }
            store.close();
            return null;
          });
      together(callers);
      store = create();
    }
  }

  private Callable<Void> untilClosed(AtomicLong calls, Runnable call) {
    return () -> {
      try {
        while (true) {
          call.run();
          calls.incrementAndGet();
        }
      } catch (VaultException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED);
        assertThat(e).hasMessage("the vault is closed");
        return null;
      }
    };
  }

  private static void assertClosed(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
  }

  /** Runs all at once and passes on what any of them throws. */
  private static void together(List<Callable<Void>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Future<Void>> futures = new ArrayList<>();
      tasks.forEach(task -> futures.add(threads.submit(task)));
      for (Future<Void> future : futures) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void inBothStates(Runnable check) {
    check.run();
    store = settled(store);
    check.run();
  }

  private void put(Table table, String key, String value) {
    store.write(new Batch().put(table, hex(key), hex(value)), Durability.BUFFERED);
  }

  /** Bytes of few values, so that random keys share prefixes and sit at the ends of the range. */
  private static byte[] fewValued(Random random, int length) {
    byte[] out = new byte[length];
    for (int i = 0; i < length; i++) {
      out[i] = (byte) List.of(0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff).get(random.nextInt(6)).intValue();
    }
    if (random.nextInt(4) == 0) {
      Arrays.fill(out, length / 2, length, (byte) 0xff);
    }
    return out;
  }

  private static List<String> within(
      NavigableMap<byte[], byte[]> model, byte[] prefix, byte[] from) {
    String start = HexFormat.of().formatHex(prefix);
    return model.tailMap(from, true).entrySet().stream()
        .map(row -> row(row.getKey(), row.getValue()))
        .filter(row -> row.startsWith(start))
        .toList();
  }

  /** The rest of a walk, as {@code key=value} in hexadecimal; closes it. */
  private static List<String> rows(Cursor cursor) {
    List<String> out = new ArrayList<>();
    try (cursor) {
      while (cursor.next()) {
        out.add(row(cursor.key(), cursor.value()));
      }
    }
    return out;
  }

  private static List<String> keys(Cursor cursor) {
    return rows(cursor).stream().map(row -> row.substring(0, row.indexOf('='))).toList();
  }

  private static String row(byte[] key, byte[] value) {
    return HexFormat.of().formatHex(key) + "=" + HexFormat.of().formatHex(value);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
