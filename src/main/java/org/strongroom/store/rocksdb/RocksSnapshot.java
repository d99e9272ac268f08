package org.strongroom.store.rocksdb;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;
import org.strongroom.kernel.BugException;
import org.strongroom.store.Row;
import org.strongroom.store.Store;
import org.strongroom.store.Table;

/** The rows of one moment. */
final class RocksSnapshot extends RocksView implements Store.Snapshot, Database.Dependent {
  private final RocksDB db;
  private final Snapshot moment;

  /** A walk through keys that lie close together; see {@link KeyWalk}. */
  private interface Walk<T> {
    List<T> through(RocksDB db, Snapshot at, List<byte[]> keys, long span) throws RocksDBException;
  }

  private RocksSnapshot(Database database, RocksDB db, Snapshot moment, ReadOptions gets) {
    super(database, moment, gets);
    this.db = db;
    this.moment = moment;
  }

  /** Of this moment. */
  static RocksSnapshot of(Database database) {
    return database.use(
        db -> {
          Snapshot moment = db.getSnapshot();
          RocksSnapshot out =
              new RocksSnapshot(database, db, moment, new ReadOptions().setSnapshot(moment));
          database.add(out);
          return out;
        });
  }

  @Override
  <T> T use(Database.Use<T> use) {
    return super.use(
        live -> {
          if (!database.has(this)) {
            throw new BugException("the snapshot is closed");
          }
          return use.of(live);
        });
  }

  @Override
  public List<byte @Nullable []> getAllInOrder(Table table, List<byte[]> keys) {
    return inOrder(table, keys, KeyWalk::fetch, () -> getAll(table, keys));
  }

  @Override
  public List<List<Row>> scanAllInOrder(Table table, List<byte[]> prefixes, int most) {
    return inOrder(
        table,
        prefixes,
        (live, at, keys, span) -> KeyWalk.under(live, at, keys, span, most),
        () -> scanAll(table, prefixes, most));
  }

  /** By a walk where that pays. */
  private <T> List<T> inOrder(
      Table table, List<byte[]> keys, Walk<T> walk, Supplier<List<T>> oneByOne) {
    return use(
        live -> {
          if (keys.isEmpty()) {
            return List.of();
          }
          List<byte[]> prefixed = prefixed(table, keys);
          long span = KeyWalk.span(live, prefixed);
          return KeyWalk.pays(keys.size(), span)
              ? walk.through(live, moment, prefixed, span)
              : oneByOne.get();
        });
  }

  @Override
  public void close() {
    database.free(this);
  }

  @Override
  public void free() {
    gets.close();
    db.releaseSnapshot(moment);
  }
}
