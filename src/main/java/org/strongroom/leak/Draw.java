package org.strongroom.leak;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.strongroom.kernel.Id;

/**
 * An even draw of subjects, the same whenever it is made of the same ones: those with the smallest
 * hashes. For one thread.
 */
final class Draw {
  private static final Comparator<Drawn> BY_HASH =
      Comparator.comparingLong((Drawn each) -> each.hash() + Long.MIN_VALUE)
          .thenComparing(Drawn::subject);

  private final int most;
  private final long seed;
  private final List<Drawn> candidates = new ArrayList<>();

  /** Greater hashes, unsigned, are not among the smallest any more. */
  private long greatest = -1;

  /**
   * @param region as in {@link org.strongroom.vault.Compared}
   */
  record Drawn(long hash, Id subject, int region) {}

  Draw(int most, long seed) {
    this.most = most;
    this.seed = seed;
  }

  /** Offers a subject; each is to be offered once. */
  void offer(Id subject, int region) {
    add(new Drawn(mix(subject.high() ^ mix(subject.low() ^ seed)), subject, region));
  }

  /** Adds what another draw has drawn with the same seed. */
  void addAll(Draw other) {
    other.candidates.forEach(this::add);
  }

  private void add(Drawn drawn) {
    if (Long.compareUnsigned(drawn.hash(), greatest) <= 0) {
      candidates.add(drawn);
      if (candidates.size() >= 2 * most) {
        prune();
      }
    }
  }

  private void prune() {
    candidates.sort(BY_HASH);
    if (candidates.size() > most) {
      candidates.subList(most, candidates.size()).clear();
      greatest = most == 0 ? 0 : candidates.get(most - 1).hash();
    }
  }

  /** The smallest hashes first. */
  List<Drawn> drawn() {
    prune();
    return List.copyOf(candidates);
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
