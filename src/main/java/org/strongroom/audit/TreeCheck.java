package org.strongroom.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.Frontier;
import org.strongroom.translog.Hashes;

/**
 * Holds the tiles of the log against its entries, and both against what was signed. Grows two trees
 * side by side, one of the entries and one of the hashes in the tiles: where they differ, the one
 * whose root was signed is right. Memory does not grow with the log. For one thread, and one walk.
 */
final class TreeCheck {
  private static final int WIDTH = Frontier.TILE_WIDTH;
  private static final int TILE_BYTES = WIDTH * Hashes.BYTES;

  /** Beyond so many, entries and tiles that differ are no longer looked at side by side. */
  private static final int MAX_PENDING = 10_000;

  private final StoreView store;
  private final Consumer<Fault> faults;
  private final @Nullable Checkpoint own;
  private final Deque<Signed> signed = new ArrayDeque<>();
  private final Frontier ofEntries = new Frontier();
  private final Frontier ofTiles = new Frontier();
  private final List<Pending> pending = new ArrayList<>();

  /** Leaf hashes of the unfinished tile, by entries. */
  private final List<byte[]> edge = new ArrayList<>();

  /** The stored tile over the entries that come now; null where there is none that reads. */
  private byte @Nullable [] tile;

  /** Whether every leaf hash so far is known from an entry or a tile. */
  private boolean whole = true;

  private boolean entriesSigned;
  private boolean tilesSigned;

  /** A checkpoint to come, the vault's own or a saved one. */
  private record Signed(Checkpoint checkpoint, boolean own) {}

  /** An entry whose hash is not the one in its tile. */
  private record Pending(long index, boolean opens, Bytes hash, @Nullable Bytes inTile) {}

  /**
   * @param own the newest checkpoint of the vault; null when none is known to be its
   * @param saved older ones that were kept elsewhere
   */
  TreeCheck(
      StoreView store, @Nullable Checkpoint own, List<Checkpoint> saved, Consumer<Fault> faults) {
    this.store = store;
    this.own = own;
    this.faults = faults;
    List<Signed> all = new ArrayList<>();
    saved.forEach(each -> all.add(new Signed(each, false)));
    if (own != null) {
      all.add(new Signed(own, true));
    }
    all.sort(Comparator.comparingLong(each -> each.checkpoint().size()));
    signed.addAll(all);
    reached();
  }

  long size() {
    return ofEntries.size();
  }

  private long signedSize() {
    return own == null ? 0 : own.size();
  }

  /**
   * Takes the next entry.
   *
   * @param leaf null when it is missing
   * @param opens whether it is an entry of this log; true where that cannot be told
   */
  void next(byte @Nullable [] leaf, boolean opens) {
    long index = size();
    int at = (int) (index % WIDTH);
    if (at == 0) {
      tile = whole(store.get(Table.AUDIT_TILES, Log.tileKey(0, index / WIDTH)));
      edge.clear();
    }
    byte @Nullable [] inTile =
        tile == null ? null : Arrays.copyOfRange(tile, at * Hashes.BYTES, (at + 1) * Hashes.BYTES);
    byte @Nullable [] hash = leaf == null ? null : Hashes.leaf(leaf);
    if (hash != null && (inTile == null ? !opens : !Arrays.equals(hash, inTile))) {
      differs(
          new Pending(
              index, opens, Bytes.owned(hash), inTile == null ? null : Bytes.owned(inTile)));
    }
    // An entry that does not open in an unfinished tile: its hash is known to nobody.
    whole &= inTile != null || (hash != null && opens);
    byte[] byEntry = hash != null ? hash : inTile != null ? inTile : new byte[Hashes.BYTES];
    byte[] byTile = inTile != null ? inTile : byEntry;
    edge.add(byEntry);
    append(byEntry, byTile);
    reached();
  }

  private void append(byte[] byEntry, byte[] byTile) {
    Map<Integer, byte[]> upper = new HashMap<>();
    ofEntries.append(byEntry, (level, number, full) -> upper.put(level, full));
    ofTiles.append(
        byTile,
        (level, number, full) -> {
          byte @Nullable [] stored = store.get(Table.AUDIT_TILES, Log.tileKey(level, number));
          if (stored == null) {
            tileFault(Fault.Code.MISSING, level, number, "it is not there");
          } else if (stored.length != TILE_BYTES) {
            tileFault(Fault.Code.ALTERED, level, number, "it has not the length of a tile");
          } else if (level > 0
              && whole
              && !Arrays.equals(stored, full)
              && !Arrays.equals(stored, upper.get(level))) {
            tileFault(Fault.Code.ALTERED, level, number, "it is not over the tiles below");
          }
        });
  }

  private static byte @Nullable [] whole(byte @Nullable [] stored) {
    return stored != null && stored.length == TILE_BYTES ? stored : null;
  }

  private void differs(Pending each) {
    if (pending.size() < MAX_PENDING) {
      pending.add(each);
    } else {
      entryFault(each, Map.of());
    }
  }

