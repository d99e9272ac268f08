package org.strongroom.synthetic;

import java.time.LocalDate;

/**
 * How old people are and how many of each age are men, and which days they may be born on. Shares
 * by five-year group after the 2020 census, even within a group. Immutable.
 */
final class Ages {
  static final int OLDEST = 104;
  static final int BITS = 14;

  /** Residents in thousands: 0-4, 5-9 and so on; the last is 100 and more. */
  private static final long[] GROUPS = {
    77_884, 90_244, 85_256, 72_684, 74_942, 91_847, 124_145, 99_013, 92_955, 114_225, 121_164,
    101_401, 73_383, 74_005, 49_590, 31_239, 20_383, 10_826, 3_651, 824, 119
  };

  /** Men to a hundred women, rounded, by the same groups. */
  private static final int[] MEN_PER_100_WOMEN = {
    111, 114, 115, 116, 115, 110, 106, 105, 104, 103, 102, 101, 100, 97, 95, 89, 82, 73, 63, 52, 45
  };

  private static final int ODD_SEQUENCES = 500;
  private static final int EVEN_SEQUENCES = 499;

  private final Tickets tickets;
  private final int[] firstDay = new int[OLDEST + 2];
  private final int[] dates;

  Ages(LocalDate today) {
    long[] weights = new long[OLDEST + 1];
    for (int age = 0; age <= OLDEST; age++) {
      weights[age] = GROUPS[age / 5];
    }
    tickets = Tickets.deal(weights, BITS);
    // Days are counted back from today, so that every age owns one run of 365 or 366 of them.
    for (int age = 0; age <= OLDEST; age++) {
      LocalDate tooOld = today.minusYears(age + 1L);
      firstDay[age + 1] = (int) (today.toEpochDay() - tooOld.toEpochDay());
    }
    dates = new int[firstDay[OLDEST + 1]];
    for (int back = 0; back < dates.length; back++) {
      LocalDate date = today.minusDays(back);
      dates[back] = date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
    }
  }

  /** 2^{@value #BITS} tickets over the ages, in completed years. */
  Tickets tickets() {
    return tickets;
  }

  /** On how many days people of this age were born. */
  int days(int age) {
    return firstDay[age + 1] - firstDay[age];
  }

  /** Day {@code day} of those, as the number yyyymmdd. */
  int date(int age, int day) {
    return dates[firstDay[age] + day];
  }

  /** How many men can be born in one county on one day: they take odd sequence numbers. */
  int menADay(int age) {
    int ratio = MEN_PER_100_WOMEN[age / 5];
    return ratio > 100 ? ODD_SEQUENCES : EVEN_SEQUENCES * ratio / 100;
  }

  /** How many women can be born in one county on one day: they take even sequence numbers. */
  int womenADay(int age) {
    int ratio = MEN_PER_100_WOMEN[age / 5];
    return ratio > 100 ? ODD_SEQUENCES * 100 / ratio : EVEN_SEQUENCES;
  }
}
