package org.strongroom.translog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.strongroom.kernel.Bytes;

/** Held against {@link SlowProofs}, which shares no code with what is tested. */
final class ProofsTest {
  private static final int SMALL = 600;
  private static final int LARGE_FROM = 65_530;
  private static final int LARGE = 65_545;
  private static final List<Bytes> LEAVES = ModelTiles.numbers(LARGE);
  private static final SlowProofs MODEL = new SlowProofs(LEAVES);

  private final ModelTiles tiles = new ModelTiles(LEAVES);
  private final Random random = new Random(6962);

  @Test
  void root_everySizeUpTo600AndAround65536_isTheModels() {
    for (int size = 0; size <= SMALL; size++) {
      assertThat(Proofs.root(size, tiles)).as("size %d", size).isEqualTo(MODEL.root(size));
    }
    for (int size = LARGE_FROM; size <= LARGE; size++) {
      assertThat(Proofs.root(size, tiles)).as("size %d", size).isEqualTo(MODEL.root(size));
    }
  }

  @Test
  void inclusion_everySizeUpTo600_isTheModelsAndVerifiesForBoth() {
    for (int size = 1; size <= SMALL; size++) {
      for (int index : indexes(size)) {
        requireIncluded(index, size);
      }
    }
  }

  @Test
  void inclusion_around65536_isTheModelsAndVerifiesForBoth() {
    for (int size = LARGE_FROM; size <= LARGE; size++) {
      for (int index : indexes(size)) {
        requireIncluded(index, size);
      }
    }
  }

  @Test
  void includes_everyLeafOfEverySizeUpTo600_agreesWithTheModel() {
    for (int size = 1; size <= SMALL; size++) {
      for (int index = 0; index < size; index++) {
        List<Bytes> proof = MODEL.inclusion(index, size);
        Bytes leaf = LEAVES.get(index);
        if (!Proofs.includes(leaf, index, size, proof, MODEL.root(size))) {
          throw new AssertionError(index + " of " + size);
        }
        Bytes other = LEAVES.get((index + 1) % SMALL);
        if (Proofs.includes(other, index, size, proof, MODEL.root(size))) {
          throw new AssertionError("another leaf at " + index + " of " + size);
        }
      }
    }
  }

  @Test
  void consistent_everyPairOfSizesUpTo600_agreesWithTheModel() {
    for (int to = 0; to <= SMALL; to++) {
      for (int from = 0; from <= to; from++) {
        List<Bytes> proof = from == 0 ? List.of() : MODEL.consistency(from, to);
        if (!Proofs.consistent(from, MODEL.root(from), to, MODEL.root(to), proof)) {
          throw new AssertionError(from + " to " + to);
        }
        if (Proofs.consistent(from, MODEL.root(from), to, MODEL.root(to + 1), proof) && from > 0) {
          throw new AssertionError("another root for " + from + " to " + to);
        }
      }
    }
  }

  @Test
  void consistency_sizesUpTo600_isTheModelsAndVerifiesForBoth() {
    for (int to = 1; to <= SMALL; to++) {
      for (int from : indexes(to)) {
        requireConsistent(from, to);
      }
      requireConsistent(to, to);
    }
  }

  @Test
  void consistency_around65536_isTheModelsAndVerifiesForBoth() {
    for (int to = LARGE_FROM; to <= LARGE; to++) {
      for (int from = LARGE_FROM; from <= to; from++) {
        requireConsistent(from, to);
      }
      for (int from : indexes(to)) {
        requireConsistent(from, to);
      }
    }
  }

  @Test
  void includes_tamperedProof_failsForBoth() {
    for (int size : List.of(2, 3, 7, 8, 13, 256, 257, 600, 65_545)) {
      for (int index : List.of(0, 1, size / 2, size - 1)) {
        List<Bytes> proof = MODEL.inclusion(index, size);
        Bytes leaf = LEAVES.get(index);
        Bytes root = MODEL.root(size);
        requireRefused(
            proof,
            changed ->
                Proofs.includes(leaf, index, size, changed, root)
                    || SlowProofs.includes(leaf, index, size, changed, root));
        for (int bit = 0; bit < 256; bit++) {
          assertThat(Proofs.includes(flipped(leaf, bit), index, size, proof, root)).isFalse();
          assertThat(Proofs.includes(leaf, index, size, proof, flipped(root, bit))).isFalse();
        }
        for (long other : List.of(-1, 0, 1, size / 2, size - 1, size, size + 1)) {
          assertThat(other != index && Proofs.includes(leaf, other, size, proof, root)).isFalse();
        }
        assertThat(Proofs.includes(leaf, index, -1, proof, root)).isFalse();
        assertThat(Proofs.includes(leaf, index, 0, proof, root)).isFalse();
        assertThat(Proofs.includes(leaf, Long.MIN_VALUE, size, proof, root)).isFalse();
      }
    }
  }

