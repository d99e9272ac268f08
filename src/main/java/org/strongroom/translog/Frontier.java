package org.strongroom.translog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Bytes;

/**
 * The right edge of a growing Merkle tree (RFC 6962) in tiles of height 8 (C2SP tlog-tiles): the
 * unfinished tile of every level, at most 255 hashes each. Enough to append and to know the root;
 * memory grows with the logarithm of the log. For one thread.
 */
public final class Frontier {
  /** Hashes in a full tile. */
  public static final int TILE_WIDTH = 256;

  /** Where a finished tile goes: {@value #TILE_WIDTH} hashes, one after another. */
  public interface Tiles {
    void full(int level, long number, byte[] tile);
  }

  private final List<Level> levels = new ArrayList<>();
  private long size;

  /** Leaves so far. */
  public long size() {
    return size;
  }

  /** Appends a leaf hash; hands every tile that this finishes to {@code tiles}, lowest first. */
  public void append(byte[] leafHash, Tiles tiles) {
    byte[] hash = leafHash;
    long number = size++ / TILE_WIDTH;
    for (int level = 0; ; level++) {
      if (level == levels.size()) {
        levels.add(new Level());
      }
      Level edge = levels.get(level);
      edge.add(hash);
      if (edge.count < TILE_WIDTH) {
        return;
      }
      tiles.full(level, number, edge.hashes.clone());
      hash = tileRoot(edge.hashes);
      edge.count = 0;
      number /= TILE_WIDTH;
    }
  }

  /**
   * Puts the hashes of an unfinished tile in place, lowest level first, to resume a log.
   *
   * @param hashes of level {@code level}; fewer than {@value #TILE_WIDTH}
   */
  public void resume(int level, List<byte[]> hashes) {
    while (levels.size() <= level) {
      levels.add(new Level());
    }
    Level edge = levels.get(level);
    long leaves = 1L << (8 * level);
    for (byte[] hash : hashes) {
      edge.add(hash);
      size += leaves;
    }
  }

  /** The hashes of the unfinished tile of {@code level}: {@code width * 32} bytes, perhaps none. */
  public byte[] partial(int level) {
    if (level >= levels.size()) {
      return new byte[0];
    }
    Level edge = levels.get(level);
    return Arrays.copyOf(edge.hashes, edge.count * Hashes.BYTES);
  }

  /** The root over all leaves so far. */
  public Bytes root() {
    byte @Nullable [] right = null;
    for (Level edge : levels) {
      right = edge.joinedWith(right);
    }
    return Bytes.owned(right == null ? Hashes.empty() : right);
  }

  /** The root of a full tile. */
  public static byte[] tileRoot(byte[] tile) {
    byte[] hashes = tile.clone();
    for (int width = TILE_WIDTH; width > 1; width /= 2) {
      for (int i = 0; i < width; i += 2) {
        Hashes.node(hashes, i * Hashes.BYTES, hashes, i / 2 * Hashes.BYTES);
      }
    }
    return Arrays.copyOf(hashes, Hashes.BYTES);
  }

  private static final class Level {
    private final byte[] hashes = new byte[TILE_WIDTH * Hashes.BYTES];
    private int count;

    void add(byte[] hash) {
      System.arraycopy(hash, 0, hashes, count++ * Hashes.BYTES, Hashes.BYTES);
    }

    /**
     * The root over this level's hashes and, right of them, a smaller subtree: perfect subtrees by
     * the binary digits of the count, joined from the right.
     */
    byte @Nullable [] joinedWith(byte @Nullable [] right) {
      byte @Nullable [] joined = right;
      int end = count;
      while (end > 0) {
        int width = Integer.lowestOneBit(end);
        byte[] subtree = perfect(end - width, width);
        joined = joined == null ? subtree : Hashes.node(subtree, joined);
        end -= width;
      }
      return joined;
    }

    private byte[] perfect(int from, int width) {
      byte[] work = Arrays.copyOfRange(hashes, from * Hashes.BYTES, (from + width) * Hashes.BYTES);
      for (int left = width; left > 1; left /= 2) {
        for (int i = 0; i < left; i += 2) {
          Hashes.node(work, i * Hashes.BYTES, work, i / 2 * Hashes.BYTES);
        }
      }
      return Arrays.copyOf(work, Hashes.BYTES);
    }
  }
}
