package org.strongroom.store.rocksdb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Batch;
import org.strongroom.store.Row;
import org.strongroom.store.Store;
import org.strongroom.store.Table;

/**
 * A {@link Store} in one RocksDB directory, open in one process at a time.
 *
 * <p>All tables share one key space, each key led by its table's id: so a batch over several tables
 * is atomic however it is written. The first {@value RocksOptions#PREFIX_BYTES} bytes of a key are
 * its bloom prefix, which is exactly an index id with its blind value, and a subject with a
 * collection: the two prefixes that finds walk.
 */
public final class RocksStore implements Store {
  static {
    RocksDB.loadLibrary();
  }

  private final RocksOptions options;
  private final RocksDB db;
  private final Staging staging;

  /** Of all index keys, while runs come in; see {@link #filterFrom}. */
  private volatile @Nullable KeyFilter filter;

  /** Held for reading by every write, so that a new filter misses none that is under way. */
  private final ReentrantReadWriteLock writing = new ReentrantReadWriteLock();

  /** Runs not yet closed. */
  private final AtomicInteger runs = new AtomicInteger();

  /** At how many files at the top merging begins, as far as RocksDB was told. */
  private int topFiles = RocksOptions.TOP_FILES;

  /**
   * Held for reading by every call, so that closing waits for them: native memory is freed then.
   */
  private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();

  /** Walks not yet closed: the store frees what they hold before it closes under them. */
  private final Set<RocksCursor> cursors = ConcurrentHashMap.newKeySet();

  /** Snapshots not yet closed, likewise. */
  private final Set<RocksSnapshot> snapshots = ConcurrentHashMap.newKeySet();

  private boolean closed;

  private RocksStore(Path directory, boolean create) throws RocksDBException {
    this.options = new RocksOptions(create);
    try {
      this.db = RocksDB.open(options.database, directory.toString());
    } catch (RocksDBException e) {
      options.close();
      throw e;
    }
    this.staging = new Staging(directory, options);
  }

  /**
   * Makes an empty store.
   *
   * @throws VaultException {@code STORE_FAILED} when there is one already or it cannot be written
   */
  public static RocksStore create(Path directory) {
    return opened(directory, true);
  }

  /**
   * Opens a store that {@link #create} made.
   *
   * @throws VaultException {@code NO_VAULT} when there is none; {@code VAULT_IN_USE} when another
   *     process has it open; {@code STORE_FAILED} when it cannot be read
   */
  public static RocksStore open(Path directory) {
    // RocksDB would leave an empty directory behind where it finds no database.
    if (!Files.exists(directory.resolve("CURRENT"))) {
      throw new VaultException(
          ErrorCode.NO_VAULT, "there is no vault in " + directory + "; name the right directory");
    }
    return opened(directory, false);
  }

  private static RocksStore opened(Path directory, boolean create) {
    try {
      RocksStore store = new RocksStore(directory, create);
      try {
        store.staging.clear();
        return store;
      } catch (VaultException e) {
        store.close();
        throw e;
      }
    } catch (RocksDBException e) {
      if (isLocked(String.valueOf(e.getMessage()))) {
        throw new VaultException(
            ErrorCode.VAULT_IN_USE,
            "the vault is open in another process; stop it, or talk to it by its https address",
            e);
      }
      throw failed(e);
    }
  }

  /** RocksDB has no code for it: these are its words for a lock held elsewhere, and held here. */
  private static boolean isLocked(String reason) {
    return reason.startsWith("While lock file:")
        || reason.startsWith("lock hold by current process");
  }

  @Override
  public byte @Nullable [] get(Table table, byte[] key) {
    return get(options.reads, table, key);
  }

  private byte @Nullable [] get(ReadOptions reads, Table table, byte[] key) {
    open.readLock().lock();
    try {
      return live().get(reads, prefixed(table, key));
    } catch (RocksDBException e) {
      throw failed(e);
    } finally {
      open.readLock().unlock();
    }
  }

