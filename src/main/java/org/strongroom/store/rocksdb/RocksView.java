package org.strongroom.store.rocksdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import org.strongroom.kernel.BugException;
import org.strongroom.store.Row;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/** Reads the rows of a database as they are, or as they were at one moment. */
abstract sealed class RocksView implements StoreView permits RocksStore, RocksSnapshot {
  final Database database;
  final ReadOptions gets;
  private final @Nullable Snapshot at;

  /**
   * @param at null for the rows as they are at each call
   * @param gets for reading them by key
   */
  RocksView(Database database, @Nullable Snapshot at, ReadOptions gets) {
    this.database = database;
    this.at = at;
    this.gets = gets;
  }

  /** Each call goes through this. */
  <T> T use(Database.Use<T> use) {
    return database.use(use);
  }

  @Override
  public byte @Nullable [] get(Table table, byte[] key) {
    return use(db -> Optional.ofNullable(db.get(gets, prefixed(table, key)))).orElse(null);
  }

  @Override
  public List<byte @Nullable []> getAll(Table table, List<byte[]> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    List<byte[]> prefixed = prefixed(table, keys);
    return nullable(use(db -> db.multiGetAsList(gets, prefixed)));
  }

  /** RocksDB's list has null for a missing key, which its unannotated type does not say. */
  @SuppressWarnings("NullAway")
  private static List<byte @Nullable []> nullable(List<byte[]> values) {
    return values;
  }

  @Override
  public Store.Cursor scan(Table table, byte[] prefix, byte[] from) {
    if (from.length < prefix.length
        || !Arrays.equals(prefix, 0, prefix.length, from, 0, prefix.length)) {
      throw new BugException("a scan starts within its prefix");
    }
    // A walk over a snapshot is a long one, which would leave no room for what is asked for often.
    return use(
        db ->
            RocksCursor.over(
                database,
                db,
                options().setFillCache(at == null),
                prefixed(table, prefix),
                prefixed(table, from)));
  }

  /** One iterator for all prefixes: making one costs as much as a seek. */
  @Override
  public List<List<Row>> scanAll(Table table, List<byte[]> prefixes, int most) {
    if (prefixes.isEmpty()) {
      return List.of();
    }
    boolean bloomed = prefixes.stream().allMatch(p -> p.length + 1 >= RocksOptions.PREFIX_BYTES);
    return use(
        db -> {
          List<List<Row>> out = new ArrayList<>(prefixes.size());
          try (ReadOptions reads =
                  bloomed
                      ? options().setPrefixSameAsStart(true)
                      : options().setTotalOrderSeek(true);
              RocksIterator rows = db.newIterator(reads)) {
            for (byte[] prefix : prefixes) {
              out.add(under(prefixed(table, prefix), rows, most));
            }
          }
          return out;
        });
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
    return use(db -> Optional.ofNullable(lastKey(db, table))).orElse(null);
  }

  private byte @Nullable [] lastKey(RocksDB db, Table table) throws RocksDBException {
    try (Slice upper = new Slice(new byte[] {(byte) (table.id() + 1)});
        ReadOptions below = options().setTotalOrderSeek(true).setIterateUpperBound(upper);
        RocksIterator iterator = db.newIterator(below)) {
      iterator.seekToLast();
      if (!iterator.isValid()) {
        iterator.status();
        return null;
      }
      byte[] key = iterator.key();
      return key[0] == table.id() ? Arrays.copyOfRange(key, 1, key.length) : null;
    }
  }

  /** For an iterator over the rows of this view. */
  private ReadOptions options() {
    ReadOptions options = new ReadOptions();
    return at == null ? options : options.setSnapshot(at);
  }

  static List<byte[]> prefixed(Table table, List<byte[]> keys) {
    List<byte[]> out = new ArrayList<>(keys.size());
    for (byte[] key : keys) {
      out.add(prefixed(table, key));
    }
    return out;
  }

  /** A key as it is in the one key space of all tables: led by its table. */
  static byte[] prefixed(Table table, byte[] key) {
    byte[] out = new byte[key.length + 1];
    out[0] = table.id();
    System.arraycopy(key, 0, out, 1, key.length);
    return out;
  }
}
