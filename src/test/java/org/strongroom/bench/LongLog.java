package org.strongroom.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rocksdb.EnvOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.store.rocksdb.RocksStore;
import org.strongroom.translog.Frontier;
import org.strongroom.translog.Hashes;

/**
 * Makes the log of a closed vault long, to measure what depends on its length: appends leaves that
 * look like sealed entries (nothing opens them) and the tiles over them, by sorted runs.
 *
 * <p>Arguments: the vault's folder, how many entries the log is to have.
 */
public final class LongLog {
  /** A short sealed entry; real ones have some 250 bytes, and a hundred million of those 25 GB. */
  private static final int LEAF_BYTES = 64;

  private static final long RUN = 10_000_000;

  private final Path folder;
  private final Map<Bytes, byte[]> upper = new TreeMap<>(Comparator.comparing(Bytes::hex));
  private final Frontier tree;

  private LongLog(Path folder, Frontier tree) {
    this.folder = folder;
    this.tree = tree;
  }

  public static void main(String[] arguments) throws Exception {
    Path store = Path.of(arguments[0]).resolve("store");
    Frontier tree = new Frontier();
    try (Store open = RocksStore.open(store);
        Store.Cursor entries = open.scan(Table.AUDIT_ENTRIES, new byte[0])) {
      while (entries.next()) {
        tree.append(
            Hashes.leaf(entries.value()),
            (level, number, tile) -> {
              throw new IllegalStateException("begin with a vault of fewer than 256 entries");
            });
      }
    }
    Path runs = Files.createTempDirectory(Path.of(arguments[0]), "runs");
    new LongLog(runs, tree).grow(store, Long.parseLong(arguments[1]));
    Files.delete(runs);
  }

  private void grow(Path store, long size) throws RocksDBException {
    String tiles = folder.resolve("tiles.sst").toString();
    try (RocksDB db = RocksDB.open(store.toString());
        IngestExternalFileOptions move = new IngestExternalFileOptions().setMoveFiles(true);
        Options options = new Options();
        EnvOptions environment = new EnvOptions();
        SstFileWriter lowest = new SstFileWriter(environment, options)) {
      lowest.open(tiles);
      while (tree.size() < size) {
        db.ingestExternalFile(List.of(run(lowest, Math.min(size, tree.size() + RUN))), move);
        System.err.println(tree.size() + " entries");
      }
      for (Map.Entry<Bytes, byte[]> tile : upper.entrySet()) {
        lowest.put(tile.getKey().toArray(), tile.getValue());
      }
      lowest.finish();
      db.ingestExternalFile(List.of(tiles), move);
    }
  }

  private String run(SstFileWriter lowest, long to) throws RocksDBException {
    String file = folder.resolve("entries.sst").toString();
    try (Options options = new Options();
        EnvOptions environment = new EnvOptions();
        SstFileWriter out = new SstFileWriter(environment, options)) {
      out.open(file);
      byte[] leaf = new byte[LEAF_BYTES];
      while (tree.size() < to) {
        Arrays.fill(leaf, (byte) tree.size());
        BigEndian.putLong(leaf, 0, tree.size());
        out.put(key(Table.AUDIT_ENTRIES, BigEndian.ofLong(tree.size())), leaf);
        tree.append(Hashes.leaf(leaf), (level, n, tile) -> put(lowest, level, n, tile));
      }
      out.finish();
    }
    return file;
  }

  /** Tiles of the lowest level come in the order of their keys; the few above are put last. */
  private void put(SstFileWriter lowest, int level, long number, byte[] tile) {
    byte[] key = new byte[9];
    key[0] = (byte) level;
    BigEndian.putLong(key, 1, number);
    byte[] row = key(Table.AUDIT_TILES, key);
    if (level > 0) {
      upper.put(Bytes.owned(row), tile);
      return;
    }
    try {
      lowest.put(row, tile);
    } catch (RocksDBException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] key(Table table, byte[] key) {
    byte[] out = new byte[key.length + 1];
    out[0] = table.id();
    System.arraycopy(key, 0, out, 1, key.length);
    return out;
  }
}
