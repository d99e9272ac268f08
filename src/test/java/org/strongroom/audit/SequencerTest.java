package org.strongroom.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.store.WatchedStore;
import org.strongroom.store.memory.MemoryStore;
import org.strongroom.translog.Checkpoint;

// In a thread of its own: a caller that waits for the sequencer for ever is not interruptible.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SequencerTest {
  private static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CHECKPOINT = "checkpoint".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  private final Store memory = new MemoryStore();
  private final WatchedStore store = new WatchedStore(memory);

  /** Writes that hold entries; checkpoints are written apart. */
  private final AtomicInteger writes = new AtomicInteger();

  private AuditKeys keys;
  private Sequencer sequencer;

  @BeforeEach
  void start() throws Exception {
    keys = AuditKeys.create(directory.resolve("vault.key"), memory);
    store.intercept(this::counted);
    sequencer = keys.sequencer(store);
  }

  @AfterEach
  void stop() {
    store.intercept((batch, durability, really) -> really.run());
    sequencer.close();
  }

  @Test
  void append_oneByOne_numbersEntriesFromZero() {
    for (int i = 0; i < 600; i++) {
      Receipt receipt = sequencer.append(AuditKeys.entry("n" + i));
      assertThat(receipt).isEqualTo(new Receipt(AuditKeys.ORIGIN, i));
    }
    LogReading log = new LogReading(memory, keys);
    assertThat(log.entries()).hasSize(600);
    assertThat(log.entries().get(599)).isEqualTo(AuditKeys.entry("n599"));
  }

  @Test
  void append_manyThreads_givesEachEntryAnIndexOfItsOwnWithoutAGap() throws Exception {
    Map<Long, String> receipts = new ConcurrentHashMap<>();
    List<FutureTask<Integer>> tasks = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      String name = "t" + thread + "-";
      tasks.add(
          started(
              () -> {
                for (int i = 0; i < 200; i++) {
                  long index = sequencer.append(AuditKeys.entry(name + i)).index();
                  assertThat(receipts.put(index, name + i)).isNull();
                }
                return 200;
              }));
    }
    for (FutureTask<Integer> task : tasks) {
      assertThat(task.get()).isEqualTo(200);
    }
    List<String> names = new LogReading(memory, keys).names();
    assertThat(names).hasSize(1600);
    receipts.forEach(
        (index, name) -> assertThat(names.get(Math.toIntExact(index))).isEqualTo(name));
  }

  @Test
  void append_writeNotYetDone_givesNoReceipt() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    List<Store.Durability> durabilities = new ArrayList<>();
    store.intercept(
        (batch, durability, really) -> {
          if (hasEntries(batch)) {
            durabilities.add(durability);
            waitFor(release);
          }
          really.run();
        });
    FutureTask<Receipt> appending = started(() -> sequencer.append(AuditKeys.entry("one")));
    await().until(() -> !durabilities.isEmpty());
    Thread.sleep(100);
    assertThat(appending.isDone()).isFalse();
    assertThat(memory.lastKey(Table.AUDIT_ENTRIES)).isNull();
    release.countDown();
    assertThat(appending.get().index()).isZero();
    assertThat(memory.lastKey(Table.AUDIT_ENTRIES)).isEqualTo(BigEndian.ofLong(0));
    assertThat(durabilities).containsExactly(Store.Durability.SYNCED);
  }

  @Test
  void append_concurrentCallers_shareOneWrite() throws Exception {
    Held held = hold();
    List<FutureTask<Receipt>> waiting = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String name = "waiting" + i;
      waiting.add(held.behind(() -> sequencer.append(AuditKeys.entry(name))));
    }
    held.release();
    for (FutureTask<Receipt> task : waiting) {
      task.get();
    }
    assertThat(writes).hasValue(2);
    assertThat(new LogReading(memory, keys).entries()).hasSize(51);
  }

  @Test
  void append_crowdThatComesAgainAndAgain_sharesEachWriteAmongMany() throws Exception {
    long callers = 64;
    long each = 50;
    List<FutureTask<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      FutureTask<Void> task =
          new FutureTask<>(
              () -> {
                for (int n = 0; n < each; n++) {
                  sequencer.append(AuditKeys.entry("one"));
                }
              },
              null);
      tasks.add(task);
      new Thread(task).start();
    }
    for (FutureTask<Void> task : tasks) {
      task.get();
    }
    assertThat(sequencer.written().entries()).isEqualTo(callers * each);
    assertThat(sequencer.written().syncs()).isEqualTo(writes.get()).isLessThan(callers * each / 4);
  }

  @Test
  void append_callerAlone_waitsForNobody() {
    for (int i = 0; i < 50; i++) {
      sequencer.append(AuditKeys.entry("one"));
    }
    assertThat(sequencer.written()).isEqualTo(new Sequencer.Written(50, 50));
  }

  @Test
  void append_keyThere_isAConflictThatWritesNothing() {
    memory.write(new Batch().put(Table.RECORDS, KEY, new byte[] {1}), Store.Durability.SYNCED);
    Change change = new Change().putNew(Table.RECORDS, KEY, new byte[] {2});
    change.batch().put(Table.INDEX, KEY, KEY);

    assertThat(sequencer.append(AuditKeys.entry("late"), change)).isEmpty();

    assertThat(memory.get(Table.RECORDS, KEY)).containsExactly(1);
    assertThat(memory.get(Table.INDEX, KEY)).isNull();
    assertThat(memory.lastKey(Table.AUDIT_ENTRIES)).isNull();
    assertThat(memory.lastKey(Table.AUDIT_ABOUT)).isNull();
    assertThat(writes).hasValue(0);
    assertThat(sequencer.append(AuditKeys.entry("next")).index()).isZero();
  }

  @Test
  void append_conditionHolds_writesEntryAndChangesTogether() {
    Change change = new Change().requireAbsent(Table.BLOBS, KEY);
    change.batch().put(Table.RECORDS, KEY, new byte[] {1}).delete(Table.INDEX, KEY);
    assertThat(sequencer.append(AuditKeys.entry("one"), change)).isPresent();
    assertThat(memory.get(Table.RECORDS, KEY)).containsExactly(1);
    assertThat(memory.get(Table.BLOBS, KEY)).isNull();
    assertThat(writes).hasValue(1);
  }

  @Test
  void append_sameNewKeyFromManyThreads_letsExactlyOneWin() throws Exception {
    for (int round = 0; round < 20; round++) {
      byte[] key = BigEndian.ofLong(round);
      List<FutureTask<Optional<Receipt>>> tasks = new ArrayList<>();
      for (byte i = 0; i < 8; i++) {
        Change change = new Change().putNew(Table.RECORDS, key, new byte[] {i});
        String name = round + "-" + i;
        tasks.add(started(() -> sequencer.append(AuditKeys.entry(name), change)));
      }
      int winner = -1;
      for (int i = 0; i < tasks.size(); i++) {
        if (tasks.get(i).get().isPresent()) {
          assertThat(winner).isEqualTo(-1);
          winner = i;
        }
      }
      assertThat(memory.get(Table.RECORDS, key)).containsExactly(winner);
      assertThat(new LogReading(memory, keys).names())
          .hasSize(round + 1)
          .endsWith(round + "-" + winner);
    }
  }

  @Test
  void append_sameNewKeyInOneGroup_letsTheFirstWin() throws Exception {
    Held held = hold();
    List<FutureTask<Optional<Receipt>>> tasks = new ArrayList<>();
    for (byte i = 0; i < 5; i++) {
      Change change = new Change().putNew(Table.RECORDS, KEY.clone(), new byte[] {i});
      tasks.add(held.behind(() -> sequencer.append(AuditKeys.entry("same"), change)));
    }
    held.release();
    assertThat(tasks.get(0).get().map(Receipt::index)).contains(1L);
    for (FutureTask<Optional<Receipt>> task : tasks.subList(1, 5)) {
      assertThat(task.get()).isEmpty();
    }
    assertThat(memory.get(Table.RECORDS, KEY)).containsExactly(0);
    assertThat(new LogReading(memory, keys).entries()).hasSize(2);
  }

  @Test
  void append_keyPutUnconditionallyEarlierInTheGroup_isAConflict() throws Exception {
    Held held = hold();
    Change plain = new Change();
    plain.batch().put(Table.RECORDS, KEY, new byte[] {1});
    Change second = new Change().putNew(Table.RECORDS, KEY.clone(), new byte[] {2});
    var first = held.behind(() -> sequencer.append(AuditKeys.entry("plain"), plain));
    var late = held.behind(() -> sequencer.append(AuditKeys.entry("new"), second));
    held.release();
    assertThat(first.get()).isPresent();
    assertThat(late.get()).isEmpty();
    assertThat(memory.get(Table.RECORDS, KEY)).containsExactly(1);
  }

  @Test
  void append_keyDeletedEarlierInTheGroup_mayBePutAgain() throws Exception {
    memory.write(new Batch().put(Table.RECORDS, KEY, new byte[] {1}), Store.Durability.SYNCED);
    Held held = hold();
    Change delete = new Change();
    delete.batch().delete(Table.RECORDS, KEY);
    Change again = new Change().putNew(Table.RECORDS, KEY.clone(), new byte[] {2});
    var first = held.behind(() -> sequencer.append(AuditKeys.entry("delete"), delete));
    var second = held.behind(() -> sequencer.append(AuditKeys.entry("new"), again));
    held.release();
    assertThat(first.get()).isPresent();
    assertThat(second.get()).isPresent();
    assertThat(memory.get(Table.RECORDS, KEY)).containsExactly(2);
  }

  @Test
  void append_sameKeyRequiredAbsentTwiceInTheGroup_isNoConflict() throws Exception {
    Held held = hold();
    Change one = new Change().requireAbsent(Table.BLOBS, KEY);
    Change other = new Change().requireAbsent(Table.BLOBS, KEY.clone());
    var first = held.behind(() -> sequencer.append(AuditKeys.entry("one"), one));
    var second = held.behind(() -> sequencer.append(AuditKeys.entry("other"), other));
    held.release();
    assertThat(first.get()).isPresent();
    assertThat(second.get()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void append_writeFails_failsTheWholeGroupAndGoesOnWithoutGapOrDuplicate(boolean afterWriting)
      throws Exception {
    sequencer.append(AuditKeys.entry("before"));
    Held held = hold();
    List<FutureTask<Receipt>> group = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String name = "failed" + i;
      group.add(held.behind(() -> sequencer.append(AuditKeys.entry(name))));
    }
    held.release(
        (batch, durability, really) -> {
          if (afterWriting) {
            really.run();
          }
          throw new VaultException(ErrorCode.STORE_FAILED, "no space left");
        });
    for (FutureTask<Receipt> task : group) {
      assertThatThrownBy(task::get)
          .hasCauseInstanceOf(VaultException.class)
          .hasMessageContaining("no space left");
    }

    store.intercept(this::counted);
    int kept = 2 + (afterWriting ? 300 : 0);
    for (int i = 0; i < 300; i++) {
      assertThat(sequencer.append(AuditKeys.entry("after" + i)).index()).isEqualTo(kept + i);
    }
    LogReading log = new LogReading(memory, keys);
    assertThat(log.entries()).hasSize(kept + 300);
    assertThat(log.names()).doesNotHaveDuplicates();
    sequencer.close();
    assertThat(LogReading.checkpoint(memory))
        .isEqualTo(new Checkpoint(AuditKeys.ORIGIN, kept + 300, log.root()));
  }

  @Test
  void append_storeFailsForAWhile_failsEachCallAndThenRecovers() {
    sequencer.append(AuditKeys.entry("before"));
    store.intercept(
        (batch, durability, really) -> {
          throw new VaultException(ErrorCode.STORE_FAILED, "unplugged");
        });
    for (int i = 0; i < 5; i++) {
      assertAuditFailed(() -> sequencer.append(AuditKeys.entry("failed")));
    }
    store.intercept(this::counted);
    assertThat(sequencer.append(AuditKeys.entry("after")).index()).isEqualTo(1);
    assertThat(new LogReading(memory, keys).names()).containsExactly("before", "after");
  }

  @Test
  void append_errorInTheStore_isAFaultAndEndsNothing() {
    store.intercept(
        (batch, durability, really) -> {
          throw new OutOfMemoryError("for the test");
        });
    assertAuditFailed(() -> sequencer.append(AuditKeys.entry("failed")));
    store.intercept(this::counted);
    assertThat(sequencer.append(AuditKeys.entry("after")).index()).isZero();
  }

  @Test
  void append_interruptedCaller_isAFaultAndStaysInterrupted() throws Exception {
    FutureTask<Boolean> task =
        started(
            () -> {
              Thread.currentThread().interrupt();
              assertAuditFailed(() -> sequencer.append(AuditKeys.entry("interrupted")));
              return Thread.currentThread().isInterrupted();
            });
    assertThat(task.get()).isTrue();
    assertThat(sequencer.append(AuditKeys.entry("next")).index()).isZero();
  }

  @Test
  void close_underLoad_leavesEachAppendWithAReceiptInTheStoreOrAnError() throws Exception {
    Map<Long, String> receipts = new ConcurrentHashMap<>();
    List<FutureTask<Integer>> tasks = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      String name = "t" + thread + "-";
      tasks.add(
          started(
              () -> {
                int i = 0;
                while (true) {
                  try {
                    receipts.put(sequencer.append(AuditKeys.entry(name + i)).index(), name + i);
                    i++;
                  } catch (VaultException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_FAILED);
                    return i;
                  }
                }
              }));
    }
    await().until(() -> receipts.size() > 500);
    sequencer.close();
    int acknowledged = 0;
    for (FutureTask<Integer> task : tasks) {
      acknowledged += task.get();
    }
    LogReading log = new LogReading(memory, keys);
    assertThat(log.entries()).hasSize(acknowledged).hasSameSizeAs(receipts.keySet());
    receipts.forEach(
        (index, name) -> assertThat(log.names().get(Math.toIntExact(index))).isEqualTo(name));
    assertThat(LogReading.checkpoint(memory))
        .isEqualTo(new Checkpoint(AuditKeys.ORIGIN, acknowledged, log.root()));
  }

  @Test
  void close_writeUnderWay_letsItEndUninterrupted() throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch writing = new CountDownLatch(1);
    store.intercept(
        (batch, durability, really) -> {
          if (hasEntries(batch)) {
            writing.countDown();
            try {
              Thread.sleep(300);
            } catch (InterruptedException e) {
              interrupted.set(true);
            }
          }
          really.run();
        });
    FutureTask<Receipt> appending = started(() -> sequencer.append(AuditKeys.entry("one")));
    waitFor(writing);
    sequencer.close();
    assertThat(appending.get().index()).isZero();
    assertThat(interrupted).isFalse();
  }

  @Test
  void close_idle_endsTheSequencerForAll() throws Exception {
    sequencer.append(AuditKeys.entry("one"));
    FutureTask<Boolean> other =
        started(
            () -> {
              sequencer.close();
              return true;
            });
    sequencer.close();
    assertThat(other.get()).isTrue();
    sequencer.close();
    assertAuditFailed(() -> sequencer.append(AuditKeys.entry("late")));
    assertThat(new LogReading(memory, keys).entries()).hasSize(1);
  }

  @Test
  void close_idle_doesNotWaitForTheNextCheckpoint() throws Exception {
    List<Duration> took = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sequencer.append(AuditKeys.entry("n" + i));
      Thread.sleep(50);
      long before = System.nanoTime();
      sequencer.close();
      took.add(Duration.ofNanos(System.nanoTime() - before));
      sequencer = keys.sequencer(store);
    }
    // A busy machine may hold up some, but hardly all.
    assertThat(Collections.min(took)).isLessThan(Duration.ofMillis(700));
  }

  @Test
  void checkpoint_whileEntriesCome_isNeverOlderThanItsInterval() throws Exception {
    AtomicInteger signed = new AtomicInteger();
    store.intercept(
        (batch, durability, really) -> {
          if (!hasEntries(batch)) {
            signed.incrementAndGet();
          }
          really.run();
        });
    long end = System.nanoTime() + Duration.ofMillis(2500).toNanos();
    List<Long> sizesAndTimes = new ArrayList<>();
    while (System.nanoTime() < end) {
      sizesAndTimes.add(sequencer.append(AuditKeys.entry("one")).index() + 1);
      sizesAndTimes.add(System.nanoTime());
      Thread.sleep(5);
      // Before the look: a pause between the two must not make an entry look older.
      long now = System.nanoTime();
      long covered = LogReading.checkpoint(memory).size();
      for (int i = 0; i < sizesAndTimes.size(); i += 2) {
        if (sizesAndTimes.get(i) > covered) {
          // A second of grace for a busy machine.
          assertThat(Duration.ofNanos(now - sizesAndTimes.get(i + 1)))
              .isLessThan(Sequencer.CHECKPOINT_EVERY.plusSeconds(1));
        }
      }
    }
    assertThat(signed.get()).isBetween(2, 5);
    long size = sizesAndTimes.get(sizesAndTimes.size() - 2);
    await()
        .atMost(Sequencer.CHECKPOINT_EVERY.plusSeconds(1))
        .until(() -> LogReading.checkpoint(memory).size() == size);
    assertThat(keys.verifies(Objects.requireNonNull(memory.get(Table.META, CHECKPOINT)))).isTrue();
    assertThat(LogReading.checkpoint(memory).root()).isEqualTo(new LogReading(memory, keys).root());
  }

  @Test
  void checkpoint_atClose_verifiesAndIsSynced() throws Exception {
    List<Store.Durability> durabilities = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      sequencer.append(AuditKeys.entry("n" + i));
    }
    store.intercept(
        (batch, durability, really) -> {
          durabilities.add(durability);
          really.run();
        });
    sequencer.close();
    byte[] note = Objects.requireNonNull(memory.get(Table.META, CHECKPOINT));
    assertThat(durabilities).endsWith(Store.Durability.SYNCED);
    assertThat(keys.verifies(note)).isTrue();
    assertThat(Checkpoint.ofNote(note))
        .isEqualTo(new Checkpoint(AuditKeys.ORIGIN, 300, new LogReading(memory, keys).root()));
    note[note.length / 3] ^= 1;
    assertThat(keys.verifies(note)).isFalse();
  }

  @Test
  void checkpoint_cannotBeWritten_failsNoEntryAndIsMadeUpForLater() {
    store.intercept(
        (batch, durability, really) -> {
          if (!hasEntries(batch)) {
            throw new VaultException(ErrorCode.STORE_FAILED, "no space left");
          }
          really.run();
        });
    for (int i = 0; i < 10; i++) {
      assertThat(sequencer.append(AuditKeys.entry("n" + i)).index()).isEqualTo(i);
    }
    store.intercept(this::counted);
    await()
        .atMost(Sequencer.CHECKPOINT_EVERY.plusSeconds(10))
        .until(() -> LogReading.checkpoint(memory).size() == 10);
  }

  @Test
  void close_afterAWriteOfUnknownOutcome_signsWhatIsThere() {
    sequencer.append(AuditKeys.entry("one"));
    store.intercept(
        (batch, durability, really) -> {
          really.run();
          throw new VaultException(ErrorCode.STORE_FAILED, "unplugged");
        });
    assertAuditFailed(() -> sequencer.append(AuditKeys.entry("two")));
    store.intercept(this::counted);
    sequencer.close();
    LogReading log = new LogReading(memory, keys);
    assertThat(log.entries()).hasSize(2);
    assertThat(LogReading.checkpoint(memory))
        .isEqualTo(new Checkpoint(AuditKeys.ORIGIN, 2, log.root()));
  }

  @Test
  void restart_afterClose_goesOnWhereItEnded() {
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < 200; i++) {
        assertThat(sequencer.append(AuditKeys.entry("n")).index()).isEqualTo(200 * round + i);
      }
      sequencer.close();
      sequencer = keys.sequencer(store);
    }
    assertThat(new LogReading(memory, keys).entries()).hasSize(800);
  }

  @Test
  void restart_logShorterThanItsCheckpoint_isCorrupt() {
    appendAndClose(3);
    memory.write(
        new Batch().delete(Table.AUDIT_ENTRIES, BigEndian.ofLong(2)), Store.Durability.SYNCED);
    assertCorrupt(() -> keys.sequencer(store));
    assertThat(LogReading.checkpoint(memory).size()).isEqualTo(3);
  }

  @Test
  void restart_otherEntriesThanItsCheckpointSays_isCorrupt() {
    appendAndClose(3);
    byte[] forged = keys.codec().seal(AuditKeys.entry("forged"));
    memory.write(
        new Batch().put(Table.AUDIT_ENTRIES, BigEndian.ofLong(1), forged), Store.Durability.SYNCED);
    assertCorrupt(() -> keys.sequencer(store));
  }

  @Test
  void restart_unreadableCheckpoint_isCorrupt() {
    appendAndClose(3);
    memory.write(new Batch().put(Table.META, CHECKPOINT, KEY), Store.Durability.SYNCED);
    assertCorrupt(() -> keys.sequencer(store));
  }

  private void appendAndClose(int entries) {
    for (int i = 0; i < entries; i++) {
      sequencer.append(AuditKeys.entry("n" + i));
    }
    sequencer.close();
  }

  private void counted(Batch batch, Store.Durability durability, Runnable really) {
    if (hasEntries(batch)) {
      writes.incrementAndGet();
    }
    really.run();
  }

  private static boolean hasEntries(Batch batch) {
    return batch.changes().stream().anyMatch(change -> change.table() == Table.AUDIT_ENTRIES);
  }

  /** Appends one entry whose write does not end until it is released, so that others queue up. */
  private Held hold() throws InterruptedException {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    store.intercept(
        (batch, durability, really) -> {
          counted(batch, durability, really);
          if (hasEntries(batch)) {
            writing.countDown();
            waitFor(release);
          }
        });
    FutureTask<Receipt> first = started(() -> sequencer.append(AuditKeys.entry("holding")));
    waitFor(writing);
    return new Held(first, release);
  }

  private final class Held {
    private final FutureTask<Receipt> first;
    private final CountDownLatch release;

    Held(FutureTask<Receipt> first, CountDownLatch release) {
      this.first = first;
      this.release = release;
    }

    /** Starts a caller, and waits until it is in the queue behind the others. */
    <T> FutureTask<T> behind(Callable<T> call) {
      FutureTask<T> task = new FutureTask<>(call);
      Thread thread = new Thread(task);
      thread.start();
      await().pollInterval(Duration.ofMillis(1)).until(() -> isWaiting(thread));
      return task;
    }

    private static boolean isWaiting(Thread thread) {
      return thread.getState() == Thread.State.WAITING;
    }

    void release() throws Exception {
      release(SequencerTest.this::counted);
    }

    /** Lets the held write end; {@code next} is what becomes of the writes after it. */
    void release(WatchedStore.Interceptor next) throws Exception {
      store.intercept(next);
      release.countDown();
      first.get();
    }
  }

  private static <T> FutureTask<T> started(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    new Thread(task).start();
    return task;
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertAuditFailed(ThrowingCallable call) {
    assertFault(call, ErrorCode.AUDIT_FAILED);
  }

  private static void assertCorrupt(ThrowingCallable call) {
    assertFault(call, ErrorCode.CORRUPT);
  }

  private static void assertFault(ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(VaultException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