  @Override
  public List<byte @Nullable []> getAll(Table table, List<byte[]> keys) {
    KeyFilter known = filter;
    if (known == null || table != Table.INDEX) {
      return getAll(options.reads, table, keys);
    }
    List<byte[]> sought = new ArrayList<>();
    keys.stream().filter(key -> !known.rulesOut(key)).forEach(sought::add);
    if (sought.size() == keys.size()) {
      return getAll(options.reads, table, keys);
    }
    Iterator<byte @Nullable []> found = getAll(options.reads, table, sought).iterator();
    Iterator<byte[]> next = sought.iterator();
    byte @Nullable [] coming = next.hasNext() ? next.next() : null;
    List<byte @Nullable []> out = new ArrayList<>(keys.size());
    for (byte[] key : keys) {
      if (key == coming) {
        out.add(found.next());
        coming = next.hasNext() ? next.next() : null;
      } else {
        out.add(null);
      }
    }
    return out;
  }

  private List<byte @Nullable []> getAll(ReadOptions reads, Table table, List<byte[]> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    List<byte[]> prefixed = prefixed(table, keys);
    open.readLock().lock();
    try {
      return nullable(live().multiGetAsList(reads, prefixed));
    } catch (RocksDBException e) {
      throw failed(e);
    } finally {
      open.readLock().unlock();
    }
  }

  /** RocksDB's list has null for a missing key, which its unannotated type does not say. */
  @SuppressWarnings("NullAway")
  private static List<byte @Nullable []> nullable(List<byte[]> values) {
    return values;
  }

  @Override
  public Cursor scan(Table table, byte[] prefix, byte[] from) {
    return scan(null, table, prefix, from);
  }

  private Cursor scan(org.rocksdb.@Nullable Snapshot at, Table table, byte[] prefix, byte[] from) {
    if (from.length < prefix.length
        || !Arrays.equals(prefix, 0, prefix.length, from, 0, prefix.length)) {
      throw new BugException("a scan starts within its prefix");
    }
    open.readLock().lock();
    try {
      RocksCursor cursor =
          new RocksCursor(live(), at, prefixed(table, prefix), prefixed(table, from));
      cursors.add(cursor);
      return cursor;
    } finally {
      open.readLock().unlock();
    }
  }

  @Override
  public List<List<Row>> scanAll(Table table, List<byte[]> prefixes, int most) {
    return scanAll(null, table, prefixes, most);
  }

  /** One iterator for all prefixes: making one costs as much as a seek. */
  private List<List<Row>> scanAll(
      org.rocksdb.@Nullable Snapshot at, Table table, List<byte[]> prefixes, int most) {
    List<List<Row>> out = new ArrayList<>(prefixes.size());
    boolean bloomed = prefixes.stream().allMatch(p -> p.length + 1 >= RocksOptions.PREFIX_BYTES);
    open.readLock().lock();
    try (ReadOptions reads = readingAt(at)) {
      if (bloomed) {
        reads.setPrefixSameAsStart(true);
      } else {
        reads.setTotalOrderSeek(true);
      }
      try (RocksIterator rows = live().newIterator(reads)) {
        for (byte[] prefix : prefixes) {
          out.add(under(prefixed(table, prefix), rows, most));
        }
      }
      return out;
    } catch (RocksDBException e) {
      throw failed(e);
    } finally {
      open.readLock().unlock();
    }
  }

  private static List<Row> under(byte[] prefix, RocksIterator rows, int most)
      throws RocksDBException {
    List<Row> out = new ArrayList<>(1);
    rows.seek(prefix);
    while (out.size() < most && rows.isValid()) {
      byte[] key = rows.key();
      if (key.length < prefix.length
          || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
        return out;
      }
      out.add(new Row(Arrays.copyOfRange(key, 1, key.length), rows.value()));
      if (out.size() < most) {
        rows.next();
      }
    }
    rows.status();
    return out;
  }

  @Override
  public byte @Nullable [] lastKey(Table table) {
    return lastKey(null, table);
  }

  private byte @Nullable [] lastKey(org.rocksdb.@Nullable Snapshot at, Table table) {
    open.readLock().lock();
    try (Slice upper = new Slice(new byte[] {(byte) (table.id() + 1)});
        ReadOptions below = readingAt(at).setTotalOrderSeek(true).setIterateUpperBound(upper);
        RocksIterator iterator = live().newIterator(below)) {
      iterator.seekToLast();
      if (!iterator.isValid()) {
        iterator.status();
        return null;
      }
      byte[] key = iterator.key();
      return key[0] == table.id() ? Arrays.copyOfRange(key, 1, key.length) : null;
    } catch (RocksDBException e) {
      throw failed(e);
    } finally {
      open.readLock().unlock();
    }
  }

