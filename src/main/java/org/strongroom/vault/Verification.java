package org.strongroom.vault;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Comparison;
import org.strongroom.audit.Entry;
import org.strongroom.audit.EntryCodec;
import org.strongroom.audit.Fault;
import org.strongroom.audit.LogCheck;
import org.strongroom.audit.LogIndex;
import org.strongroom.audit.RowJoin;
import org.strongroom.audit.RowList;
import org.strongroom.audit.RowSums;
import org.strongroom.audit.Witnessed;
import org.strongroom.crypto.Randomness;
import org.strongroom.crypto.Sealer;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.Uninterruptibly;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.Custody;
import org.strongroom.keys.Keyring;
import org.strongroom.keys.Keyset;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.VerifierKey;

/**
 * Holds everything that a vault has against its log: two walks side by side, over the log in its
 * order and over the subjects in theirs, and then a comparison of what they say of the same rows.
 * Reads only; shows no personal data. Memory grows neither with the population nor with the log,
 * but with the accounts and the leak checks that were kept. For one run.
 */
public final class Verification {
  /** So many faults are named; of more, only the number is told. */
  static final int MAX_NAMED = 10_000;

  private static final long PROGRESS_MILLIS = 200;

  private final StoreView store;
  private final Sources sources;
  private final Comparison comparison;
  private final Tally faults;
  private final Listener listener;
  private final Clock clock;
  private final RowSums versionsLogged;
  private final RowSums versionsThere;
  private final RowSums indexExpected;
  private final TableCheck meta;
  private final TableCheck leaks;
  private final LeakRangeCheck leakRanges;

  /** Entries of which it is not known what they wrote. */
  private final Set<Long> unlisted = new HashSet<>();

  private long unlistedVersions;
  private volatile long entries;
  private long nextProgress = System.nanoTime();
  private volatile boolean stopped;

  /** Whether a walk did not reach its end, so that there is nothing to compare. */
  private volatile boolean cutShort;

  /**
   * What a vault is verified with.
   *
   * @param keyring all keysets, or those that could be unwrapped
   * @param saved checkpoints that were kept elsewhere
   * @param witnessed what witnesses know of the log, asked before the store was looked at
   */
  public record Sources(
      Id vault,
      String origin,
      Keyring keyring,
      Custody custody,
      List<Checkpoint> saved,
      Witnessed witnessed) {
    /** Without witnesses. */
    public Sources(
        Id vault, String origin, Keyring keyring, Custody custody, List<Checkpoint> saved) {
      this(vault, origin, keyring, custody, saved, Witnessed.BY_NOBODY);
    }

    /** The key that the log signs with; null when it could not be unwrapped. */
    public @Nullable VerifierKey log() {
      return keyring.has(Keyset.CHECKPOINT) ? keyring.checkpointKey(origin) : null;
    }

    /** The same, and what witnesses know of the log. */
    public Sources with(Witnessed asked) {
      return new Sources(vault, origin, keyring, custody, saved, asked);
    }
  }

  /** Hears of a run. Faults come from several threads, one at a time. */
  public interface Listener extends Consumer<Fault> {
    /**
     * Where it is; comes several times a second, from the thread that runs it. Whatever this throws
     * ends the run.
     *
     * @param share of the subjects, from 0 to 1
     */
    void at(double share, long entries, long versions);
  }

