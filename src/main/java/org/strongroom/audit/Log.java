package org.strongroom.audit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.translog.Frontier;
import org.strongroom.translog.Hashes;

/**
 * How the log lies in the store: sealed entries by index, full tiles by level and number, the list
 * of the rows that an entry wrote, and rows that lead from a subject or actor to the entries about
 * it. Unfinished tiles are not stored: they follow from the entries and the tiles below.
 */
final class Log {
  private static final int HASHES_PER_TILE = Frontier.TILE_WIDTH;

  private Log() {}

  /** Adds the rows of the entry at {@code index} to {@code batch}, and appends it to the tree. */
  static void append(Batch batch, Frontier tree, byte[] leaf, List<Id> about, byte[] rows) {
    long index = tree.size();
    batch.put(Table.AUDIT_ENTRIES, BigEndian.ofLong(index), leaf);
    tree.append(
        Hashes.leaf(leaf),
        (level, number, tile) -> batch.put(Table.AUDIT_TILES, tileKey(level, number), tile));
    if (rows.length > 0) {
      batch.put(Table.AUDIT_ROWS, BigEndian.ofLong(index), rows);
    }
    for (Id id : about) {
      batch.put(Table.AUDIT_ABOUT, aboutKey(id, index), new byte[0]);
    }
  }

  /** The rows of {@link Table#AUDIT_ABOUT} that an entry must have; their values are empty. */
  static List<byte[]> about(Entry entry, long index) {
    Set<Id> ids = new LinkedHashSet<>();
    ids.add(entry.by().actor());
    if (entry.about() != null) {
      ids.addAll(entry.about().subjects());
    }
    return ids.stream().map(id -> aboutKey(id, index)).toList();
  }

  /** The entry that a row of {@link Table#AUDIT_ABOUT} leads to; null when it is no such row. */
  static @Nullable Long entryOf(byte[] aboutKey) {
    return aboutKey.length == Id.BYTES + Long.BYTES ? BigEndian.getLong(aboutKey, Id.BYTES) : null;
  }

  private static byte[] aboutKey(Id id, long index) {
    byte[] key = new byte[Id.BYTES + Long.BYTES];
    id.write(key, 0);
    BigEndian.putLong(key, Id.BYTES, index);
    return key;
  }

  /**
   * The tree as the store has it: reads at most 255 entries and 255 tiles a level, however long the
   * log.
   *
   * @throws VaultException {@code CORRUPT} when an entry or tile is missing
   */
  static Frontier recover(Store store) {
    byte @Nullable [] last = store.lastKey(Table.AUDIT_ENTRIES);
    long size = last == null ? 0 : BigEndian.getLong(last, 0) + 1;
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

  static byte[] tileKey(int level, long number) {
    byte[] key = new byte[9];
    key[0] = (byte) level;
    BigEndian.putLong(key, 1, number);
    return key;
  }

  private static byte[] whole(byte[] tile) {
    if (tile.length != HASHES_PER_TILE * Hashes.BYTES) {
      throw new VaultException(
          ErrorCode.CORRUPT, "a tile of the audit log is cut; restore the vault from a backup");
    }
    return tile;
  }

  private static byte[] present(byte @Nullable [] value, String what, long number) {
    if (value == null) {
      throw new VaultException(
          ErrorCode.CORRUPT,
          "the audit log lacks " + what + " " + number + "; restore the vault from a backup");
    }
    return value;
  }
}
