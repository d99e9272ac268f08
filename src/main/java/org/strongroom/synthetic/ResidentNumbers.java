package org.strongroom.synthetic;

import org.strongroom.kernel.BugException;

/**
 * Deals ID numbers (GB 11643-1999) without repetition and without a list of those dealt.
 *
 * <p>Three lotteries are multiplied: 2^16 tickets over the counties, 2^14 over the ages, 8 draws a
 * pair. A keyed permutation of these 2^33 numbers says which one record i gets, so any stretch of
 * records has the right shares of counties and ages. All draws of one county and age are then
 * numbered, and a multiplication modulo the number of its (birth day, sequence) places, coprime to
 * it, spreads them over the year: one to one, so no ID number comes twice. Immutable.
 */
final class ResidentNumbers {
  private static final int COUNTY_BITS = 16;
  private static final int DRAW_BITS = 3;

  /** How many there are. */
  static final long COUNT = 1L << (COUNTY_BITS + Ages.BITS + DRAW_BITS);

  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECK = "10X98765432";

  private final Places places;
  private final Ages ages;
  private final Scatter scatter;
  private final int[] stride = new int[Ages.OLDEST + 1];
  private final int[] countyShift;

  ResidentNumbers(long key, Places places, Ages ages) {
    this.places = places;
    this.ages = ages;
    this.scatter = new Scatter(key, COUNTY_BITS + Ages.BITS + DRAW_BITS);
    int mostOfCounty = 0;
    countyShift = new int[places.counties()];
    for (int county = 0; county < countyShift.length; county++) {
      mostOfCounty = Math.max(mostOfCounty, places.tickets().count(county));
      countyShift[county] = (int) (Dice.mix(key ^ places.code(county)) >>> 44);
    }
    for (int age = 0; age < stride.length; age++) {
      int room = room(age);
      if ((mostOfCounty * ages.tickets().count(age)) << DRAW_BITS > room) {
        throw new BugException("more draws than ID numbers at the age of " + age);
      }
      // The golden section of the room spreads any run of numbers evenly.
      int step = (int) (room * 0.618);
      while (gcd(step, room) != 1) {
        step++;
      }
      stride[age] = step;
    }
  }

  private int room(int age) {
    return ages.days(age) * (ages.menADay(age) + ages.womenADay(age));
  }

  /** One person's place in the register; filled again for each record. */
  static final class Place {
    int county;
    int age;
    int birthDate;
    int sequence;

    boolean male() {
      return sequence % 2 == 1;
    }

    int birthYear() {
      return birthDate / 10_000;
    }
  }

  /** Fills {@code into} for record {@code i}, from 0 until {@link #COUNT}. */
  void deal(long i, Place into) {
    long number = scatter.at(i);
    int draw = (int) (number & ((1 << DRAW_BITS) - 1));
    int ageTicket = (int) (number >>> DRAW_BITS) & ((1 << Ages.BITS) - 1);
    int countyTicket = (int) (number >>> (DRAW_BITS + Ages.BITS));
    int county = places.tickets().owner(countyTicket);
    int age = ages.tickets().owner(ageTicket);
    int countyRank = countyTicket - places.tickets().first(county);
    int ageRank = ageTicket - ages.tickets().first(age);
    int rank = countyRank * ages.tickets().count(age) + ageRank;
    seat(county, age, rank << DRAW_BITS | draw, into);
  }

  /** Fills {@code into} for draw {@code rank} of one county and age. */
  void seat(int county, int age, int rank, Place into) {
    int place = (int) (((long) rank * stride[age] + countyShift[county]) % room(age));
    int men = ages.menADay(age);
    int aDay = men + ages.womenADay(age);
    int seat = place % aDay;
    into.county = county;
    into.age = age;
    into.birthDate = ages.date(age, place / aDay);
    into.sequence = seat < men ? 2 * seat + 1 : 2 * (seat - men) + 2;
  }

  /** Appends the 18 characters of the ID number. */
  void write(Place place, ByteSink to) {
    int start = to.length();
    to.putDigits(places.code(place.county), 6);
    to.putDigits(place.birthDate, 8);
    to.putDigits(place.sequence, 3);
    int sum = 0;
    for (int k = 0; k < WEIGHTS.length; k++) {
      sum += (to.at(start + k) - '0') * WEIGHTS[k];
    }
    to.put(CHECK.charAt(sum % 11));
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