  /**
   * What was verified.
   *
   * @param faults of which at most 10,000 were named
   * @param witnesses for people: what each witness of the log said, and what no fault is made of
   * @param entry of the log that says so; null when none could be kept
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Summary(
      long entries,
      long subjects,
      long versions,
      long faults,
      double seconds,
      List<String> witnesses,
      @Nullable Long entry) {
    /** The same, with its entry in the log. */
    public Summary with(long index) {
      return new Summary(entries, subjects, versions, faults, seconds, witnesses, index);
    }
  }

  /**
   * A run over the rows of one moment.
   *
   * @param random draws the secrets of this comparison
   */
  public static Summary run(
      StoreView store, Sources sources, Listener listener, Clock clock, SecureRandom random) {
    return run(store, sources, listener, clock, random, Comparison.drawn(random));
  }

  /** The origin that the newest checkpoint names, unchecked: for a vault whose header is gone. */
  public static List<String> originsSigned(StoreView store) {
    return LogCheck.origin(store).stream().toList();
  }

  static Summary run(
      StoreView store,
      Sources sources,
      Listener listener,
      Clock clock,
      SecureRandom random,
      Comparison comparison) {
    return new Verification(store, sources, listener, clock, comparison).run(random);
  }

  private Verification(
      StoreView store, Sources sources, Listener listener, Clock clock, Comparison comparison) {
    this.store = store;
    this.sources = sources;
    this.listener = listener;
    this.clock = clock;
    this.comparison = comparison;
    this.faults = new Tally(listener);
    this.versionsLogged = comparison.sums();
    this.versionsThere = comparison.sums();
    this.indexExpected = comparison.sums();
    this.meta = new TableCheck(store, Table.META);
    this.leaks = new TableCheck(store, Table.LEAKS);
    this.leakRanges = new LeakRangeCheck(store, comparison);
  }

  private Summary run(SecureRandom random) {
    long began = System.nanoTime();
    Sealer sealer = new Sealer(new Randomness(random));
    Shelves.InPart shelves = shelves();
    SubjectCheck.Tools tools =
        new SubjectCheck.Tools(
            store,
            sources.custody(),
            new RecordCodec(sealer, sources.vault()),
            new Blobs(store, sealer, sources.vault()),
            shelves.byNumber(),
            true);
    keysets();
    FutureTask<Boolean> log = new FutureTask<>(this::log, true);
    Thread thread = new Thread(log, "verify-log");
    thread.setDaemon(true);
    thread.start();
    SubjectCheck subjects = new SubjectCheck(tools, faults);
    try {
      reading(Table.RECORDS, () -> subjects.run(add(versionsThere), add(indexExpected), this::at));
      await(log, subjects.versions());
    } finally {
      stopped = true;
      // The rows may be let go once this has returned, so nobody must read them any more.
      Uninterruptibly.join(thread);
    }
    if (!cutShort) {
      meta.end(faults);
      leaks.end(faults);
      reading(Table.RECORDS, () -> compare(subjects, shelves.all(), tools));
      reading(
          Table.LEAK_RANGES,
          () -> leakRanges.end(rows -> walkLists(Table.LEAK_RANGES, rows), faults));
    }
    double seconds = Math.round((System.nanoTime() - began) / 1e7) / 100.0;
    return new Summary(
        entries,
        subjects.subjects(),
        subjects.versions(),
        faults.faults(),
        seconds,
        sources.witnessed().notes(),
        null);
  }

  private static RowJoin.Sink add(RowSums sums) {
    return (key, hash, context) -> sums.add(key, hash);
  }

  private Shelves.InPart shelves() {
    if (!sources.keyring().has(Keyset.DECLARATIONS) || !sources.keyring().has(Keyset.INDEX)) {
      return new Shelves.InPart(Map.of(), false);
    }
    Declarations declarations =
        new Declarations(store, sources.keyring().sealer(Keyset.DECLARATIONS));
    return new Shelves(store, declarations, sources.keyring(), clock).readable();
  }

  /** Without the key of the log, no entry says what became of the keysets. */
  private void keysets() {
    if (!sources.keyring().has(Keyset.AUDIT)) {
      faults.accept(
          new Fault(
              Fault.Code.UNREADABLE,
              Table.META,
              null,
              null,
              "keyset/" + Keyset.AUDIT.text(),
              "the log's entries cannot be opened, and were only hashed"));
    }
  }

  /** A store that cannot be read is a fault as well, and ends the walk. */
  private void reading(Table table, Runnable walk) {
    try {
      walk.run();
    } catch (VaultException e) {
      if (e.code() != ErrorCode.STORE_FAILED) {
        throw e;
      }
      cutShort = true;
      String why = String.valueOf(e.getMessage());
      faults.accept(new Fault(Fault.Code.UNREADABLE, table, null, null, "", why));
    }
  }

  // ---- the log -----------------------------------------------------------------------------

  private void log() {
    @Nullable EntryCodec codec =
        sources.keyring().has(Keyset.AUDIT)
            ? new EntryCodec(sources.keyring().sealer(Keyset.AUDIT), sources.origin())
            : null;
    @Nullable LogIndex index =
        sources.keyring().has(Keyset.INDEX)
            ? new LogIndex(sources.keyring().blindIndex(LogIndex.KEY_LABEL))
            : null;
    LogCheck.Sources of =
        new LogCheck.Sources(
            codec, index, sources.log(), sources.saved(), sources.witnessed(), comparison);
    reading(
        Table.AUDIT_ENTRIES, () -> new LogCheck(store, of, faults).run(this::wrote, this::entries));
  }

  private void entries(long size) {
    entries = size;
    if (stopped) {
      throw new VaultException(ErrorCode.INTERRUPTED, "the run was ended");
    }
  }

  private void wrote(long index, @Nullable Entry entry, @Nullable List<RowList.Row> rows) {
    if (rows == null) {
      meta.unknown(index);
      leaks.unknown(index);
      leakRanges.unknown(entry);
      unlistedVersions += entry == null || entry.about() == null ? 0 : entry.about().records();
      if (unlisted.size() < SubjectCheck.MAX_REMEMBERED) {
        unlisted.add(index);
      }
      return;
    }
    for (RowList.Row row : rows) {
      if (row.table() == Table.META) {
        meta.wrote(index, row);
      } else if (row.table() == Table.LEAKS) {
        leaks.wrote(index, row);
      } else if (row.table() == Table.LEAK_RANGES) {
        leakRanges.wrote(row);
      } else if (row.table() == Table.RECORDS && !row.deleted()) {
        versionsLogged.add(row.key().unsafeArray(), row.leafHash().unsafeArray());
      }
    }
  }

  private void await(FutureTask<Boolean> log, long versions) {
    while (true) {
      try {
        boolean unused = log.get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        listener.at(1, entries, versions);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new VaultException(ErrorCode.INTERRUPTED, "the run was ended", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException fault) {
          throw fault;
        }
        throw new BugException("the walk over the log broke", e);
      }
    }
  }

  private void at(Id subject, long versions) {
    if (System.nanoTime() - nextProgress >= 0) {
      nextProgress = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PROGRESS_MILLIS);
      // Ids are random, so that the place of one among all is how far the walk is.
      listener.at((subject.high() >>> 1) / (double) Long.MAX_VALUE, entries, versions);
    }
  }

  // ---- what both say -----------------------------------------------------------------------

  private void compare(SubjectCheck subjects, boolean allShelves, SubjectCheck.Tools tools) {
    VersionFaults versions = new VersionFaults(store, unlistedVersions, faults);
    comparison
        .join(versionsLogged, versionsThere)
        .differences(rows -> walkLists(Table.RECORDS, rows), this::walkVersions, versions::add);
    versions.end();
    for (Bytes version : subjects.unreadVersions()) {
      if (!versions.named(version)) {
        byte[] key = version.unsafeArray();
        faults.accept(
            new Fault(
                Fault.Code.UNREADABLE,
                Table.RECORDS,
                Id.read(key, 0).toString(),
                null,
                VersionFaults.row(key),
                "it is as it was written, and does not open"));
      }
    }
    Set<Id> excused = new HashSet<>(versions.subjects());
    for (Fault fault : subjects.perhaps()) {
      if (fault.subject() == null || !excused.contains(Id.parse(fault.subject()))) {
        faults.accept(fault);
      }
    }
    excused.addAll(subjects.unread());
    if (allShelves && excused.size() < SubjectCheck.MAX_REMEMBERED) {
      index(tools, excused);
    }
  }

  private void index(SubjectCheck.Tools tools, Set<Id> excused) {
    IndexFaults index = new IndexFaults(store, excused, faults);
    RowSums there = comparison.sums();
    index.walk(add(there));
    SubjectCheck.Tools again =
        new SubjectCheck.Tools(
            store, tools.custody(), tools.codec(), tools.blobs(), tools.shelves(), false);
    comparison
        .join(indexExpected, there)
        .differences(
            rows ->
                new SubjectCheck(again, fault -> {})
                    .run((key, hash, context) -> {}, rows, (subject, versions) -> {}),
            index::walk,
            index::add);
  }

  private void walkLists(Table table, RowJoin.Sink rows) {
    try (Store.Cursor cursor = store.scan(Table.AUDIT_ROWS, new byte[0])) {
      while (cursor.next()) {
        long entry = cursor.key().length == Long.BYTES ? BigEndian.getLong(cursor.key(), 0) : -1;
        if (entry >= 0 && entry < entries && !unlisted.contains(entry)) {
          RowJoin.Context context = new RowJoin.Context(null, entry);
          for (RowList.Row row : RowList.read(cursor.value())) {
            if (row.table() == table && !row.deleted()) {
              rows.row(row.key().unsafeArray(), row.leafHash().unsafeArray(), context);
            }
          }
        }
      }
    }
  }

  private void walkVersions(RowJoin.Sink rows) {
    try (Store.Cursor cursor = store.scan(Table.RECORDS, new byte[0])) {
      while (cursor.next()) {
        if (!Layout.isDataKey(cursor.key())) {
          byte[] hash = RowList.leafHash(Table.RECORDS, cursor.key(), cursor.value());
          rows.row(cursor.key(), hash, RowJoin.Context.NONE);
        }
      }
    }
  }
}
