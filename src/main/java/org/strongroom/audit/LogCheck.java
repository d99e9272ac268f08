package org.strongroom.audit;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.VerifierKey;

/**
 * Walks the log once, in its order: entries, tiles, checkpoints, the lists of rows, and the rows
 * that lead to entries. Each fault goes to a consumer; what the entries say of other tables goes to
 * a {@link Reader}. Memory does not grow with the log. For one thread.
 */
public final class LogCheck {
  /** Beyond so many entries that do not open, what follows from them is told as well. */
  private static final int MAX_UNREAD = 10_000;

  private static final byte[] HASH_OF_EMPTY =
      RowList.leafHash(Table.AUDIT_ABOUT, new byte[0], new byte[0]);

  private final StoreView store;
  private final Sources sources;
  private final Consumer<Fault> faults;
  private final HourCheck hours;
  private final Set<Long> unread = new HashSet<>();
  private LongConsumer progress = size -> {};
  private long size;

  /**
   * What the log is held against.
   *
   * @param codec null when entries cannot be opened; then they are only hashed
   * @param index by which entries are found; null when its key is not there
   * @param log the key that the log signs with; null when it is not there
   * @param saved older checkpoints that were kept elsewhere; see {@link SavedCheckpoint}
   * @param witnessed what the witnesses know of the log
   */
  public record Sources(
      @Nullable EntryCodec codec,
      @Nullable LogIndex index,
      @Nullable VerifierKey log,
      List<Checkpoint> saved,
      Witnessed witnessed,
      Comparison comparison) {}

  /** Hears what the entries say. */
  public interface Reader {
    /**
     * An entry that wrote rows.
     *
     * @param rows null when their list is of no use
     * @param entry null when it does not open
     */
    void wrote(long index, @Nullable Entry entry, @Nullable List<RowList.Row> rows);
  }

  public LogCheck(StoreView store, Sources sources, Consumer<Fault> faults) {
    this.store = store;
    this.sources = sources;
    this.faults = faults;
    this.hours = new HourCheck(store, faults);
  }

  /**
   * Walks the log.
   *
   * @param heard hears at every step how many entries there were so far; what it throws ends the
   *     walk
   */
  public void run(Reader reader, LongConsumer heard) {
    progress = heard;
    @Nullable Checkpoint own = ownCheckpoint();
    long signedSize = own == null ? 0 : own.size();
    TreeCheck tree = new TreeCheck(store, own, others(), faults);
    RowSums aboutEntries = sources.comparison().sums();
    try (Store.Cursor entries = store.scan(Table.AUDIT_ENTRIES, new byte[0]);
        RowLists lists = new RowLists(store, faults)) {
      while (entries.next()) {
        byte[] key = entries.key();
        long index = key.length == Long.BYTES ? BigEndian.getLong(key, 0) : -1;
        if (index < tree.size() || (index > tree.size() && index >= signedSize)) {
          inserted(key);
          continue;
        }
        while (tree.size() < index) {
          missing(tree, lists, reader);
        }
        @Nullable Entry entry = open(entries.value());
        hours.next(index, entry);
        if (entry == null) {
          unread(index);
        } else {
          rows(entry, index).forEach(row -> aboutEntries.add(row, HASH_OF_EMPTY));
        }
        tree.next(entries.value(), entry != null || sources.codec() == null);
        reader.wrote(index, entry, lists.of(index, entry));
        step(tree.size());
      }
      while (tree.size() < signedSize) {
        missing(tree, lists, reader);
      }
      step(tree.size());
      lists.end();
    }
    tree.end();
    if (sources.codec() != null) {
      hours.end();
    }
    aboutRows(aboutEntries);
  }

  private void step(long entries) {
    size = entries;
    progress.accept(entries);
  }

  private @Nullable Entry open(byte[] leaf) {
    try {
      return sources.codec() == null ? null : sources.codec().open(leaf);
    } catch (VaultException e) {
      return null;
    }
  }

  /** The rows that lead to an entry. */
  private List<byte[]> rows(Entry entry, long index) {
    return sources.index() == null ? List.of() : sources.index().rows(entry, index);
  }

  private void missing(TreeCheck tree, RowLists lists, Reader reader) {
    long index = tree.size();
    faults.accept(
        new Fault(
            Fault.Code.MISSING,
            Table.AUDIT_ENTRIES,
            null,
            index,
            Long.toString(index),
            "it is not there, and was signed"));
    unread(index);
    hours.next(index, null);
    tree.next(null, false);
    reader.wrote(index, null, lists.of(index, null));
  }

  private void inserted(byte[] key) {
    String row =
        key.length == Long.BYTES
            ? Long.toUnsignedString(BigEndian.getLong(key, 0))
            : Bytes.owned(key).hex();
    faults.accept(
        new Fault(
            Fault.Code.INSERTED,
            Table.AUDIT_ENTRIES,
            null,
            null,
            row,
            "it does not follow on the entries before"));
  }

  private void unread(long index) {
    if (unread.size() < MAX_UNREAD) {
      unread.add(index);
    }
  }

