package org.strongroom.synthetic;

/**
 * A keyed permutation of the numbers below 2^bits: an unbalanced Feistel network of eight rounds.
 * It draws without repetition and without remembering what was drawn. It hides nothing from an
 * adversary and need not. Immutable.
 */
final class Scatter {
  private static final int ROUNDS = 4;

  private final int bits;
  private final int lowBits;
  private final long lowMask;
  private final long highMask;
  private final long[] keys = new long[2 * ROUNDS];

  /**
   * @param bits from 2 to 62
   */
  Scatter(long key, int bits) {
    this.bits = bits;
    this.lowBits = bits / 2;
    this.lowMask = (1L << lowBits) - 1;
    this.highMask = (1L << (bits - lowBits)) - 1;
    for (int k = 0; k < keys.length; k++) {
      keys[k] = Dice.mix(key + k * 0x9E3779B97F4A7C15L);
    }
  }

  /** How many numbers are permuted. */
  long size() {
    return 1L << bits;
  }

  /** The place of {@code number}, which is from 0 until {@link #size}. */
  long at(long number) {
    long high = number >>> lowBits;
    long low = number & lowMask;
    for (int k = 0; k < keys.length; k += 2) {
      high ^= Dice.mix(low ^ keys[k]) & highMask;
      low ^= Dice.mix(high ^ keys[k + 1]) & lowMask;
    }
    return high << lowBits | low;
  }
}
