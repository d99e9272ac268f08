package org.strongroom.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be read of a {@link Store}: as it is at each call, or as it was at one moment. Keys
 * order as unsigned bytes. Safe for use by many threads; byte arrays handed in or out are never
 * copied, so neither side may change them afterwards. Faults are those of the store.
 */
public interface StoreView {
  /** The value at {@code key}, or null. */
  byte @Nullable [] get(Table table, byte[] key);

  /** The values at {@code keys}, in their order, null where there is none. One trip. */
  List<byte @Nullable []> getAll(Table table, List<byte[]> keys);

  /**
   * {@link #getAll} for many keys in ascending order, as of a walk through much of the table: fast
   * where they lie close together, also when nothing of it is in memory.
   */
  default List<byte @Nullable []> getAllInOrder(Table table, List<byte[]> keys) {
    return getAll(table, keys);
  }

  /**
   * Walks the keys that begin with {@code prefix}, from {@code from} on (itself included), in
   * ascending order, over a snapshot of this moment. To be closed, and before the view is.
   *
   * @param from begins with {@code prefix}
   */
  Store.Cursor scan(Table table, byte[] prefix, byte[] from);

  /** {@link #scan(Table, byte[], byte[])} from the first key with the prefix. */
  default Store.Cursor scan(Table table, byte[] prefix) {
    return scan(table, prefix, prefix);
  }

  /**
   * The first rows under each of {@code prefixes}, in their order. One trip, where walking each
   * prefix by itself would be as many.
   *
   * @param most rows of one prefix at most, from 1
   */
  default List<List<Row>> scanAll(Table table, List<byte[]> prefixes, int most) {
    List<List<Row>> out = new ArrayList<>(prefixes.size());
    for (byte[] prefix : prefixes) {
      List<Row> rows = new ArrayList<>();
      try (Store.Cursor cursor = scan(table, prefix)) {
        while (rows.size() < most && cursor.next()) {
          rows.add(new Row(cursor.key(), cursor.value()));
        }
      }
      out.add(rows);
    }
    return out;
  }

  /** {@link #scanAll} for many prefixes in ascending order; see {@link #getAllInOrder}. */
  default List<List<Row>> scanAllInOrder(Table table, List<byte[]> prefixes, int most) {
    return scanAll(table, prefixes, most);
  }

  /** The greatest key of the table, or null when it is empty. */
  byte @Nullable [] lastKey(Table table);
}
