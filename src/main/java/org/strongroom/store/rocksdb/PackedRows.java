package org.strongroom.store.rocksdb;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BigEndian;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;

/**
 * The changes of a batch in one array, so that they can be copied on as a whole, with what a {@link
 * RowBuffer} sorts them by. They lie in nearly the order of their keys: so who walks very many
 * batches at once in that order walks each from one end to the other, and waits little for memory.
 *
 * <pre>
 * row = key length(4) value length(4), -1 for a deletion; table(1) key; value
 * </pre>
 */
final class PackedRows implements Store.Rows {
  static final int HEAD_BYTES = 8;
  static final int DELETED = -1;

  /** So many bytes of a key, without its table, are told in {@link #first}. */
  static final int FIRST_BYTES = 5;

  /** A row's place in its batch stands below its table and the first bytes of its key. */
  private static final int PLACE_BITS = 16;

  private static final int TABLE_SHIFT = FIRST_BYTES * Byte.SIZE;

  private final byte[] packed;
  private final int[] offsets;
  private final long[] firsts;

  PackedRows(Batch batch) {
    List<Batch.Change> changes = batch.changes();
    this.offsets = new int[changes.size()];
    this.firsts = new long[changes.size()];
    int length = 0;
    for (Batch.Change change : changes) {
      byte @Nullable [] value = change.value();
      length =
          Math.addExact(
              length, HEAD_BYTES + 1 + change.key().length + (value == null ? 0 : value.length));
    }
    this.packed = new byte[length];
    int[] order = order(changes);
    int at = 0;
    for (int i = 0; i < offsets.length; i++) {
      Batch.Change change = changes.get(order[i]);
      byte[] key = change.key();
      byte @Nullable [] value = change.value();
      offsets[i] = at;
      firsts[i] = first(key);
      BigEndian.putInt(packed, at, key.length + 1);
      BigEndian.putInt(packed, at + Integer.BYTES, value == null ? DELETED : value.length);
      at += HEAD_BYTES;
      packed[at++] = change.table().id();
      System.arraycopy(key, 0, packed, at, key.length);
      at += key.length;
      if (value != null) {
        System.arraycopy(value, 0, packed, at, value.length);
        at += value.length;
      }
    }
  }

  /** The places of the changes by table and first bytes; of those alike, as they stand. */
  private static int[] order(List<Batch.Change> changes) {
    long[] sorted = new long[changes.size()];
    boolean sortable = sorted.length <= 1 << PLACE_BITS;
    for (int i = 0; i < sorted.length; i++) {
      Batch.Change change = changes.get(i);
      long head = (long) change.table().id() << TABLE_SHIFT | first(change.key());
      sorted[i] = sortable ? head << PLACE_BITS | i : i;
    }
    if (sortable) {
      Arrays.sort(sorted);
    }
    int[] out = new int[sorted.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = sortable ? (int) sorted[i] & ((1 << PLACE_BITS) - 1) : i;
    }
    return out;
  }

  private static long first(byte[] key) {
    long first = 0;
    for (int i = 0; i < FIRST_BYTES; i++) {
      first = first << Byte.SIZE | (i < key.length ? key[i] & 0xff : 0);
    }
    return first;
  }

  @Override
  public int count() {
    return offsets.length;
  }

  @Override
  public long bytes() {
    return packed.length - (long) HEAD_BYTES * offsets.length;
  }

  /** All rows, to be read only. */
  byte[] packed() {
    return packed;
  }

  int offset(int row) {
    return offsets[row];
  }

  byte table(int row) {
    return packed[offsets[row] + HEAD_BYTES];
  }

  /** The first bytes of the key as a number; where it has fewer, zeros. */
  long first(int row) {
    return firsts[row];
  }
}
