package org.strongroom.translog;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.strongroom.kernel.Bytes;

/**
 * Entries in a row, as a log serves them (C2SP tlog-tiles): each led by its length in two bytes,
 * big-endian.
 *
 * @param leaves at most {@value TileId#FULL} of at most {@value #MAX_LEAF_BYTES} bytes
 */
public record EntryBundle(List<Bytes> leaves) {
  /** The longest entry. */
  public static final int MAX_LEAF_BYTES = 0xffff;

  public EntryBundle {
    leaves = List.copyOf(leaves);
    if (leaves.isEmpty() || leaves.size() > TileId.FULL) {
      throw new IllegalArgumentException("a bundle has 1 to 256 entries, not " + leaves.size());
    }
    if (leaves.stream().anyMatch(leaf -> leaf.length() > MAX_LEAF_BYTES)) {
      throw new IllegalArgumentException("an entry has at most " + MAX_LEAF_BYTES + " bytes");
    }
  }

  /**
   * Reads a bundle.
   *
   * @param width how many entries there must be
   * @throws IllegalArgumentException when there are others, or the last is cut
   */
  public static EntryBundle parse(byte[] bytes, int width) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<Bytes> leaves = new ArrayList<>();
    while (in.hasRemaining() && leaves.size() < width) {
      int length = in.remaining() < Short.BYTES ? -1 : in.getShort() & 0xffff;
      if (length < 0 || length > in.remaining()) {
        throw new IllegalArgumentException("the bundle is cut within entry " + leaves.size());
      }
      byte[] leaf = new byte[length];
      in.get(leaf);
      leaves.add(Bytes.owned(leaf));
    }
    if (leaves.size() < width || in.hasRemaining()) {
      throw new IllegalArgumentException("the bundle does not have " + width + " entries");
    }
    return new EntryBundle(leaves);
  }

  /** The bundle as it is served. */
  public byte[] bytes() {
    int length = leaves.stream().mapToInt(leaf -> Short.BYTES + leaf.length()).sum();
    ByteBuffer out = ByteBuffer.allocate(length);
    leaves.forEach(leaf -> out.putShort((short) leaf.length()).put(leaf.unsafeArray()));
    return out.array();
  }
}
