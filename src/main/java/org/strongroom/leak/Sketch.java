package org.strongroom.leak;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The smallest keyed hashes of the subjects that a check matched, by which two checks of nearly the
 * same people are told (a bottom-k sketch: Cohen and Kaplan, 2007). Says nothing of who they are to
 * those without the key.
 *
 * @param smallest at most {@value #SIZE}, unsigned, from the smallest; fewer only when there were
 *     no more subjects
 */
public record Sketch(List<Long> smallest) {
  public static final int SIZE = 256;

  public Sketch {
    smallest = smallest.stream().distinct().sorted(Long::compareUnsigned).limit(SIZE).toList();
  }

  /**
   * How much two sets of subjects have in common: their intersection by their union (Jaccard),
   * estimated with a standard error of some 3 per cent, exactly where both are small. 0 when
   * nothing was matched in either.
   */
  public double likeness(Sketch other) {
    Set<Long> ours = new HashSet<>(smallest);
    Set<Long> theirs = new HashSet<>(other.smallest);
    List<Long> union =
        Stream.concat(smallest.stream(), other.smallest.stream())
            .distinct()
            .sorted(Long::compareUnsigned)
            .limit(SIZE)
            .toList();
    long both = union.stream().filter(hash -> ours.contains(hash) && theirs.contains(hash)).count();
    return union.isEmpty() ? 0 : both / (double) union.size();
  }
}
