package org.strongroom.vault;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.strongroom.audit.RowList;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.Id;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.Table;

/** Somebody with write access to the store of a closed vault, and without its key. */
final class Tampering {
  final LivedIn vault;
  private final Store store;

  Tampering(Store store, LivedIn vault) {
    this.store = store;
    this.vault = vault;
  }

  // ---- what is there -----------------------------------------------------------------------

  Map<Bytes, byte[]> rows(Table table, byte[] prefix) {
    Map<Bytes, byte[]> out = new TreeMap<>();
    try (Store.Cursor cursor = store.scan(table, prefix)) {
      while (cursor.next()) {
        out.put(Bytes.owned(cursor.key()), cursor.value());
      }
    }
    return out;
  }

  byte[] value(Table table, byte[] key) {
    return Objects.requireNonNull(store.get(table, key));
  }

  Id subject(String who) {
    return Objects.requireNonNull(vault.subjects.get(who));
  }

  /** Keys of a subject's rows in a table whose keys begin with the subject. */
  List<byte[]> of(String who, Table table) {
    List<byte[]> out = new ArrayList<>();
    rows(table, subject(who).toArray()).keySet().forEach(key -> out.add(key.toArray()));
    out.removeIf(key -> table == Table.RECORDS && Layout.isDataKey(key));
    return out;
  }

  /** Keys of index rows that lead to a subject, by the length of key and value. */
  List<byte[]> index(String who, int keyBytes, int valueBytes) {
    byte[] subject = subject(who).toArray();
    List<byte[]> out = new ArrayList<>();
    rows(Table.INDEX, new byte[0])
        .forEach(
            (key, value) -> {
              byte[] row = key.toArray();
              byte[] in =
                  keyBytes > 18 && row.length > 18 ? Arrays.copyOfRange(row, 18, 34) : value;
              if (row.length == keyBytes
                  && value.length == valueBytes
                  && Arrays.equals(Arrays.copyOf(in, 16), subject)) {
                out.add(row);
              }
            });
    return out;
  }

  /** Names in the meta table. */
  List<byte[]> meta(String prefix) {
    List<byte[]> out = new ArrayList<>();
    rows(Table.META, text(prefix)).keySet().forEach(key -> out.add(key.toArray()));
    return out;
  }

  static byte[] text(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  /** The newest entry that wrote a row. */
  long entryOf(Table table, byte[] key) {
    long[] entry = {-1};
    rows(Table.AUDIT_ROWS, new byte[0])
        .forEach(
            (index, list) -> {
              for (RowList.Row row : RowList.read(list)) {
                if (row.table() == table && row.key().equals(Bytes.owned(key))) {
                  entry[0] = BigEndian.getLong(index.toArray(), 0);
                }
              }
            });
    return entry[0];
  }

  long entries() {
    return rows(Table.AUDIT_ENTRIES, new byte[0]).size();
  }

  // ---- what is done ------------------------------------------------------------------------

  void put(Table table, byte[] key, byte[] value) {
    store.write(new Batch().put(table, key, value), Store.Durability.SYNCED);
  }

  void delete(Table table, byte[] key) {
    value(table, key);
    store.write(new Batch().delete(table, key), Store.Durability.SYNCED);
  }

  /** Flips one bit in the middle of a value. */
  void flip(Table table, byte[] key) {
    byte[] value = value(table, key).clone();
    value[value.length / 2] ^= 4;
    put(table, key, value);
  }

  void cut(Table table, byte[] key, int bytes) {
    put(table, key, Arrays.copyOf(value(table, key), bytes));
  }

  void swap(Table table, byte[] one, byte[] other) {
    byte[] first = value(table, one);
    put(table, one, value(table, other));
    put(table, other, first);
  }

  void copy(Table table, byte[] from, byte[] to) {
    put(table, to, value(table, from));
  }
}
