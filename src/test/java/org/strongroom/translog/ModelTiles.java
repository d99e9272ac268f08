package org.strongroom.translog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;

/** The model's tiles over leaves that are the numbers from 0; keeps a list of what was read. */
public final class ModelTiles implements Tiles {
  private final List<byte[]> levels = new ArrayList<>();
  private final List<TileId> read = new ArrayList<>();

  public ModelTiles(List<Bytes> leafHashes) {
    for (int level = 0; level < 3; level++) {
      List<Bytes> hashes = SlowTree.level(leafHashes, level);
      byte[] joined = new byte[hashes.size() * 32];
      for (int i = 0; i < hashes.size(); i++) {
        System.arraycopy(hashes.get(i).unsafeArray(), 0, joined, i * 32, 32);
      }
      levels.add(joined);
    }
  }

  /** The hashes of leaves that are the numbers from 0, each in eight bytes. */
  public static List<Bytes> numbers(int size) {
    Bytes[] out = new Bytes[size];
    Arrays.setAll(out, i -> SlowTree.leaf(BigEndian.ofLong(i)));
    return List.of(out);
  }

  @Override
  public byte[] read(int level, long number, int width) {
    read.add(new TileId(level, number, width));
    int from = Math.toIntExact(number * 256 * 32);
    return Arrays.copyOfRange(levels.get(level), from, from + width * 32);
  }

  /** What was read since this was asked last. */
  List<TileId> taken() {
    List<TileId> out = List.copyOf(read);
    read.clear();
    return out;
  }
}
