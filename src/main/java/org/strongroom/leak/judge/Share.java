package org.strongroom.leak.judge;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;
import org.strongroom.leak.report.Report;

/**
 * A share with its 95 per cent confidence interval, the sample taken for a random one. Source: E.
 * B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22
 * (1927), which stays honest near 0 and 1, where the textbook interval does not.
 */
public final class Share {
  private static final double ERROR_RATE = 0.05;

  private Share() {}

  /**
   * The genuine part of a sample.
   *
   * @param genuine of the distinct records
   * @param distinct records; where it is 0 nothing is known, and the interval is all of 0 to 1
   * @param undecided matched records that say nothing that could be compared
   */
  public static Report.Genuine of(long genuine, long distinct, long undecided) {
    if (genuine < 0 || undecided < 0 || genuine + undecided > distinct) {
      throw new IllegalArgumentException("the parts of a sample exceed the whole");
    }
    if (distinct == 0) {
      return new Report.Genuine(0, 0, 0, 1, 0);
    }
    // Beyond two thousand million the interval is narrower than anybody reads; the library counts
    // in int.
    long scale = (distinct - 1) / Integer.MAX_VALUE + 1;
    Interval interval =
        BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(
            (int) (distinct / scale), (int) (genuine / scale), ERROR_RATE);
    return new Report.Genuine(
        genuine,
        (double) genuine / distinct,
        interval.getLowerBound(),
        interval.getUpperBound(),
        undecided);
  }
}
