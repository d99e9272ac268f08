package org.strongroom.leak.judge;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which subjects had been shown to which sources, in one of the two groups. Immutable but for the
 * arrays, which nobody writes to.
 */
final class Incidence {
  private final List<int[]> subjects;
  private final int sources;

  /**
   * @param subjects of each the sorted, distinct indexes of its sources
   * @param sources how many there are
   */
  Incidence(List<int[]> subjects, int sources) {
    for (int[] shownTo : subjects) {
      int last = -1;
      for (int source : shownTo) {
        if (source <= last || source >= sources) {
          throw new IllegalArgumentException("sources must be sorted, distinct and known");
        }
        last = source;
      }
    }
    this.subjects = subjects;
    this.sources = sources;
  }

  int size() {
    return subjects.size();
  }

  /** By source how many subjects it had been shown, leaving out those in {@code without}. */
  int[] counts(BitSet without) {
    int[] out = new int[sources];
    for (int i = without.nextClearBit(0); i < subjects.size(); i = without.nextClearBit(i + 1)) {
      for (int source : subjects.get(i)) {
        out[source]++;
      }
    }
    return out;
  }

  /** The subjects that {@code source} had been shown. */
  BitSet shownTo(int source) {
    BitSet out = new BitSet(subjects.size());
    for (int i = 0; i < subjects.size(); i++) {
      if (Arrays.binarySearch(subjects.get(i), source) >= 0) {
        out.set(i);
      }
    }
    return out;
  }
}
