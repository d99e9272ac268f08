package org.strongroom.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.strongroom.kernel.BigEndian;
import org.strongroom.store.Batch;
import org.strongroom.store.Table;

/**
 * Rules out index keys that are not in the store, all in memory, while very much comes in: RocksDB
 * would ask the filter of every file for each. Knows the keys that are as long as a bloom prefix,
 * which are those that are sought whole: an index with a blind value. A blocked Bloom filter
 * (Putze, Sanders, Singler 2007) of fixed size, which an overfull one only makes useless, never
 * wrong; it takes the blind values, which are random, for their own hashes. Thread-safe.
 */
final class KeyFilter {
  /** As many as it is not worth reading to begin with. */
  static final long MOST_ROWS_BEFORE = 200_000;

  private static final int KEY_BYTES = RocksOptions.PREFIX_BYTES - 1;
  private static final int BLIND_AT = 2;
  private static final int LINE_BITS = 19;
  private static final int LONGS_PER_LINE = 8;
  private static final int PROBES = 6;
  private static final int PROBE_BITS = 9;
  private static final long MIX = 0x9e3779b97f4a7c15L;

  /** Of more, it lets one in thirty through that is not there, and soon most. */
  private static final long MOST_KEYS = 32 << 20;

  private final LongAdder keys = new LongAdder();
  private final AtomicLongArray bits = new AtomicLongArray(LONGS_PER_LINE << LINE_BITS);
  private volatile boolean complete;

  /** Takes the keys that a batch puts; before they can be read. */
  void add(Batch batch) {
    for (Batch.Change change : batch.changes()) {
      if (change.table() == Table.INDEX && change.key().length == KEY_BYTES) {
        add(change.key());
      }
    }
  }

  /** Takes a key that is led by its table, if it is one to know. */
  void add(ByteBuffer prefixed) {
    if (prefixed.remaining() == 1 + KEY_BYTES
        && prefixed.get(prefixed.position()) == Table.INDEX.id()) {
      byte[] key = new byte[KEY_BYTES];
      prefixed.get(prefixed.position() + 1, key);
      add(key);
    }
  }

  private void add(byte[] key) {
    keys.increment();
    int line = line(key);
    long probes = BigEndian.getLong(key, BLIND_AT + Long.BYTES);
    for (int i = 0; i < PROBES; i++) {
      int place = line + (int) (probes & (LONGS_PER_LINE - 1));
      long bit = 1L << (probes >>> 3);
      if ((bits.get(place) & bit) == 0) {
        long unused = bits.accumulateAndGet(place, bit, (before, more) -> before | more);
      }
      probes >>>= PROBE_BITS;
    }
  }

  /** From now on it knows all that is there. */
  void complete() {
    complete = true;
  }

  /** Whether it rules out nearly every key that is not there. */
  boolean isOfUse() {
    return complete && keys.sum() <= MOST_KEYS;
  }

  /** Whether a key of the index is certainly not in the store. */
  boolean rulesOut(byte[] key) {
    if (!complete || key.length != KEY_BYTES) {
      return false;
    }
    int line = line(key);
    long probes = BigEndian.getLong(key, BLIND_AT + Long.BYTES);
    for (int i = 0; i < PROBES; i++) {
      int place = line + (int) (probes & (LONGS_PER_LINE - 1));
      if ((bits.get(place) & 1L << (probes >>> 3)) == 0) {
        return true;
      }
      probes >>>= PROBE_BITS;
    }
    return false;
  }

  private static int line(byte[] key) {
    int index = (key[0] & 0xff) << Byte.SIZE | (key[1] & 0xff);
    long hash = BigEndian.getLong(key, BLIND_AT) ^ index * MIX;
    return (int) (hash >>> (Long.SIZE - LINE_BITS)) * LONGS_PER_LINE;
  }
}
