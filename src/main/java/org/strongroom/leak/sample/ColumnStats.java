package org.strongroom.leak.sample;

import java.util.HashSet;
import java.util.Set;

/** What the values of one column look like, over the first rows. For one thread. */
final class ColumnStats {
  private static final int MAX_DISTINCT = 2_000;

  /** Not blank. */
  int values;

  /** Valid, by position of the field. */
  final int[] valid;

  /** Of these, not only digits; by position of the field. */
  final int[] words;

  int names;
  int addresses;
  int houses;
  int pictures;

  /** Values in which an identifier is found, be it all of them. */
  int holding;

  /** Dates in rows with an ID number, and those that agree with it; the same for sexes. */
  int withId;

  int agreeing;
  int firstYear = Integer.MAX_VALUE;
  int lastYear = Integer.MIN_VALUE;

  /** By hash, since the values themselves could be large. */
  private final Set<Integer> distinct = new HashSet<>();

  ColumnStats(int fields) {
    this.valid = new int[fields];
    this.words = new int[fields];
  }

  void distinct(String value) {
    if (distinct.size() < MAX_DISTINCT) {
      distinct.add(value.hashCode());
    }
  }

  /** How many different values there are, up to some. */
  int distinct() {
    return distinct.size();
  }

  double share(int count) {
    return values == 0 ? 0 : (double) count / values;
  }
}