  /** The origin that the store's checkpoint names; unchecked. */
  public static Optional<String> origin(StoreView store) {
    byte @Nullable [] note = store.get(Table.META, Checkpoints.KEY);
    try {
      return note == null ? Optional.empty() : Optional.of(Checkpoint.ofNote(note).origin());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The vault's own newest checkpoint, if it is one that this log signed. */
  private @Nullable Checkpoint ownCheckpoint() {
    byte @Nullable [] note = store.get(Table.META, Checkpoints.KEY);
    @Nullable VerifierKey log = sources.log();
    if (note == null) {
      if (store.lastKey(Table.AUDIT_ENTRIES) != null) {
        checkpointFault(Fault.Code.MISSING, "the log has entries, and no checkpoint");
      }
      return null;
    }
    try {
      SignedNote signed = SignedNote.parse(note);
      Checkpoint read = Checkpoint.of(signed);
      if (log == null || SavedCheckpoint.isSigned(signed, log)) {
        return read;
      }
      checkpointFault(Fault.Code.ALTERED, "its signature does not hold");
    } catch (IllegalArgumentException e) {
      checkpointFault(Fault.Code.ALTERED, "it does not read");
    }
    return null;
  }

  /** What else was signed: kept elsewhere, known to a witness, or kept here as cosigned. */
  private List<Checkpoint> others() {
    Set<Checkpoint> out = new LinkedHashSet<>(sources.saved());
    out.addAll(sources.witnessed().seen());
    @Nullable Checkpoint cosigned = cosignedCheckpoint();
    if (cosigned != null) {
      out.add(cosigned);
    }
    return List.copyOf(out);
  }

  /** The newest checkpoint that witnesses cosigned, if it is one. */
  private @Nullable Checkpoint cosignedCheckpoint() {
    byte @Nullable [] note = store.get(Table.META, Checkpoints.COSIGNED);
    @Nullable VerifierKey log = sources.log();
    if (note == null || log == null) {
      return null;
    }
    @Nullable String wrong;
    try {
      SignedNote signed = SignedNote.parse(note);
      Checkpoint read = Checkpoint.of(signed);
      wrong = sources.witnessed().wrongWith(signed, log);
      if (wrong == null) {
        return read;
      }
    } catch (IllegalArgumentException e) {
      wrong = "it does not read";
    }
    checkpointFault(Fault.Code.ALTERED, Checkpoints.COSIGNED, wrong);
    return null;
  }

  private void checkpointFault(Fault.Code code, String detail) {
    checkpointFault(code, Checkpoints.KEY, detail);
  }

  private void checkpointFault(Fault.Code code, byte[] row, String detail) {
    String name = new String(row, StandardCharsets.UTF_8);
    faults.accept(new Fault(code, Table.META, null, null, name, detail));
  }

  /** The rows that lead to entries, against the entries that were opened. */
  private void aboutRows(RowSums ofEntries) {
    if (sources.codec() == null || sources.index() == null) {
      return;
    }
    RowSums there = sources.comparison().sums();
    walkAbout((key, hash, context) -> there.add(key, hash));
    sources
        .comparison()
        .join(ofEntries, there)
        .differences(
            this::walkEntries,
            this::walkAbout,
            difference -> {
              byte[] key = difference.key().unsafeArray();
              @Nullable Long entry = LogIndex.entryOf(key);
              boolean known = entry != null && entry >= 0 && entry < size;
              faults.accept(
                  new Fault(
                      difference.code(),
                      Table.AUDIT_ABOUT,
                      null,
                      known ? entry : null,
                      difference.key().hex(),
                      difference.there() == null
                          ? "the entry is not found by whom it is about"
                          : "it leads to an entry that says nothing of it"));
            });
  }

  private void walkEntries(RowJoin.Sink rows) {
    try (Store.Cursor entries = store.scan(Table.AUDIT_ENTRIES, new byte[0])) {
      while (entries.next()) {
        progress.accept(size);
        @Nullable Entry entry = open(entries.value());
        if (entry != null && entries.key().length == Long.BYTES) {
          long index = BigEndian.getLong(entries.key(), 0);
          rows(entry, index).forEach(row -> rows.row(row, HASH_OF_EMPTY, RowJoin.Context.NONE));
        }
      }
    }
  }

  /** Without the rows of entries that do not open, which nobody can say anything of. */
  private void walkAbout(RowJoin.Sink rows) {
    try (Store.Cursor cursor = store.scan(Table.AUDIT_ABOUT, new byte[0])) {
      while (cursor.next()) {
        progress.accept(size);
        @Nullable Long entry = LogIndex.entryOf(cursor.key());
        if (entry == null || !unread.contains(entry)) {
          byte[] hash =
              cursor.value().length == 0
                  ? HASH_OF_EMPTY
                  : RowList.leafHash(Table.AUDIT_ABOUT, new byte[0], cursor.value());
          rows.row(cursor.key(), hash, RowJoin.Context.NONE);
        }
      }
    }
  }
}
