package org.strongroom.audit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;
import org.strongroom.translog.Frontier;
import org.strongroom.translog.Hashes;

/**
 * How the log lies in the store: sealed entries by index, full tiles by level and number, the list
 * of the rows that an entry wrote, and rows that lead to entries, as {@link LogIndex} lays them
 * out. Unfinished tiles are not stored: they follow from the entries and the tiles below.
 */
final class Log {
  private static final int HASHES_PER_TILE = Frontier.TILE_WIDTH;

  /** No entry is of this hour. */
  static final long NO_HOUR = Long.MIN_VALUE;

  private Log() {}

  /**
   * Adds the rows of the tree's next entry to {@code batch}, and appends it to the tree.
   *
   * @param terms by which it is found
   * @param rows the list of the rows that it wrote
   */
  static void append(Batch batch, Frontier tree, byte[] leaf, List<byte[]> terms, byte[] rows) {
    long index = tree.size();
    batch.put(Table.AUDIT_ENTRIES, BigEndian.ofLong(index), leaf);
    tree.append(
        Hashes.leaf(leaf),
        (level, number, tile) -> batch.put(Table.AUDIT_TILES, tileKey(level, number), tile));
    if (rows.length > 0) {
      batch.put(Table.AUDIT_ROWS, BigEndian.ofLong(index), rows);
    }
    for (byte[] term : terms) {
      batch.put(Table.AUDIT_ABOUT, LogIndex.row(term, index), new byte[0]);
    }
  }

  /** Adds the row that says that from the entry at {@code index} on the hour is another. */
  static void mark(Batch batch, long index, long hour) {
    batch.put(Table.AUDIT_HOURS, LogIndex.hourKey(index), BigEndian.ofLong(hour));
  }

  /** The hour of the last entry; {@link #NO_HOUR} when there is none. */
  static long lastHour(Store store) {
    try (Store.Cursor cursor = store.scan(Table.AUDIT_HOURS, new byte[0])) {
      return cursor.next() ? BigEndian.getLong(cursor.value(), 0) : NO_HOUR;
    }
  }

  /**
   * The tree as the store has it: reads at most 255 entries and 255 tiles a level, however long the
   * log.
   *
   * @throws VaultException {@code CORRUPT} when an entry or tile is missing
   */
  static Frontier recover(Store store) {
    long size = size(store);
    Frontier tree = new Frontier();
    List<byte[]> leaves = new ArrayList<>();
    for (long i = size - size % HASHES_PER_TILE; i < size; i++) {
      byte @Nullable [] leaf = store.get(Table.AUDIT_ENTRIES, BigEndian.ofLong(i));
      leaves.add(Hashes.leaf(present(leaf, "entry", i)));
    }
    tree.resume(0, leaves);
    long tiles = size / HASHES_PER_TILE;
    for (int level = 0; tiles > 0; level++) {
      List<byte[]> roots = new ArrayList<>();
      for (long n = tiles - tiles % HASHES_PER_TILE; n < tiles; n++) {
        byte @Nullable [] tile = store.get(Table.AUDIT_TILES, tileKey(level, n));
        roots.add(Frontier.tileRoot(whole(present(tile, "tile", n))));
      }
      tree.resume(level + 1, roots);
      tiles /= HASHES_PER_TILE;
    }
    return tree;
  }

  /** How many entries there are. */
  static long size(StoreView store) {
    byte @Nullable [] last = store.lastKey(Table.AUDIT_ENTRIES);
    return last == null ? 0 : BigEndian.getLong(last, 0) + 1;
  }

  static byte[] tileKey(int level, long number) {
    byte[] key = new byte[9];
    key[0] = (byte) level;
    BigEndian.putLong(key, 1, number);
    return key;
  }

  static byte[] whole(byte[] tile) {
    if (tile.length != HASHES_PER_TILE * Hashes.BYTES) {
      throw new VaultException(
          ErrorCode.CORRUPT, "a tile of the audit log is cut; restore the vault from a backup");
    }
    return tile;
  }

  /** What must be there; {@code CORRUPT} if it is not. */
  static byte[] present(byte @Nullable [] value, String what, long number) {
    if (value == null) {
      throw new VaultException(
          ErrorCode.CORRUPT,
          "the audit log lacks " + what + " " + number + "; restore the vault from a backup");
    }
    return value;
  }
}
