package org.strongroom.store.rocksdb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/**
 * Whatever is written, since all that is has to be known while very much comes in: single batches,
 * and runs, which come in as sorted files. Thread-safe.
 */
final class Runs {
  private final Database database;
  private final RocksOptions options;
  private final Staging staging;
  private final StoreView rows;

  /** Of all index keys, while runs come in; see {@link #filterFrom}. */
  private volatile @Nullable KeyFilter filter;

  /** Held for reading by every write, so that a new filter misses none that is under way. */
  private final ReentrantReadWriteLock writing = new ReentrantReadWriteLock();

  /** Runs not yet closed. */
  private final AtomicInteger open = new AtomicInteger();

  /** At how many files at the top merging begins, as far as RocksDB was told. */
  private int topFiles = RocksOptions.TOP_FILES;

  /**
   * @param rows of the database
   */
  Runs(Database database, RocksOptions options, Staging staging, StoreView rows) {
    this.database = database;
    this.options = options;
    this.staging = staging;
    this.rows = rows;
  }

  /** What is known of index keys; null where RocksDB is to be asked for each. */
  @Nullable KeyFilter filter() {
    return filter;
  }

  /** From now on RocksDB is asked for every key. */
  void forgetKeys() {
    filter = null;
  }

  void write(Batch batch, WriteOptions durability) {
    writing(
        db -> {
          try (WriteBatch out = new WriteBatch()) {
            add(batch, out);
            note(batch);
            db.write(durability, out);
          }
        });
  }

  Store.Run begin() {
    int unused = open.incrementAndGet();
    return new SortedRun(staging, this::staged, this::closed);
  }

  /** Brings in a run and then a batch, or nothing of either. */
  void ingest(SortedRun run, Batch batch) {
    SortedRun.@Nullable Staged staged = run.staged();
    writing(
        db -> {
          KeyFilter known = filter;
          note(batch);
          if (staged == null) {
            try (WriteBatch out = new WriteBatch()) {
              Staging.write(run.buffered(), out, known);
              add(batch, out);
              db.write(options.synced, out);
            }
          } else {
            if (known != staged.known()) {
              // Another filter than the one that was told of the run's keys.
              filter = null;
            }
            ingest(db, staged.files(), batch);
          }
        });
  }

  /**
   * All files come in by one record of RocksDB's manifest, hence together or not at all. Of files
   * that overlap, the later in the list is the newer.
   */
  private void ingest(RocksDB db, List<String> files, Batch batch) throws RocksDBException {
    List<String> all = new ArrayList<>(files);
    List<String> more = List.of();
    try (RowBuffer buffer = new RowBuffer(staging.spares());
        IngestExternalFileOptions moving = new IngestExternalFileOptions().setMoveFiles(true)) {
      KeyFilter known = filter;
      mergeAt(
          db,
          known != null && known.isOfUse()
              ? RocksOptions.TOP_FILES_FILTERED
              : RocksOptions.TOP_FILES_IN_BULK);
      buffer.add(new PackedRows(batch));
      more = staging.write(buffer, null);
      all.addAll(more);
      db.ingestExternalFile(all, moving);
    } finally {
      staging.delete(more);
    }
  }

  private void writing(Database.Act act) {
    database.act(
        db -> {
          writing.readLock().lock();
          try {
            act.on(db);
          } finally {
            writing.readLock().unlock();
          }
        });
  }

  private static void add(Batch batch, WriteBatch out) throws RocksDBException {
    for (Batch.Change change : batch.changes()) {
      byte[] key = RocksView.prefixed(change.table(), change.key());
      byte[] value = change.value();
      if (value == null) {
        out.delete(key);
      } else {
        out.put(key, value);
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
  private @Nullable KeyFilter filterFrom(RocksDB db) throws RocksDBException {
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
      try (Store.Cursor all = rows.scan(Table.INDEX, new byte[0])) {
        while (all.next()) {
          made.add(new Batch().put(Table.INDEX, all.key(), all.value()));
        }
      }
      made.complete();
      return made;
    }
  }

  private SortedRun.Staged staged(RowBuffer buffer) {
    return database.use(
        db -> {
          KeyFilter known = filterFrom(db);
          return new SortedRun.Staged(staging.write(buffer, known), known);
        });
  }

  private void closed() {
    if (open.decrementAndGet() == 0) {
      staging.spares().clear();
      forgetKeys();
      database.actIfOpen(db -> mergeAt(db, RocksOptions.TOP_FILES));
    }
  }

  private void mergeAt(RocksDB db, int files) throws RocksDBException {
    synchronized (open) {
      if (topFiles != files) {
        db.setOptions(RocksOptions.mergingAt(files));
        topFiles = files;
      }
    }
  }
}