  /** A root stands for one tree, but the size beside it is signed, not hashed. */
  @Test
  void includes_otherSizeWithItsOwnRoot_failsForBoth() {
    for (int size : List.of(2, 3, 7, 8, 13, 100, 256, 257, 600)) {
      for (int index = 0; index < size; index += 1 + size / 9) {
        List<Bytes> proof = MODEL.inclusion(index, size);
        for (int other = 1; other <= 610; other++) {
          Bytes leaf = LEAVES.get(index);
          Bytes own = MODEL.root(other);
          assertThat(other != size && Proofs.includes(leaf, index, other, proof, own)).isFalse();
          assertThat(Proofs.includes(leaf, index, other, proof, MODEL.root(size)))
              .isEqualTo(SlowProofs.includes(leaf, index, other, proof, MODEL.root(size)));
        }
      }
    }
  }

  @Test
  void consistent_tamperedProof_failsForBoth() {
    for (int to : List.of(2, 3, 7, 8, 13, 256, 257, 600, 65_545)) {
      for (int from : List.of(1, to / 2, to - 1, to)) {
        List<Bytes> proof = MODEL.consistency(from, to);
        Bytes fromRoot = MODEL.root(from);
        Bytes toRoot = MODEL.root(to);
        requireRefused(
            proof,
            changed ->
                Proofs.consistent(from, fromRoot, to, toRoot, changed)
                    || SlowProofs.consistent(from, fromRoot, to, toRoot, changed));
        for (int bit = 0; bit < 256; bit++) {
          assertThat(Proofs.consistent(from, flipped(fromRoot, bit), to, toRoot, proof)).isFalse();
          assertThat(Proofs.consistent(from, fromRoot, to, flipped(toRoot, bit), proof)).isFalse();
        }
        for (int other : List.of(1, to / 2, to - 1, to, to + 1)) {
          if (other != from && other < LARGE) {
            assertThat(Proofs.consistent(other, MODEL.root(other), to, toRoot, proof))
                .as("%d to %d, taken for %d", from, to, other)
                .isFalse();
          }
        }
        assertThat(Proofs.consistent(-1, fromRoot, to, toRoot, proof)).isFalse();
        assertThat(Proofs.consistent(to, toRoot, from, fromRoot, proof)).isEqualTo(from == to);
      }
    }
  }

  @Test
  void consistent_fromNothing_wantsNoProofAndTheEmptyRoot() {
    Bytes empty = MODEL.root(0);
    assertThat(Proofs.consistent(0, empty, 5, MODEL.root(5), List.of())).isTrue();
    assertThat(Proofs.consistent(0, empty, 0, empty, List.of())).isTrue();
    assertThat(Proofs.consistent(0, empty, 0, MODEL.root(1), List.of())).isFalse();
    assertThat(Proofs.consistent(0, MODEL.root(1), 5, MODEL.root(5), List.of())).isFalse();
    assertThat(Proofs.consistent(0, empty, 5, MODEL.root(5), List.of(empty))).isFalse();
    assertThat(Proofs.consistency(0, 5, tiles)).isEmpty();
    assertThat(Proofs.consistency(0, 0, tiles)).isEmpty();
    assertThat(tiles.taken()).isEmpty();
  }

  @Test
  void proofs_anyTree_readAtMostTwoTilesALevelEachOnceAndAsWideAsTheTreeHasThem() {
    for (int size : List.of(1, 255, 256, 257, 600, 65_280, 65_535, 65_536, 65_537, 65_545)) {
      for (int index : indexes(size)) {
        Proofs.inclusion(index, size, tiles);
        requireFewTiles(size, tiles.taken());
        Proofs.consistency(index, size, tiles);
        requireFewTiles(size, tiles.taken());
      }
      Proofs.root(size, tiles);
      requireFewTiles(size, tiles.taken());
    }
  }

  /** A tree that nobody could hold: tiles are made up, so only what is asked for can be told. */
  @Test
  void inclusion_largestTree_readsTilesOfEightLevels() {
    List<TileId> read = new ArrayList<>();
    Tiles made =
        (level, number, width) -> {
          read.add(new TileId(level, number, width));
          return new byte[width * 32];
        };
    List<Bytes> proof = Proofs.inclusion(Long.MAX_VALUE / 3, Long.MAX_VALUE, made);
    assertThat(proof).hasSize(63);
    requireFewTiles(Long.MAX_VALUE, read);
    assertThat(read).extracting(TileId::level).contains(0, 7);
  }