  @Override
  public void write(Batch batch, Durability durability) {
    open.readLock().lock();
    writing.readLock().lock();
    try (WriteBatch out = new WriteBatch()) {
      add(batch, out);
      note(batch);
      live().write(durability == Durability.SYNCED ? options.synced : options.buffered, out);
    } catch (RocksDBException e) {
      throw failed(e);
    } finally {
      writing.readLock().unlock();
      open.readLock().unlock();
    }
  }

  private static void add(Batch batch, WriteBatch out) throws RocksDBException {
    for (Batch.Change change : batch.changes()) {
      byte[] key = prefixed(change.table(), change.key());
      byte[] value = change.value();
      if (value == null) {
        out.delete(key);
      } else {
        out.put(key, value);
      }
    }
  }

  @Override
  public Rows pack(Batch batch) {
    return new PackedRows(batch);
  }

  @Override
  public void giveWay(BooleanSupplier asked) {
    open.readLock().lock();
    try {
      if (!closed) {
        options.pace.giveWay(asked);
      }
    } finally {
      open.readLock().unlock();
    }
  }

  @Override
  public Run newRun() {
    int unused = runs.incrementAndGet();
    return new SortedRun(staging, this::staged, this::runClosed);
  }

  private void runClosed() {
    if (runs.decrementAndGet() > 0) {
      return;
    }
    staging.spares().clear();
    forgetKeys();
    open.readLock().lock();
    try {
      if (!closed) {
        mergeAt(RocksOptions.TOP_FILES);
      }
    } catch (RocksDBException e) {
      throw failed(e);
    } finally {
      open.readLock().unlock();
    }
  }

  private void mergeAt(int files) throws RocksDBException {
    synchronized (runs) {
      if (topFiles != files) {
        db.setOptions(RocksOptions.mergingAt(files));
        topFiles = files;
      }
    }
  }

  private void note(Batch batch) {
    KeyFilter known = filter;
    if (known != null) {
      known.add(batch);
    }
  }

  /**
   * The filter of all index keys, made when the first of what may become very many rows comes in.
   * It knows whatever was there or is written from now on: so a key that it rules out is not there.
   *
   * @return null where there is too much to know to begin with
   */
  private @Nullable KeyFilter filterFrom() throws RocksDBException {
    synchronized (writing) {
      KeyFilter known = filter;
      if (known != null) {
        return known;
      }
      if (db.getLongProperty("rocksdb.estimate-num-keys") > KeyFilter.MOST_ROWS_BEFORE) {
        return null;
      }
      KeyFilter made = new KeyFilter();
      // Every write is done by then or sees it.
      writing.writeLock().lock();
      try {
        filter = made;
      } finally {
        writing.writeLock().unlock();
      }
      try (Cursor all = scan(Table.INDEX, new byte[0])) {
        while (all.next()) {
          made.add(new Batch().put(Table.INDEX, all.key(), all.value()));
        }
      }
      made.complete();
      return made;
    }
  }

  /** From now on RocksDB is asked for every key. */
  void forgetKeys() {
    filter = null;
  }

  private SortedRun.Staged staged(RowBuffer rows) {
    open.readLock().lock();
    try {
      live();
      KeyFilter known = filterFrom();
      return new SortedRun.Staged(staging.write(rows, known), known);
    } catch (RocksDBException e) {
      throw failed(e);
    } finally {
      open.readLock().unlock();
    }
  }

  @Override
  public void ingest(Run run, Batch batch) {
    SortedRun sorted = (SortedRun) run;
    SortedRun.@Nullable Staged staged = sorted.staged();
    open.readLock().lock();
    writing.readLock().lock();
    try {
      live();
      KeyFilter known = filter;
      note(batch);
      if (staged == null) {
        try (WriteBatch out = new WriteBatch()) {
          Staging.write(sorted.buffered(), out, known);
          add(batch, out);
          live().write(options.synced, out);
        }
      } else {
        if (known != staged.known()) {
          // Another filter than the one that was told of the run's keys.
          filter = null;
        }
        ingest(staged.files(), batch);
      }
    } catch (RocksDBException e) {
      throw failed(e);
    } finally {
      writing.readLock().unlock();
      open.readLock().unlock();
    }
  }

