package org.strongroom.leak.judge;

import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/**
 * How likely it is by chance that a source had been shown so many of the examined subjects:
 * Fisher's exact test, one-sided, which is the upper tail of the hypergeometric distribution given
 * how many it was shown of both groups. Source: R. A. Fisher, "The logic of inductive inference",
 * JRSS 98 (1935).
 *
 * <p>In logarithms, since a guilty reader's probability is soon below what a double can hold.
 */
final class ChanceTail {
  private static final double NEGLIGIBLE = 1e-17;

  private ChanceTail() {}

  /**
   * The natural logarithm of the probability of {@code shown} or more.
   *
   * @param shown of {@code examined} subjects
   * @param shownControl of {@code control} subjects
   */
  static double log(int shown, int examined, int shownControl, int control) {
    int all = Math.addExact(examined, control);
    int shownAll = shown + shownControl;
    int least = Math.max(0, examined - (all - shownAll));
    if (shown <= least) {
      return 0;
    }
    HypergeometricDistribution chance = HypergeometricDistribution.of(all, shownAll, examined);
    if (shown <= chance.getMean()) {
      return Math.log(chance.survivalProbability(shown - 1));
    }
    // Beyond the mean each term is smaller than the one before by a ratio that only falls.
    double term = 1;
    double sum = 1;
    int most = Math.min(shownAll, examined);
    for (int k = shown; k < most && term > NEGLIGIBLE * sum; k++) {
      double ways = (double) (shownAll - k) * (examined - k);
      term *= ways / ((k + 1.0) * ((double) all - shownAll - examined + k + 1));
      sum += term;
    }
    return Math.min(0, chance.logProbability(shown) + Math.log(sum));
  }

  /** The probability itself; what is too small for a double is told as the smallest normal one. */
  static double probability(double log) {
    return Math.max(Double.MIN_NORMAL, Math.exp(Math.min(0, log)));
  }
}
