package org.strongroom.store.rocksdb;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.strongroom.kernel.BugException;
import org.strongroom.store.Store;

/**
 * Ends itself at the first key outside the prefix. Copies a row at each step, within a use of the
 * database: RocksDB would read freed memory after its end, or once the database is closed.
 */
final class RocksCursor implements Store.Cursor, Database.Dependent {
  private final Database database;
  private final ReadOptions bounds;
  private final Slice upper;
  private final RocksIterator iterator;
  private final byte[] from;
  private boolean started;
  private byte @Nullable [] key;
  private byte @Nullable [] value;

  private RocksCursor(
      Database database, RocksDB db, ReadOptions reads, byte[] prefix, byte[] from) {
    this.database = database;
    this.bounds = reads;
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

  /**
   * From within a use of the database.
   *
   * @param reads of which rows; the cursor's from now on
   * @param prefix led by its table, like {@code from}
   */
  static RocksCursor over(
      Database database, RocksDB db, ReadOptions reads, byte[] prefix, byte[] from) {
    RocksCursor cursor = new RocksCursor(database, db, reads, prefix, from);
    database.add(cursor);
    return cursor;
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
    return database.use(
        db -> {
          if (!database.has(this)) {
            throw new BugException("the cursor is closed");
          }
          return step();
        });
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
    database.free(this);
  }

  @Override
  public void free() {
    iterator.close();
    bounds.close();
    upper.close();
  }
}
