package org.strongroom.leak.judge;

/**
 * How many records have a value of a field that many others have, too. One row of a Count-Min
 * sketch (G. Cormode and S. Muthukrishnan, "An improved data stream summary", J. Algorithms 55,
 * 2005): counters by hash, which add up whatever the order and whoever counted. The frequent items
 * of J. Misra and D. Gries (1982) take less memory, but what they keep depends on the order, and a
 * report must come out the same twice.
 *
 * <p>Off by as many as chance puts into the same counter as a shared value.
 */
final class SharedValues {
  private static final int COUNTERS = 1 << 18;

  /** A phone or an address of mail may serve a household, a dormitory or an office. */
  private static final int LEAST_RECORDS = 20;

  /** And in a large sample that many records of all. */
  private static final double LEAST_SHARE = 0.001;

  private final int[] counters = new int[COUNTERS];
  private long seen;

  void see(String value) {
    long hash = 0;
    for (int i = 0; i < value.length(); i++) {
      hash = (hash ^ value.charAt(i)) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 29;
    }
    hash *= 0xbf58476d1ce4e5b9L;
    int at = (int) (hash >>> 46);
    counters[at] += counters[at] == Integer.MAX_VALUE ? 0 : 1;
    seen++;
  }

  void merge(SharedValues other) {
    for (int i = 0; i < counters.length; i++) {
      counters[i] = (int) Math.min(Integer.MAX_VALUE, (long) counters[i] + other.counters[i]);
    }
    seen += other.seen;
  }

  /** Records with a shared value. */
  long records() {
    long strangers = Math.round((double) seen / COUNTERS);
    long least = Math.max(LEAST_RECORDS, (long) Math.ceil(LEAST_SHARE * seen));
    long out = 0;
    for (int count : counters) {
      out += count - strangers >= least ? count - strangers : 0;
    }
    return out;
  }
}