  @Test
  void proofs_impossibleAsked_saysWhy() {
    assertThatThrownBy(() -> Proofs.inclusion(5, 5, tiles))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no entry 5 in a log of 5 entries");
    assertThatThrownBy(() -> Proofs.inclusion(0, 0, tiles))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Proofs.inclusion(-1, 5, tiles))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Proofs.root(-1, tiles)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Proofs.consistency(6, 5, tiles))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a log of 5 entries cannot go on from 6 entries");
    assertThatThrownBy(() -> Proofs.consistency(-1, 5, tiles))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"-1", "-32", "1", "32"})
  void proofs_tileOfAnotherLength_isRefusedByItsPath(int more) {
    Tiles cut = (level, number, width) -> new byte[width * 32 + more];
    assertThatThrownBy(() -> Proofs.inclusion(3, 300, cut))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tile/0/000 has " + (8192 + more) + " bytes, not 8192");
  }

  private void requireIncluded(int index, int size) {
    List<Bytes> proof = Proofs.inclusion(index, size, tiles);
    Bytes root = MODEL.root(size);
    assertThat(proof).as("%d of %d", index, size).isEqualTo(MODEL.inclusion(index, size));
    assertThat(SlowProofs.includes(LEAVES.get(index), index, size, proof, root)).isTrue();
    assertThat(Proofs.includes(LEAVES.get(index), index, size, proof, root)).isTrue();
  }

  private void requireConsistent(int from, int to) {
    List<Bytes> proof = Proofs.consistency(from, to, tiles);
    Bytes older = MODEL.root(from);
    Bytes newer = MODEL.root(to);
    assertThat(proof)
        .as("%d to %d", from, to)
        .isEqualTo(from == 0 ? List.of() : MODEL.consistency(from, to));
    assertThat(SlowProofs.consistent(from, older, to, newer, proof)).isTrue();
    assertThat(Proofs.consistent(from, older, to, newer, proof)).isTrue();
  }

  /** Every change of one bit, hash or place must be refused by both. */
  private static void requireRefused(List<Bytes> proof, Predicate<List<Bytes>> anyTakes) {
    for (int at = 0; at < proof.size(); at++) {
      for (int bit = 0; bit < 256; bit++) {
        List<Bytes> changed = new ArrayList<>(proof);
        changed.set(at, flipped(proof.get(at), bit));
        if (anyTakes.test(changed)) {
          throw new AssertionError("bit " + bit + " of hash " + at);
        }
      }
      List<Bytes> dropped = new ArrayList<>(proof);
      dropped.remove(at);
      assertThat(anyTakes.test(dropped)).as("without hash %d", at).isFalse();
      List<Bytes> twice = new ArrayList<>(proof);
      twice.add(at, proof.get(at));
      assertThat(anyTakes.test(twice)).as("hash %d twice", at).isFalse();
      for (int other = at + 1; other < proof.size(); other++) {
        List<Bytes> swapped = new ArrayList<>(proof);
        Collections.swap(swapped, at, other);
        assertThat(anyTakes.test(swapped)).as("%d for %d", at, other).isFalse();
      }
      List<Bytes> cut = new ArrayList<>(proof);
      cut.set(at, Bytes.owned(new byte[31]));
      assertThat(anyTakes.test(cut)).isFalse();
    }
    for (Bytes extra : List.of(Bytes.owned(new byte[32]), LEAVES.get(0), MODEL.root(2))) {
      List<Bytes> longer = new ArrayList<>(proof);
      longer.add(extra);
      assertThat(anyTakes.test(longer)).as("one more").isFalse();
    }
    assertThat(anyTakes.test(Collections.nCopies(100, LEAVES.get(0)))).isFalse();
  }

  private static void requireFewTiles(long size, List<TileId> read) {
    Set<TileId> once = new HashSet<>(read);
    assertThat(once).hasSameSizeAs(read);
    for (TileId id : read) {
      assertThat(id.width()).isEqualTo(TileId.widthIn(size, id.level(), id.number()));
    }
    for (int level = 0; level < 8; level++) {
      int wanted = level;
      assertThat(read.stream().filter(id -> id.level() == wanted)).hasSizeLessThanOrEqualTo(2);
    }
  }

  /** All of a small tree; of a larger one the edges, those around powers of two, and some more. */
  private Set<Integer> indexes(int size) {
    Set<Integer> out = new TreeSet<>();
    boolean all = size <= 40 || Set.of(255, 256, 257, 512, 513).contains(size);
    for (int i = 0; all && i < size; i++) {
      out.add(i);
    }
    for (int power = 1; power < size; power *= 4) {
      out.add(power);
      out.add(power - 1);
    }
    for (int i = 0; i < 6; i++) {
      out.add(random.nextInt(size));
    }
    out.add(size - 1);
    return out;
  }

  private static Bytes flipped(Bytes hash, int bit) {
    byte[] out = hash.toArray();
    out[bit / 8] ^= (byte) (1 << (bit % 8));
    return Bytes.owned(out);
  }
}
