package org.strongroom.translog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.strongroom.kernel.Bytes;

/**
 * Proofs of RFC 6962, section 2.1, made from tiles and checked as RFC 9162, sections 2.1.3.2 and
 * 2.1.4.2, tells. Making one reads at most two tiles a level, each as wide as the tree has it.
 */
public final class Proofs {
  /** The most hashes that a proof can have, since a tree has fewer than 2^63 leaves. */
  public static final int MAX_HASHES = 63;

  private static final int TILE_HEIGHT = 8;

  private Proofs() {}

  /**
   * The root of the tree of the first {@code size} leaves.
   *
   * @throws IllegalArgumentException when a tile has not the length asked for
   */
  public static Bytes root(long size, Tiles tiles) {
    requireSize(size);
    return size == 0 ? Bytes.owned(Hashes.empty()) : hash(new Tree(size, tiles).range(0, size));
  }

  /**
   * That a leaf is in a tree: from the leaf's sibling to the root's child.
   *
   * @throws IllegalArgumentException when the tree has no such leaf, or a tile has not the length
   *     asked for
   */
  public static List<Bytes> inclusion(long index, long size, Tiles tiles) {
    requireSize(size);
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException(
          "there is no entry " + index + " in a log of " + size + " entries");
    }
    List<Bytes> out = new ArrayList<>();
    new Tree(size, tiles).path(index, 0, size, out);
    return out;
  }

  /**
   * That the tree of the first {@code to} leaves begins with the tree of the first {@code from}.
   * Empty when {@code from} is 0 or the two are the same.
   *
   * @throws IllegalArgumentException when the first tree is the larger, or a tile has not the
   *     length asked for
   */
  public static List<Bytes> consistency(long from, long to, Tiles tiles) {
    requireSize(from);
    if (from > to) {
      throw new IllegalArgumentException(
          "a log of " + to + " entries cannot go on from " + from + " entries");
    }
    List<Bytes> out = new ArrayList<>();
    if (from > 0) {
      new Tree(to, tiles).extension(from, 0, to, true, out);
    }
    return out;
  }

  /** Whether {@code proof} shows that the leaf is at {@code index} of a tree with that root. */
  public static boolean includes(
      Bytes leafHash, long index, long size, List<Bytes> proof, Bytes root) {
    if (index < 0 || index >= size || !areHashes(proof) || leafHash.length() != Hashes.BYTES) {
      return false;
    }
    long at = index;
    long last = size - 1;
    byte[] hash = leafHash.unsafeArray();
    for (Bytes step : proof) {
      if (last == 0) {
        return false;
      }
      if ((at & 1) == 1 || at == last) {
        hash = Hashes.node(step.unsafeArray(), hash);
        while ((at & 1) == 0 && at != 0) {
          at >>= 1;
          last >>= 1;
        }
      } else {
        hash = Hashes.node(hash, step.unsafeArray());
      }
      at >>= 1;
      last >>= 1;
    }
    return last == 0 && hash(hash).equals(root);
  }

  /**
   * Whether {@code proof} shows that the tree of {@code to} leaves begins with that of {@code from}
   * leaves. For {@code from} 0 or the same size there is nothing to show, so the proof must be
   * empty.
   */
  public static boolean consistent(
      long from, Bytes fromRoot, long to, Bytes toRoot, List<Bytes> proof) {
    if (from < 0 || from > to || !areHashes(proof) || !areHashes(List.of(fromRoot, toRoot))) {
      return false;
    }
    if (from == to || from == 0) {
      return proof.isEmpty()
          && (from < to || fromRoot.equals(toRoot))
          && (from > 0 || fromRoot.equals(Bytes.owned(Hashes.empty())));
    }
    return joins(from, fromRoot, to, toRoot, proof);
  }

  /** RFC 9162, section 2.1.4.2, for {@code 0 < from < to}. */
  private static boolean joins(
      long from, Bytes fromRoot, long to, Bytes toRoot, List<Bytes> proof) {
    List<Bytes> steps = new ArrayList<>(proof);
    if (Long.bitCount(from) == 1) {
      steps.add(0, fromRoot);
    }
    if (steps.isEmpty()) {
      return false;
    }
    int trailing = Long.numberOfTrailingZeros(~(from - 1));
    long at = (from - 1) >> trailing;
    long last = (to - 1) >> trailing;
    byte[] older = steps.get(0).unsafeArray();
    byte[] newer = older;
    for (Bytes step : steps.subList(1, steps.size())) {
      if (last == 0) {
        return false;
      }
      if ((at & 1) == 1 || at == last) {
        older = Hashes.node(step.unsafeArray(), older);
        newer = Hashes.node(step.unsafeArray(), newer);
        while ((at & 1) == 0 && at != 0) {
          at >>= 1;
          last >>= 1;
        }
      } else {
        newer = Hashes.node(newer, step.unsafeArray());
      }
      at >>= 1;
      last >>= 1;
    }
    return last == 0 && hash(older).equals(fromRoot) && hash(newer).equals(toRoot);
  }

  private static boolean areHashes(List<Bytes> proof) {
    return proof.size() <= MAX_HASHES
        && proof.stream().allMatch(hash -> hash.length() == Hashes.BYTES);
  }

  private static void requireSize(long size) {
    if (size < 0) {
      throw new IllegalArgumentException("a log has no negative size");
    }
  }

  private static Bytes hash(byte[] hash) {
    return Bytes.owned(hash);
  }

  /** A tree of a size over tiles, each read once. For one thread. */
  private static final class Tree {
    private final long size;
    private final Tiles tiles;
    private final Map<TileId, byte[]> seen = new HashMap<>();

    Tree(long size, Tiles tiles) {
      this.size = size;
      this.tiles = tiles;
    }

    /** PATH(index, D[from:to]) of RFC 6962, section 2.1.1. */
    void path(long index, long from, long to, List<Bytes> out) {
      if (to - from == 1) {
        return;
      }
      long split = split(from, to);
      boolean left = index < split;
      path(index, left ? from : split, left ? split : to, out);
      out.add(hash(left ? range(split, to) : range(from, split)));
    }

    /**
     * SUBPROOF(old, D[from:to], complete) of RFC 6962, section 2.1.2; {@code old} counts from 0.
     */
    void extension(long old, long from, long to, boolean complete, List<Bytes> out) {
      if (old == to) {
        if (!complete) {
          out.add(hash(range(from, to)));
        }
        return;
      }
      long split = split(from, to);
      if (old <= split) {
        extension(old, from, split, complete, out);
        out.add(hash(range(split, to)));
      } else {
        extension(old, split, to, false, out);
        out.add(hash(range(from, split)));
      }
    }

    /** MTH(D[from:to]) of RFC 6962, for ranges that the tree has a node over. */
    byte[] range(long from, long to) {
      if (Long.bitCount(to - from) == 1) {
        return perfect(Long.numberOfTrailingZeros(to - from), from);
      }
      long split = split(from, to);
      return Hashes.node(range(from, split), range(split, to));
    }

    /** The largest power of two leaves below the whole, from the left. */
    private static long split(long from, long to) {
      return from + Long.highestOneBit(to - from - 1);
    }

    /** The node over the 2^height leaves from {@code from}. */
    private byte[] perfect(int height, long from) {
      int level = height / TILE_HEIGHT;
      int width = 1 << (height % TILE_HEIGHT);
      long first = from >> (level * TILE_HEIGHT);
      byte[] tile = tile(level, first / TileId.FULL);
      int offset = (int) (first % TileId.FULL) * Hashes.BYTES;
      byte[] work = Arrays.copyOfRange(tile, offset, offset + width * Hashes.BYTES);
      for (int left = width; left > 1; left /= 2) {
        for (int i = 0; i < left; i += 2) {
          Hashes.node(work, i * Hashes.BYTES, work, i / 2 * Hashes.BYTES);
        }
      }
      return Arrays.copyOf(work, Hashes.BYTES);
    }

    private byte[] tile(int level, long number) {
      TileId id = new TileId(level, number, TileId.widthIn(size, level, number));
      return Objects.requireNonNull(seen.computeIfAbsent(id, this::read));
    }

    private byte[] read(TileId id) {
      byte[] tile = tiles.read(id.level(), id.number(), id.width());
      if (tile.length != id.width() * Hashes.BYTES) {
        throw new IllegalArgumentException(
            id.path() + " has " + tile.length + " bytes, not " + id.width() * Hashes.BYTES);
      }
      return tile;
    }
  }
}
