package org.strongroom.store.rocksdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import org.strongroom.store.Row;

/**
 * Fetches keys that lie close together by walking from one to the next: one pass over a file, read
 * ahead, takes a fraction of what as many gets take, and so does a step of what a seek takes.
 */
final class KeyWalk implements AutoCloseable {
  /** Keys that lie further apart, on average, are better fetched one by one. */
  private static final long NEAR_BYTES = 64 << 10;

  /** Of files, read at once. */
  private static final long MOST_AHEAD_BYTES = 1 << 20;

  /** Steps that take about as long as a seek. */
  private static final int STEPS = 12;

  private static final int MOST_KEY_BYTES = 64;

  private final RocksIterator rows;

  /** The key on which the walk stands, in the first {@code length} bytes; behind the last: -1. */
  private final byte[] row = new byte[MOST_KEY_BYTES];

  private int length;
  private byte @Nullable [] before;

  private KeyWalk(RocksIterator rows) {
    this.rows = rows;
  }

  /** Whether a walk through {@code keys} keys pays that span so many bytes. */
  static boolean pays(int keys, long span) {
    return keys > 1 && span <= NEAR_BYTES * keys;
  }

  /**
   * Bytes of the files between the first key and the last.
   *
   * @param keys ascending; one at least
   */
  static long span(RocksDB db, List<byte[]> keys) {
    try (Slice from = new Slice(keys.get(0));
        Slice to = new Slice(keys.get(keys.size() - 1))) {
      return db.getApproximateSizes(
              List.of(new Range(from, to)), SizeApproximationFlag.INCLUDE_FILES)[0];
    }
  }

  /**
   * The values, in the order of the keys; null where there is none.
   *
   * @param keys at most {@value #MOST_KEY_BYTES} bytes each; fastest when ascending
   * @param span see {@link #span}
   */
  static List<byte @Nullable []> fetch(RocksDB db, Snapshot at, List<byte[]> keys, long span)
      throws RocksDBException {
    List<byte @Nullable []> out = new ArrayList<>(keys.size());
    try (ReadOptions reads = reading(at, span);
        KeyWalk walk = new KeyWalk(db.newIterator(reads))) {
      for (byte[] key : keys) {
        walk.to(key);
        out.add(walk.isAt(key) ? walk.rows.value() : null);
      }
      walk.rows.status();
    }
    return out;
  }

  /**
   * The first rows under each prefix, in the order of the prefixes, their keys without the first
   * byte.
   *
   * @param prefixes at most {@value #MOST_KEY_BYTES} bytes each; fastest when ascending
   * @param span see {@link #span}
   * @param most of one prefix
   */
  static List<List<Row>> under(RocksDB db, Snapshot at, List<byte[]> prefixes, long span, int most)
      throws RocksDBException {
    List<List<Row>> out = new ArrayList<>(prefixes.size());
    try (ReadOptions reads = reading(at, span);
        KeyWalk walk = new KeyWalk(db.newIterator(reads))) {
      for (byte[] prefix : prefixes) {
        List<Row> found = new ArrayList<>(1);
        walk.to(prefix);
        while (found.size() < most && walk.isUnder(prefix)) {
          byte[] key = walk.rows.key();
          found.add(new Row(Arrays.copyOfRange(key, 1, key.length), walk.rows.value()));
          walk.step();
        }
        out.add(found);
      }
      walk.rows.status();
    }
    return out;
  }

  private static ReadOptions reading(Snapshot at, long span) {
    return new ReadOptions()
        .setSnapshot(at)
        .setTotalOrderSeek(true)
        .setFillCache(false)
        .setReadaheadSize(Math.min(MOST_AHEAD_BYTES, span));
  }

  /** To the first row that is not before a key. */
  private void to(byte[] key) {
    byte @Nullable [] last = before;
    before = key;
    boolean ascending = last != null && Arrays.compareUnsigned(last, key) < 0;
    int steps = 0;
    while (ascending && length >= 0 && steps < STEPS && compare(key) < 0) {
      step();
      steps++;
    }
    // What lies behind the last row, once that is reached, is not there.
    if (!ascending || (steps == STEPS && length >= 0)) {
      rows.seek(key);
      read();
    }
  }

  private void step() {
    rows.next();
    read();
  }

  /** Copies the key; a longer one is like none that is sought in what is copied of it. */
  private void read() {
    length = rows.isValid() ? Math.min(rows.key(row), row.length) : -1;
  }

  private boolean isAt(byte[] key) {
    return length >= 0 && compare(key) == 0;
  }

  private boolean isUnder(byte[] prefix) {
    return length >= prefix.length
        && Arrays.equals(row, 0, prefix.length, prefix, 0, prefix.length);
  }

  private int compare(byte[] key) {
    return Arrays.compareUnsigned(row, 0, length, key, 0, key.length);
  }

  @Override
  public void close() {
    rows.close();
  }
}
