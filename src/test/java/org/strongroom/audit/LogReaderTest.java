package org.strongroom.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.store.WatchedStore;
import org.strongroom.store.memory.MemoryStore;

/** Reading by rows and hours against a look at every entry there is. */
final class LogReaderTest {
  private static final Instant BEGIN = Instant.parse("2026-03-02T04:59:59.999999999Z");
  private static final List<String> PURPOSES = List.of("identity-check", "case-work", "");
  private static final List<Entry.Kind> KINDS = List.of(Entry.Kind.values());
  private static final LogQuery ALL = new LogQuery(null, null, null, null, null, null);

  @TempDir Path directory;

  private final Store memory = new MemoryStore();
  private final WatchedStore store = new WatchedStore(memory);
  private final List<Entry> entries = new ArrayList<>();

  private AuditKeys keys;
  private Sequencer sequencer;
  private LogReader reader;

  @BeforeEach
  void start() throws Exception {
    keys = AuditKeys.create(directory.resolve("vault.key"), memory);
    sequencer = keys.sequencer(memory);
    reader = new LogReader(store, keys.codec(), keys.logIndex());
  }

  @AfterEach
  void stop() {
    sequencer.close();
  }

  // ---- entries and queries by chance -------------------------------------------------------

  /** A clock that mostly stands or goes on a little, sometimes leaps, sometimes is set back. */
  private static Instant tick(Random random, Instant now) {
    return switch (random.nextInt(12)) {
      case 0 -> now.plus(Duration.ofHours(random.nextInt(48)));
      case 1 -> now.minus(Duration.ofMinutes(random.nextInt(300)));
      case 2 -> now.plus(Duration.ofMinutes(random.nextInt(90)));
      case 3 -> now;
      default -> now.plusNanos(random.nextInt(2_000_000_000));
    };
  }

  private static Id actor(Random random) {
    return new Id(0, random.nextInt(4));
  }

  /** Some have the id of an actor: who acts is not whom it is about. */
  private static Id subject(Random random) {
    return new Id(0, random.nextInt(12));
  }

  private static Entry entry(Random random, Instant at) {
    Entry.Kind kind = KINDS.get(random.nextInt(KINDS.size()));
    List<Id> subjects =
        random.ints(random.nextInt(4), 0, 12).distinct().mapToObj(i -> new Id(0, i)).toList();
    Entry.@Nullable About about =
        random.nextInt(3) == 0 ? null : new Entry.About("residents", subjects, subjects.size());
    Entry.@Nullable Basis basis =
        random.nextBoolean()
            ? null
            : new Entry.Basis(PURPOSES.get(random.nextInt(3)), null, null, Map.of());
    return new Entry(
        kind, at, new Entry.By(actor(random), "somebody", null), about, basis, null, null);
  }

  private void append(Random random, int count) {
    Instant now = entries.isEmpty() ? BEGIN : entries.get(entries.size() - 1).at();
    for (int i = 0; i < count; i++) {
      now = tick(random, now);
      append(entry(random, now));
    }
  }

  private void append(Entry entry) {
    assertThat(sequencer.append(entry).index()).isEqualTo(entries.size());
    entries.add(entry);
  }

  private LogQuery query(Random random) {
    return new LogQuery(
        random.nextInt(3) == 0 ? moment(random) : null,
        random.nextInt(3) == 0 ? moment(random) : null,
        random.nextInt(3) == 0 ? actor(random) : null,
        random.nextInt(3) == 0 ? subject(random) : null,
        random.nextInt(4) == 0 ? PURPOSES.get(random.nextInt(3)) : null,
        random.nextInt(4) == 0 ? KINDS.get(random.nextInt(KINDS.size())) : null);
  }

