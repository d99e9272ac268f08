package org.strongroom.store.rocksdb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Batch;
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
public final class RocksStore extends RocksView implements Store {
  static {
    RocksDB.loadLibrary();
  }

  private final RocksOptions options;
  private final Staging staging;
  private final Runs runs;

  private RocksStore(RocksOptions options, Database database, Staging staging) {
    super(database, null, options.reads);
    this.options = options;
    this.staging = staging;
    this.runs = new Runs(database, options, staging, this);
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
    RocksOptions options = new RocksOptions(create);
    RocksStore store;
    try {
      Database database = new Database(RocksDB.open(options.database, directory.toString()));
      store = new RocksStore(options, database, new Staging(directory, options));
    } catch (RocksDBException e) {
      options.close();
      if (isLocked(String.valueOf(e.getMessage()))) {
        throw new VaultException(
            ErrorCode.VAULT_IN_USE,
            "the vault is open in another process; stop it, or talk to it by its https address",
            e);
      }
      throw Database.failed(e);
    }
    try {
      store.staging.clear();
      return store;
    } catch (VaultException e) {
      store.close();
      throw e;
    }
  }

  /** RocksDB has no code for it: these are its words for a lock held elsewhere, and held here. */
  private static boolean isLocked(String reason) {
    return reason.startsWith("While lock file:")
        || reason.startsWith("lock hold by current process");
  }

  @Override
  public List<byte @Nullable []> getAll(Table table, List<byte[]> keys) {
    KeyFilter known = runs.filter();
    if (known == null || table != Table.INDEX) {
      return super.getAll(table, keys);
    }
    List<byte[]> sought = new ArrayList<>();
    keys.stream().filter(key -> !known.rulesOut(key)).forEach(sought::add);
    if (sought.size() == keys.size()) {
      return super.getAll(table, keys);
    }
    Iterator<byte @Nullable []> found = super.getAll(table, sought).iterator();
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

  @Override
  public void write(Batch batch, Durability durability) {
    runs.write(batch, durability == Durability.SYNCED ? options.synced : options.buffered);
  }

  @Override
  public Rows pack(Batch batch) {
    return new PackedRows(batch);
  }

  @Override
  public Run newRun() {
    return runs.begin();
  }

  @Override
  public void ingest(Run run, Batch batch) {
    runs.ingest((SortedRun) run, batch);
  }

  /** From now on RocksDB is asked for every key. */
  void forgetKeys() {
    runs.forgetKeys();
  }

  @Override
  public void giveWay(BooleanSupplier asked) {
    database.actIfOpen(db -> options.pace.giveWay(asked));
  }

  /** The sorted files of the database. */
  List<LiveFileMetaData> files() {
    return use(RocksDB::getLiveFilesMetaData);
  }

  @Override
  public Snapshot snapshot() {
    return RocksSnapshot.of(database);
  }

  @Override
  public void close() {
    database.close(
        db -> {
          options.pace.release();
          try {
            syncAndClose(db);
            staging.clear();
          } finally {
            options.close();
          }
        });
  }

  /** RocksDB alone would leave buffered writes to the operating system. */
  private static void syncAndClose(RocksDB db) throws RocksDBException {
    try {
      db.syncWal();
    } finally {
      db.closeE();
    }
  }
}
