package org.strongroom.store.rocksdb;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BigEndian;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;

/**
 * The changes of a batch in one array, so that they can be copied on as a whole, with what a {@link
 * RowBuffer} sorts them by.
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
    int at = 0;
    for (int i = 0; i < offsets.length; i++) {
      Batch.Change change = changes.get(i);
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
