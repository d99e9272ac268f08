package org.strongroom.translog;

/**
 * Where the tiles of a log come from: a store, files, a server. Whoever reads them checks no more
 * than their length: that they are those of a log follows from a root or a proof that verifies.
 */
public interface Tiles {
  /**
   * The first hashes of a tile.
   *
   * @param level 0 for leaf hashes
   * @param number of the tile in its level
   * @param width hashes wanted, 1 to {@value TileId#FULL}; as many as the tile has in the tree that
   *     is asked about
   * @return {@code width} times 32 bytes
   */
  byte[] read(int level, long number, int width);
}
