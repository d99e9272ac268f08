package org.strongroom.translog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;

final class FrontierTest {
  private static final int LARGEST = 66_100;

  /** Leaf hashes by index, from the model; hashing them once keeps the test quick. */
  private static final List<Bytes> LEAVES = leaves();

  @Test
  void root_everySizeUpTo600_isTheModels() {
    Frontier tree = new Frontier();
    for (int size = 0; size <= 600; size++) {
      assertThat(tree.size()).isEqualTo(size);
      assertThat(tree.root()).as("size %d", size).isEqualTo(SlowTree.root(LEAVES.subList(0, size)));
      tree.append(LEAVES.get(size).toArray(), (level, number, tile) -> {});
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        767, 768, 769, 4095, 4097, 65_279, 65_280, 65_281, 65_534, 65_535, 65_536, 65_537, 65_791,
        65_792, 65_793, 66_048, LARGEST
      })
  void root_aroundTheEdgesOfTiles_isTheModels(int size) {
    Frontier tree = new Frontier();
    for (Bytes leaf : LEAVES.subList(0, size)) {
      tree.append(leaf.toArray(), (level, number, tile) -> {});
    }
    assertThat(tree.root()).isEqualTo(SlowTree.root(LEAVES.subList(0, size)));
  }

  @Test
  void append_overTwoLevels_handsOutTheModelsTilesOnceEach() {
    Map<String, byte[]> tiles = new TreeMap<>();
    List<String> order = new ArrayList<>();
    Frontier tree = new Frontier();
    for (Bytes leaf : LEAVES) {
      tree.append(
          leaf.toArray(),
          (level, number, tile) -> {
            order.add(level + "/" + number);
            assertThat(tiles.put(level + "/" + number, tile)).isNull();
          });
    }
    int expected = 0;
    for (int level = 0; level < 3; level++) {
      List<Bytes> hashes = SlowTree.level(LEAVES, level);
      int full = hashes.size() / 256;
      for (int number = 0; number < full; number++) {
        assertThat(tiles.get(level + "/" + number))
            .isEqualTo(joined(hashes.subList(number * 256, number * 256 + 256)));
        expected++;
      }
      assertThat(tree.partial(level)).isEqualTo(joined(hashes.subList(full * 256, hashes.size())));
    }
    assertThat(tiles).hasSize(expected).containsKey("1/0").doesNotContainKey("2/0");
    assertThat(order.indexOf("1/0")).isEqualTo(order.indexOf("0/255") + 1);
    assertThat(tree.partial(3)).isEmpty();
  }

  @Test
  void tileRoot_fullTile_isTheModelsRoot() {
    List<Bytes> hashes = LEAVES.subList(256, 512);
    byte[] tile = joined(hashes);
    byte[] before = tile.clone();
    assertThat(Frontier.tileRoot(tile)).isEqualTo(SlowTree.root(hashes).toArray());
    assertThat(tile).isEqualTo(before);
  }

  @Test
  void resume_everySizeUpTo1100_goesOnAsIfItHadNeverStopped() {
    Frontier continuous = new Frontier();
    for (int size = 0; size <= 1100; size++) {
      Frontier resumed = resumed(size);
      assertThat(resumed.size()).isEqualTo(size);
      assertThat(resumed.root()).as("size %d", size).isEqualTo(continuous.root());
      for (int more = 0; more < 3; more++) {
        resumed.append(LEAVES.get(size + more).toArray(), (level, number, tile) -> {});
      }
      assertThat(resumed.root()).isEqualTo(SlowTree.root(LEAVES.subList(0, size + 3)));
      continuous.append(LEAVES.get(size).toArray(), (level, number, tile) -> {});
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {65_279, 65_280, 65_535, 65_536, 65_537, 65_791, 65_792, 65_793})
  void resume_aroundTheEdgesOfTiles_handsOutTheSameTiles(int size) {
    Frontier resumed = resumed(size);
    assertThat(resumed.root()).isEqualTo(SlowTree.root(LEAVES.subList(0, size)));
    List<String> tiles = new ArrayList<>();
    for (Bytes leaf : LEAVES.subList(size, LARGEST)) {
      resumed.append(
          leaf.toArray(),
          (level, number, tile) -> {
            tiles.add(level + "/" + number);
            List<Bytes> hashes = SlowTree.level(LEAVES, level);
            int from = Math.toIntExact(number * 256);
            assertThat(tile).isEqualTo(joined(hashes.subList(from, from + 256)));
          });
    }
    List<String> expected = new ArrayList<>();
    for (int number = size / 256; number < LARGEST / 256; number++) {
      expected.add("0/" + number);
      if (number == 255) {
        expected.add("1/0");
      }
    }
    assertThat(tiles).isEqualTo(expected);
    assertThat(resumed.root()).isEqualTo(SlowTree.root(LEAVES));
  }

  /** Put together as a log does that finds its entries and full tiles on disk. */
  private static Frontier resumed(int size) {
    Frontier tree = new Frontier();
    for (int level = 0; level < 3; level++) {
      List<Bytes> hashes = SlowTree.level(LEAVES.subList(0, size), level);
      List<Bytes> partial = hashes.subList(hashes.size() / 256 * 256, hashes.size());
      tree.resume(level, partial.stream().map(Bytes::toArray).toList());
    }
    return tree;
  }

  private static byte[] joined(List<Bytes> hashes) {
    byte[] out = new byte[hashes.size() * 32];
    for (int i = 0; i < hashes.size(); i++) {
      System.arraycopy(hashes.get(i).toArray(), 0, out, i * 32, 32);
    }
    return out;
  }

  private static List<Bytes> leaves() {
    Bytes[] out = new Bytes[LARGEST];
    Arrays.setAll(out, i -> SlowTree.leaf(BigEndian.ofLong(i)));
    return List.of(out);
  }
}
