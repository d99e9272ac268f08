package org.strongroom.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.translog.EntryBundle;
import org.strongroom.translog.Frontier;
import org.strongroom.translog.Hashes;
import org.strongroom.translog.Tiles;

/**
 * The log as tiles and entry bundles (C2SP tlog-tiles), out of the store. Full tiles are kept;
 * unfinished ones follow from the entries and the tiles below, and are remembered while they grow.
 * Thread-safe. Knows no checkpoint: what may be shown is the caller's to say.
 */
public final class LogTiles implements Tiles {
  private static final int WIDTH = Frontier.TILE_WIDTH;

  private final Store store;

  /** The unfinished tile of each level, as far as it was asked for. */
  private final List<Edge> edges = new ArrayList<>();

  public LogTiles(Store store) {
    this.store = store;
  }

  /** The tile of a level that is growing. */
  private static final class Edge {
    private final byte[] hashes = new byte[WIDTH * Hashes.BYTES];
    private long number = -1;
    private int count;
  }

  /**
   * {@inheritDoc}
   *
   * @throws VaultException {@code NOT_FOUND} when the log has not grown that far; {@code CORRUPT}
   *     when a row is missing that it must have
   */
  @Override
  public byte[] read(int level, long number, int width) {
    byte @Nullable [] full = store.get(Table.AUDIT_TILES, Log.tileKey(level, number));
    if (full != null) {
      return Arrays.copyOf(Log.whole(full), width * Hashes.BYTES);
    }
    if (width == WIDTH) {
      throw new VaultException(ErrorCode.NOT_FOUND, "the log has no such tile yet");
    }
    return unfinished(level, number, width);
  }

  /**
   * The bundle of the leaves from {@code number * 256} on.
   *
   * @throws VaultException {@code NOT_FOUND} when the log has not grown that far
   */
  public byte[] bundle(long number, int width) {
    return new EntryBundle(leaves(number * WIDTH, width).stream().map(Bytes::owned).toList())
        .bytes();
  }

  /**
   * One leaf: a sealed entry.
   *
   * @throws VaultException {@code NOT_FOUND} when the log has no such entry
   */
  public byte[] leaf(long index) {
    return leaves(index, 1).get(0);
  }

  private synchronized byte[] unfinished(int level, long number, int width) {
    while (edges.size() <= level) {
      edges.add(new Edge());
    }
    Edge edge = edges.get(level);
    if (edge.number != number) {
      edge.number = number;
      edge.count = 0;
    }
    if (edge.count < width) {
      long from = number * WIDTH + edge.count;
      for (byte[] hash : hashes(level, from, width - edge.count)) {
        System.arraycopy(hash, 0, edge.hashes, edge.count++ * Hashes.BYTES, Hashes.BYTES);
      }
    }
    return Arrays.copyOf(edge.hashes, width * Hashes.BYTES);
  }

  /** Hashes of a level, counted from its beginning. */
  private List<byte[]> hashes(int level, long from, int count) {
    List<byte[]> out = new ArrayList<>(count);
    if (level == 0) {
      leaves(from, count).forEach(leaf -> out.add(Hashes.leaf(leaf)));
      return out;
    }
    for (long n = from; n < from + count; n++) {
      out.add(Frontier.tileRoot(read(level - 1, n, WIDTH)));
    }
    return out;
  }

  private List<byte[]> leaves(long from, int count) {
    List<byte[]> keys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      keys.add(BigEndian.ofLong(from + i));
    }
    List<byte[]> out = new ArrayList<>(count);
    for (byte @Nullable [] leaf : store.getAll(Table.AUDIT_ENTRIES, keys)) {
      if (leaf == null) {
        throw new VaultException(ErrorCode.NOT_FOUND, "the log has no such entry yet");
      }
      out.add(leaf);
    }
    return out;
  }
}
