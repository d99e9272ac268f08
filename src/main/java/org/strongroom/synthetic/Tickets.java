package org.strongroom.synthetic;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Weighted choice by lottery: 2^bits tickets are dealt to the choices in proportion to their
 * weights (largest remainder, whole numbers only, so the same on every machine), and a draw is one
 * look into the table. Each choice owns one run of tickets. Immutable.
 */
final class Tickets {
  private final int bits;
  private final short[] owner;
  private final int[] first;

  private Tickets(int bits, short[] owner, int[] first) {
    this.bits = bits;
    this.owner = owner;
    this.first = first;
  }

  /**
   * Deals the tickets.
   *
   * @param weights not negative, not all zero, at most 32,767 of them, each below 2^40
   * @param bits at most 18
   */
  static Tickets deal(long[] weights, int bits) {
    long total = Arrays.stream(weights).sum();
    int tickets = 1 << bits;
    int[] counts = new int[weights.length];
    long[] remainders = new long[weights.length];
    int dealt = 0;
    for (int k = 0; k < weights.length; k++) {
      counts[k] = (int) (weights[k] * tickets / total);
      remainders[k] = weights[k] * tickets % total;
      dealt += counts[k];
    }
    int[] byRemainder =
        IntStream.range(0, weights.length)
            .boxed()
            .sorted(Comparator.comparingLong((Integer k) -> -remainders[k]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int k = 0; dealt < tickets; k++, dealt++) {
      counts[byRemainder[k]]++;
    }
    return of(counts, bits);
  }

  private static Tickets of(int[] counts, int bits) {
    short[] owner = new short[1 << bits];
    int[] first = new int[counts.length + 1];
    for (int k = 0; k < counts.length; k++) {
      first[k + 1] = first[k] + counts[k];
      Arrays.fill(owner, first[k], first[k + 1], (short) k);
    }
    return new Tickets(bits, owner, first);
  }

  /** Weights that fall with the rank as names do: 1/4, 1/5, 1/6 and so on. */
  static Tickets byRank(int choices, int bits) {
    return deal(IntStream.range(0, choices).mapToLong(k -> 1_000_000L / (k + 4)).toArray(), bits);
  }

  /** The choice that holds the ticket named by the top bits of {@code random}. */
  int draw(long random) {
    return owner[(int) (random >>> (64 - bits))];
  }

  /** The choice that holds {@code ticket}. */
  int owner(int ticket) {
    return owner[ticket];
  }

  /** The lowest ticket of {@code choice}. */
  int first(int choice) {
    return first[choice];
  }

  /** How many tickets {@code choice} holds. */
  int count(int choice) {
    return first[choice + 1] - first[choice];
  }

  int choices() {
    return first.length - 1;
  }
}