  /**
   * All files come in by one record of RocksDB's manifest, hence together or not at all. Of files
   * that overlap, the later in the list is the newer.
   */
  private void ingest(List<String> files, Batch batch) throws RocksDBException {
    List<String> all = new ArrayList<>(files);
    List<String> more = List.of();
    try (RowBuffer rows = new RowBuffer(staging.spares());
        IngestExternalFileOptions moving = new IngestExternalFileOptions().setMoveFiles(true)) {
      KeyFilter known = filter;
      mergeAt(
          known != null && known.isOfUse()
              ? RocksOptions.TOP_FILES_FILTERED
              : RocksOptions.TOP_FILES_IN_BULK);
      rows.add(new PackedRows(batch));
      more = staging.write(rows, null);
      all.addAll(more);
      live().ingestExternalFile(all, moving);
    } finally {
      staging.delete(more);
    }
  }

  /** The sorted files of the database. */
  List<LiveFileMetaData> files() {
    open.readLock().lock();
    try {
      return live().getLiveFilesMetaData();
    } finally {
      open.readLock().unlock();
    }
  }

  private static ReadOptions readingAt(org.rocksdb.@Nullable Snapshot at) {
    ReadOptions options = new ReadOptions();
    return at == null ? options : options.setSnapshot(at);
  }

  @Override
  public Snapshot snapshot() {
    open.readLock().lock();
    try {
      RocksSnapshot snapshot = new RocksSnapshot(live());
      snapshots.add(snapshot);
      return snapshot;
    } finally {
      open.readLock().unlock();
    }
  }

