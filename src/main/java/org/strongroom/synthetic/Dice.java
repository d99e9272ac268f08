package org.strongroom.synthetic;

/**
 * The random numbers of one record: SplitMix64 (Steele, Lea, Flood 2014), restarted from the seed
 * and the record's ordinal. Written out because the JDK promises no algorithm that can be restarted
 * without an object each. Nothing here is secret, so it is no SecureRandom. For one thread.
 */
final class Dice {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final long seed;
  private long state;

  Dice(long seed) {
    this.seed = mix(seed);
  }

  /** Starts the numbers of record {@code ordinal}. */
  void restart(long ordinal) {
    state = mix(seed + ordinal * GOLDEN_GAMMA);
  }

  /** 64 uniform bits. */
  long next() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform in 0 until {@code bound}; the bias is below bound / 2^32. */
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** True {@code perMille} times in a thousand. */
  boolean chance(int perMille) {
    return below(1000) < perMille;
  }

  /** The finaliser of SplitMix64: a bijection in which every bit depends on every bit. */
  static long mix(long z) {
    long y = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    y = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
    return y ^ (y >>> 31);
  }
}