  /** The very time of an entry, the beginning of an hour, or another. */
  private Instant moment(Random random) {
    Instant at = entries.get(random.nextInt(entries.size())).at();
    return switch (random.nextInt(4)) {
      case 0 -> Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), 3600L) * 3600);
      case 1 -> at.plusNanos(1);
      case 2 -> at.plus(Duration.ofMinutes(random.nextInt(200) - 100));
      default -> at;
    };
  }

  /** By the words of the query, not by its code. */
  private List<Long> expected(LogQuery query, long before) {
    List<Long> out = new ArrayList<>();
    for (int i = (int) Math.min(before, entries.size()) - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      List<Id> subjects = entry.about() == null ? List.of() : entry.about().subjects();
      String purpose = entry.basis() == null ? "none at all" : entry.basis().purpose();
      if ((query.from() == null || entry.at().compareTo(query.from()) >= 0)
          && (query.to() == null || entry.at().compareTo(query.to()) < 0)
          && (query.actor() == null || query.actor().equals(entry.by().actor()))
          && (query.subject() == null || subjects.contains(query.subject()))
          && (query.purpose() == null || query.purpose().equals(purpose))
          && (query.kind() == null || query.kind() == entry.kind())) {
        out.add((long) i);
      }
    }
    return out;
  }

  private OptionalLong walk(LogQuery query, long before, long limit, List<Long> out)
      throws IOException {
    return reader.walk(
        query,
        before,
        limit,
        (index, entry) -> {
          assertThat(entry).isEqualTo(entries.get(Math.toIntExact(index)));
          out.add(index);
        });
  }

  private List<Long> all(LogQuery query) throws IOException {
    List<Long> out = new ArrayList<>();
    assertThat(walk(query, Long.MAX_VALUE, Long.MAX_VALUE, out)).isEmpty();
    return out;
  }

  // ---- against the model -------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void walk_anyQuery_findsWhatALookAtAllFinds(long seed) throws IOException {
    Random random = new Random(seed);
    append(random, 700);
    int found = 0;
    for (int i = 0; i < 400; i++) {
      LogQuery query = query(random);
      List<Long> got = all(query);
      assertThat(got).as("%s", query).isEqualTo(expected(query, Long.MAX_VALUE));
      found += got.isEmpty() ? 0 : 1;
    }
    // Most questions of this test have an answer, or it would show little.
    assertThat(found).isGreaterThan(150);
  }

  @Test
  void walk_pageByPageWhileEntriesCome_losesNoneAndRepeatsNone() throws IOException {
    Random random = new Random(4);
    append(random, 500);
    for (int i = 0; i < 60; i++) {
      LogQuery query = query(random);
      List<Long> whole = expected(query, Long.MAX_VALUE);
      int limit = 1 + random.nextInt(40);
      List<Long> got = new ArrayList<>();
      OptionalLong next = OptionalLong.of(Long.MAX_VALUE);
      while (next.isPresent()) {
        List<Long> page = new ArrayList<>();
        next = walk(query, next.getAsLong(), limit, page);
        assertThat(page.size() == limit || next.isEmpty()).isTrue();
        got.addAll(page);
        append(random, 3);
      }
      assertThat(got).as("%s", query).isEqualTo(whole);
    }
  }

  @Test
  void walk_before_leavesOutWhatCameLater() throws IOException {
    Random random = new Random(5);
    append(random, 300);
    for (long before : new long[] {0, 1, 2, 150, 299, 300, 301}) {
      LogQuery query = query(random);
      List<Long> got = new ArrayList<>();
      walk(query, before, Long.MAX_VALUE, got);
      assertThat(got).as("%s below %d", query, before).isEqualTo(expected(query, before));
    }
  }

  @Test
  void walk_emptyLog_findsNothing() throws IOException {
    assertThat(all(ALL)).isEmpty();
    assertThat(reader.size()).isZero();
  }

  @Test
  void walk_limitMetAtTheFirstEntry_hasNoNextPage() throws IOException {
    append(new Random(6), 3);
    List<Long> got = new ArrayList<>();
    assertThat(walk(ALL, Long.MAX_VALUE, 3, got)).isEmpty();
    assertThat(walk(ALL, Long.MAX_VALUE, 2, got)).hasValue(1);
  }

  // ---- hours -------------------------------------------------------------------------------

  @Test
  void hours_afterReopening_goOnWithoutARow() throws Exception {
    append(AuditKeys.entry("one"));
    sequencer.close();
    sequencer = keys.sequencer(memory);
    append(AuditKeys.entry("two"));

    try (HourRuns runs = new HourRuns(memory, 2)) {
      assertThat(runs.next()).isTrue();
      assertThat(runs.start()).isZero();
      assertThat(runs.end()).isEqualTo(2);
      assertThat(runs.next()).isFalse();
    }
  }

  @Test
  void hours_failedWrite_leavesNoGap() throws Exception {
    WatchedStore failing = new WatchedStore(memory);
    sequencer.close();
    sequencer = keys.sequencer(failing);
    failing.intercept(
        (batch, durability, really) -> {
          throw new VaultException(ErrorCode.STORE_FAILED, "the disk is full");
        });
    assertThatThrownBy(() -> sequencer.append(AuditKeys.entry("lost")))
        .isInstanceOf(VaultException.class);
    failing.intercept((batch, durability, really) -> really.run());

    append(AuditKeys.entry("kept"));

    assertThat(memory.get(Table.AUDIT_HOURS, LogIndex.hourKey(0))).isNotNull();
    assertThat(new LogReading(memory, keys).entries()).hasSize(1);
  }

  @Test
  void walk_hoursOutsideTheTime_openNoEntries() throws IOException {
    Instant at = BEGIN;
    for (int i = 0; i < 2_000; i++) {
      at = at.plusSeconds(36);
      append(
          new Entry(
              Entry.Kind.WRITE, at, new Entry.By(new Id(1, 1), "n", null), null, null, null, null));
    }
    LogQuery firstHour = new LogQuery(BEGIN, BEGIN.plusSeconds(3600), null, null, null, null);
    long before = store.reads();
    assertThat(all(firstHour)).hasSize(99);
    // Two hours of 100 entries, and a row for each of 21 hours.
    assertThat(store.reads() - before).isLessThan(300);
  }

  // ---- what it costs, and what is missing --------------------------------------------------

  @Test
  void walk_longLog_asksForNoMoreThanAPageAtOnce() throws IOException {
    append(new Random(7), 1_000);
    List<Integer> asked = new ArrayList<>();
    WatchedStore counted =
        new WatchedStore(memory) {
          @Override
          public List<byte @Nullable []> getAll(Table table, List<byte[]> keys) {
            asked.add(keys.size());
            return super.getAll(table, keys);
          }
        };
    new LogReader(counted, keys.codec(), keys.logIndex())
        .walk(ALL, Long.MAX_VALUE, Long.MAX_VALUE, (index, entry) -> {});
    assertThat(asked).hasSize(8).allMatch(count -> count <= LogReader.PAGE);
  }

  @Test
  void walk_fewEntriesAskedFor_opensFew() throws IOException {
    append(new Random(8), 500);
    long before = store.reads();
    List<Long> got = new ArrayList<>();
    walk(ALL, Long.MAX_VALUE, 3, got);
    assertThat(got).containsExactly(499L, 498L, 497L);
    assertThat(store.reads() - before).isLessThan(20);
  }

  @Test
  void walk_passed_tellsHowFarItIs() throws IOException {
    append(new Random(9), 300);
    List<Long> passed = new ArrayList<>();
    reader.walk(
        new LogQuery(null, null, null, null, "asked by nobody", Entry.Kind.WRITE),
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        new LogReader.Sink() {
          @Override
          public void accept(long index, Entry entry) {}

          @Override
          public void passed(long index) {
            passed.add(index);
          }
        });
    assertThat(passed).containsExactly(0L);
    passed.clear();
    reader.walk(
        new LogQuery(null, null, null, null, null, Entry.Kind.WRITE),
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        new LogReader.Sink() {
          @Override
          public void accept(long index, Entry entry) {}

          @Override
          public void passed(long index) {
            passed.add(index);
          }
        });
    assertThat(passed).containsExactly(172L, 44L, 0L);
  }

  @Test
  void walk_entryGone_isCorruptAndNamesIt() throws IOException {
    append(new Random(10), 5);
    memory.write(
        new Batch().delete(Table.AUDIT_ENTRIES, BigEndian.ofLong(2)), Store.Durability.SYNCED);
    assertThatThrownBy(() -> all(ALL))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
        .hasMessageContaining("entry 2");
    assertThatThrownBy(() -> reader.entry(2)).hasMessageContaining("entry 2");
  }

  @Test
  void rows_anyEntry_areThoseThatTheSequencerWrites() {
    append(new Random(11), 200);
    LogIndex index = keys.logIndex();
    List<String> said =
        LongStream.range(0, entries.size())
            .boxed()
            .flatMap(i -> index.rows(entries.get(i.intValue()), i).stream())
            .map(Bytes::copyOf)
            .map(Bytes::hex)
            .sorted()
            .toList();
    List<String> kept = new ArrayList<>();
    try (Store.Cursor cursor = memory.scan(Table.AUDIT_ABOUT, new byte[0])) {
      while (cursor.next()) {
        kept.add(Bytes.copyOf(cursor.key()).hex());
      }
    }
    assertThat(said).isEqualTo(kept);
  }
}