  @Override
  public void close() {
    open.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      cursors.forEach(RocksCursor::free);
      cursors.clear();
      snapshots.forEach(RocksSnapshot::free);
      snapshots.clear();
      options.pace.release();
      try {
        syncAndClose();
        staging.clear();
      } catch (RocksDBException e) {
        throw failed(e);
      } finally {
        options.close();
      }
    } finally {
      open.writeLock().unlock();
    }
  }

  /** RocksDB alone would leave buffered writes to the operating system. */
  private void syncAndClose() throws RocksDBException {
    try {
      db.syncWal();
    } finally {
      db.closeE();
    }
  }

  private RocksDB live() {
    if (closed) {
      throw new VaultException(ErrorCode.STORE_FAILED, "the vault is closed");
    }
    return db;
  }

  private static List<byte[]> prefixed(Table table, List<byte[]> keys) {
    List<byte[]> out = new ArrayList<>(keys.size());
    for (byte[] key : keys) {
      out.add(prefixed(table, key));
    }
    return out;
  }

  private static byte[] prefixed(Table table, byte[] key) {
    byte[] out = new byte[key.length + 1];
    out[0] = table.id();
    System.arraycopy(key, 0, out, 1, key.length);
    return out;
  }

  private static VaultException failed(RocksDBException e) {
    String reason = String.valueOf(e.getMessage());
    String hint =
        reason.contains("No space left")
            // RocksDB stays closed to writing after that until it is opened anew.
            ? "; free some space, then run this again; restart a running server"
            : "; see that the directory can be read and written, then try again";
    return new VaultException(ErrorCode.STORE_FAILED, "the store failed: " + reason + hint, e);
  }

  /** A walk through keys that lie close together; see {@link KeyWalk}. */
  private interface Walk<T> {
    List<T> through(RocksDB db, org.rocksdb.Snapshot at, List<byte[]> keys, long span)
        throws RocksDBException;
  }

  /** The rows of one moment. Its calls hold the store's lock, like the store's own. */
  private final class RocksSnapshot implements Snapshot {
    private final org.rocksdb.Snapshot moment;
    private final ReadOptions reads;

    RocksSnapshot(RocksDB db) {
      this.moment = db.getSnapshot();
      this.reads = new ReadOptions().setSnapshot(moment);
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
      requireOpen();
      return RocksStore.this.get(reads, table, key);
    }

    @Override
    public List<byte @Nullable []> getAll(Table table, List<byte[]> keys) {
      requireOpen();
      return RocksStore.this.getAll(reads, table, keys);
    }

    @Override
    public List<byte @Nullable []> getAllInOrder(Table table, List<byte[]> keys) {
      return inOrder(table, keys, KeyWalk::fetch, () -> getAll(table, keys));
    }

    @Override
    public Cursor scan(Table table, byte[] prefix, byte[] from) {
      requireOpen();
      return RocksStore.this.scan(moment, table, prefix, from);
    }

    @Override
    public List<List<Row>> scanAll(Table table, List<byte[]> prefixes, int most) {
      requireOpen();
      return RocksStore.this.scanAll(moment, table, prefixes, most);
    }

    @Override
    public List<List<Row>> scanAllInOrder(Table table, List<byte[]> prefixes, int most) {
      return inOrder(
          table,
          prefixes,
          (db, at, keys, span) -> KeyWalk.under(db, at, keys, span, most),
          () -> scanAll(table, prefixes, most));
    }

    /** By a walk where that pays. */
    private <T> List<T> inOrder(
        Table table, List<byte[]> keys, Walk<T> walk, Supplier<List<T>> oneByOne) {
      requireOpen();
      if (keys.isEmpty()) {
        return List.of();
      }
      List<byte[]> prefixed = prefixed(table, keys);
      open.readLock().lock();
      try {
        long span = KeyWalk.span(live(), prefixed);
        return KeyWalk.pays(keys.size(), span)
            ? walk.through(live(), moment, prefixed, span)
            : oneByOne.get();
      } catch (RocksDBException e) {
        throw failed(e);
      } finally {
        open.readLock().unlock();
      }
    }

    @Override
    public byte @Nullable [] lastKey(Table table) {
      requireOpen();
      return RocksStore.this.lastKey(moment, table);
    }

    private void requireOpen() {
      open.readLock().lock();
      try {
        live();
        if (!snapshots.contains(this)) {
          throw new BugException("the snapshot is closed");
        }
      } finally {
        open.readLock().unlock();
      }
    }

    @Override
    public void close() {
      open.readLock().lock();
      try {
        if (snapshots.remove(this)) {
          free();
        }
      } finally {
        open.readLock().unlock();
      }
    }

    private void free() {
      reads.close();
      db.releaseSnapshot(moment);
    }
  }

  /**
   * Ends itself at the first key outside the prefix. Copies a row at each step, under the store's
   * lock: RocksDB would read freed memory after its end, or once the store is closed.
   */
  private final class RocksCursor implements Cursor {
    private final ReadOptions bounds;
    private final Slice upper;
    private final RocksIterator iterator;
    private final byte[] from;
    private boolean started;
    private byte @Nullable [] key;
    private byte @Nullable [] value;

    RocksCursor(RocksDB db, org.rocksdb.@Nullable Snapshot at, byte[] prefix, byte[] from) {
      // A walk over a snapshot is a long one, which would leave no room for what is asked for
      // often.
      this.bounds = readingAt(at).setFillCache(at == null);
      this.upper = new Slice(after(prefix));
      bounds.setIterateUpperBound(upper);
      if (prefix.length >= RocksOptions.PREFIX_BYTES) {
        bounds.setPrefixSameAsStart(true);
      } else {
        bounds.setTotalOrderSeek(true);
      }
      this.iterator = db.newIterator(bounds);
      this.from = from;
    }

    /** The least byte string above every one with this prefix; no table id is 0xff. */
    private static byte[] after(byte[] prefix) {
      int end = prefix.length;
      while (prefix[end - 1] == (byte) 0xff) {
        end--;
      }
      byte[] out = Arrays.copyOf(prefix, end);
      out[end - 1]++;
      return out;
    }

    @Override
    public boolean next() {
      open.readLock().lock();
      try {
        live();
        if (!cursors.contains(this)) {
          throw new BugException("the cursor is closed");
        }
        return step();
      } catch (RocksDBException e) {
        throw failed(e);
      } finally {
        open.readLock().unlock();
      }
    }

    private boolean step() throws RocksDBException {
      if (!started) {
        iterator.seek(from);
        started = true;
      } else if (key != null) {
        iterator.next();
      }
      if (iterator.isValid()) {
        byte[] row = iterator.key();
        key = Arrays.copyOfRange(row, 1, row.length);
        value = iterator.value();
        return true;
      }
      key = null;
      value = null;
      iterator.status();
      return false;
    }

    @Override
    public byte[] key() {
      return onRow(key);
    }

    @Override
    public byte[] value() {
      return onRow(value);
    }

    private static byte[] onRow(byte @Nullable [] bytes) {
      if (bytes == null) {
        throw new BugException("the cursor stands on no row");
      }
      return bytes;
    }

    @Override
    public void close() {
      open.readLock().lock();
      try {
        if (cursors.remove(this)) {
          free();
        }
      } finally {
        open.readLock().unlock();
      }
    }

    private void free() {
      iterator.close();
      bounds.close();
      upper.close();
    }
  }
}
