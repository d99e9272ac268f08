package org.strongroom.translog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Bytes;

/**
 * Proofs as RFC 6962, section 2.1, writes them down, made and checked by recursion over the shape
 * of the tree, and with nothing of the code under test. Remembers each subtree's root, or it would
 * be too slow a model.
 */
final class SlowProofs {
  private record Range(int from, int to) {}

  /** What a proof says that the roots of two trees are. */
  private record Roots(Bytes older, Bytes newer) {}

  private final List<Bytes> leaves;
  private final Map<Range, Bytes> roots = new ConcurrentHashMap<>();

  SlowProofs(List<Bytes> leafHashes) {
    this.leaves = leafHashes;
  }

  /** MTH(D[0:size]). */
  Bytes root(int size) {
    return size == 0 ? SlowTree.root(List.of()) : root(0, size);
  }

  /** PATH(index, D[0:size]). */
  List<Bytes> inclusion(int index, int size) {
    List<Bytes> out = new ArrayList<>();
    path(index, 0, size, out);
    return out;
  }

  /** PROOF(from, D[0:to]). */
  List<Bytes> consistency(int from, int to) {
    List<Bytes> out = new ArrayList<>();
    subproof(from, 0, to, true, out);
    return out;
  }

  private Bytes root(int from, int to) {
    if (to - from == 1) {
      return leaves.get(from);
    }
    Bytes known = roots.get(new Range(from, to));
    if (known == null) {
      int middle = from + split(to - from);
      known = SlowTree.node(root(from, middle), root(middle, to));
      roots.put(new Range(from, to), known);
    }
    return known;
  }

  private void path(int index, int from, int to, List<Bytes> out) {
    if (to - from == 1) {
      return;
    }
    int middle = from + split(to - from);
    if (index < middle) {
      path(index, from, middle, out);
      out.add(root(middle, to));
    } else {
      path(index, middle, to, out);
      out.add(root(from, middle));
    }
  }

  private void subproof(int old, int from, int to, boolean whole, List<Bytes> out) {
    if (old == to) {
      if (!whole) {
        out.add(root(from, to));
      }
      return;
    }
    int middle = from + split(to - from);
    if (old <= middle) {
      subproof(old, from, middle, whole, out);
      out.add(root(middle, to));
    } else {
      subproof(old, middle, to, false, out);
      out.add(root(from, middle));
    }
  }

  /** Walks down to the leaf, then up again with the proof's hashes; they must come out even. */
  static boolean includes(Bytes leaf, long index, long size, List<Bytes> proof, Bytes root) {
    if (index < 0 || index >= size) {
      return false;
    }
    Deque<Bytes> left = new ArrayDeque<>(proof);
    Bytes found = rootBy(leaf, index, size, left);
    return found != null && left.isEmpty() && found.equals(root);
  }

  private static @Nullable Bytes rootBy(Bytes leaf, long index, long size, Deque<Bytes> proof) {
    if (size == 1) {
      return leaf;
    }
    Bytes sibling = proof.pollLast();
    if (sibling == null) {
      return null;
    }
    long middle = split(size);
    if (index < middle) {
      Bytes below = rootBy(leaf, index, middle, proof);
      return below == null ? null : SlowTree.node(below, sibling);
    }
    Bytes below = rootBy(leaf, index - middle, size - middle, proof);
    return below == null ? null : SlowTree.node(sibling, below);
  }

  /** Walks down to where the older tree ends, then up again, building both roots at once. */
  static boolean consistent(long from, Bytes fromRoot, long to, Bytes toRoot, List<Bytes> proof) {
    if (from < 0 || from > to) {
      return false;
    }
    if (from == 0) {
      return proof.isEmpty()
          && fromRoot.equals(SlowTree.root(List.of()))
          && (to > 0 || toRoot.equals(fromRoot));
    }
    Deque<Bytes> left = new ArrayDeque<>(proof);
    Roots found = rootsBy(from, to, true, fromRoot, left);
    return found != null
        && left.isEmpty()
        && found.older().equals(fromRoot)
        && found.newer().equals(toRoot);
  }

  private static @Nullable Roots rootsBy(
      long old, long size, boolean whole, Bytes fromRoot, Deque<Bytes> proof) {
    if (old == size) {
      Bytes here = whole ? fromRoot : proof.pollLast();
      return here == null ? null : new Roots(here, here);
    }
    Bytes sibling = proof.pollLast();
    if (sibling == null) {
      return null;
    }
    long middle = split(size);
    if (old <= middle) {
      Roots below = rootsBy(old, middle, whole, fromRoot, proof);
      return below == null ? null : new Roots(below.older(), SlowTree.node(below.newer(), sibling));
    }
    Roots below = rootsBy(old - middle, size - middle, false, fromRoot, proof);
    return below == null
        ? null
        : new Roots(SlowTree.node(sibling, below.older()), SlowTree.node(sibling, below.newer()));
  }

  private static int split(int size) {
    return (int) split((long) size);
  }

  /** The largest power of two below {@code size}. */
  private static long split(long size) {
    long power = 1;
    while (power * 2 < size) {
      power *= 2;
    }
    return power;
  }
}