  /** Holds the trees against the checkpoints of this size. */
  private void reached() {
    while (!signed.isEmpty() && signed.peek().checkpoint().size() == size()) {
      Signed next = signed.remove();
      Checkpoint checkpoint = next.checkpoint();
      if (!whole) {
        continue;
      }
      boolean byEntries = ofEntries.root().equals(checkpoint.root());
      boolean byTiles = ofTiles.root().equals(checkpoint.root());
      if (next.own()) {
        entriesSigned = byEntries;
        tilesSigned = byTiles;
        if (!byEntries && !byTiles) {
          findInEdge(checkpoint);
        }
      } else if (!byEntries && !byTiles) {
        faults.accept(
            fault(
                Fault.Code.FORKED,
                checkpoint.size() - 1,
                "the first " + checkpoint.size() + " entries are not those that were signed"));
      }
    }
  }

  /** Of the entries in no full tile, that are genuine and yet not those signed: which? */
  private void findInEdge(Checkpoint checkpoint) {
    long first = size() - edge.size();
    for (int i = 0; i < edge.size(); i++) {
      for (int j = i + 1; j < edge.size(); j++) {
        if (Arrays.equals(edge.get(i), edge.get(j))) {
          faults.accept(
              fault(
                  Fault.Code.SWAPPED,
                  first + j,
                  "this and entry " + (first + i) + " are one entry, twice"));
          return;
        }
      }
    }
    for (int i = 0; i < edge.size(); i++) {
      for (int j = i + 1; j < edge.size(); j++) {
        if (rootWithSwapped(i, j).equals(checkpoint.root())) {
          faults.accept(fault(Fault.Code.SWAPPED, first + i, "swapped with " + (first + j)));
          faults.accept(fault(Fault.Code.SWAPPED, first + j, "swapped with " + (first + i)));
          return;
        }
      }
    }
    faults.accept(
        fault(
            Fault.Code.ALTERED,
            first,
            "the entries from here to " + (size() - 1) + " are not those that were signed"));
  }

  private Bytes rootWithSwapped(int i, int j) {
    List<byte[]> hashes = new ArrayList<>(edge);
    hashes.set(i, edge.get(j));
    hashes.set(j, edge.get(i));
    Frontier tree = new Frontier();
    tree.resume(0, hashes);
    for (int level = 1; level < 8; level++) {
      byte[] above = ofTiles.partial(level);
      List<byte[]> roots = new ArrayList<>();
      for (int at = 0; at < above.length; at += Hashes.BYTES) {
        roots.add(Arrays.copyOfRange(above, at, at + Hashes.BYTES));
      }
      tree.resume(level, roots);
    }
    return tree.root();
  }

  /** After the last entry: says what is wrong with entries and tiles that differ. */
  void end() {
    Map<Bytes, Long> places = new HashMap<>();
    for (Pending each : pending) {
      if (each.inTile() != null) {
        places.put(each.inTile(), each.index());
      }
    }
    TreeSet<Long> tiles = new TreeSet<>();
    for (Pending each : pending) {
      boolean tileIsWrong = each.opens() && (entriesSigned || !tilesSigned);
      if (tileIsWrong && each.inTile() != null) {
        tiles.add(each.index() / WIDTH);
      } else {
        entryFault(each, places);
      }
    }
    for (long number : tiles) {
      tileFault(Fault.Code.ALTERED, 0, number, "it holds other hashes than those of its entries");
    }
    for (Signed beyond : signed) {
      if (!beyond.own()) {
        faults.accept(
            fault(
                Fault.Code.ROLLED_BACK,
                size(),
                "the log has "
                    + size()
                    + " entries, a checkpoint that it signed "
                    + beyond.checkpoint().size()));
      }
    }
    inserted();
  }

  private void entryFault(Pending each, Map<Bytes, Long> places) {
    @Nullable Long place = places.get(each.hash());
    if (place != null) {
      faults.accept(fault(Fault.Code.SWAPPED, each.index(), "it is entry " + place));
    } else if (each.inTile() == null && each.index() >= signedSize()) {
      faults.accept(fault(Fault.Code.INSERTED, each.index(), "it is no entry of this log"));
    } else {
      faults.accept(
          fault(
              Fault.Code.ALTERED,
              each.index(),
              each.opens() ? "it is another entry than was signed" : "it does not open"));
    }
  }

  /** Tiles that a log of this size does not have. */
  private void inserted() {
    long size = Math.max(size(), signedSize());
    try (Store.Cursor cursor = store.scan(Table.AUDIT_TILES, new byte[0])) {
      while (cursor.next()) {
        byte[] key = cursor.key();
        int level = key.length == 9 ? key[0] : -1;
        long number = key.length == 9 ? BigEndian.getLong(key, 1) : -1;
        int bits = 8 * (level + 1);
        if (level < 0 || bits > 56 || number < 0 || number >= size >> bits) {
          faults.accept(
              new Fault(
                  Fault.Code.INSERTED,
                  Table.AUDIT_TILES,
                  null,
                  null,
                  level < 0 ? Bytes.owned(key).hex() : level + "/" + number,
                  "the log has no such tile"));
        }
      }
    }
  }

  private void tileFault(Fault.Code code, int level, long number, String detail) {
    faults.accept(
        new Fault(
            code,
            Table.AUDIT_TILES,
            null,
            number << (8 * (level + 1)),
            level + "/" + number,
            detail));
  }

  private static Fault fault(Fault.Code code, long entry, String detail) {
    return new Fault(code, Table.AUDIT_ENTRIES, null, entry, Long.toString(entry), detail);
  }
}
