package org.strongroom.synthetic;

/** Addresses below the county: streets and flats in towns, villages elsewhere. Immutable. */
final class Addresses {
  private static final int MOVED_PER_MILLE = 180;
  private static final byte[][] UNITS = Facts.words("号 栋 单元 室 组");
  private static final int NUMBER = 0;
  private static final int BUILDING = 1;
  private static final int STAIRCASE = 2;
  private static final int FLAT = 3;
  private static final int GROUP = 4;

  private final Places places;
  private final byte[][] roads;
  private final byte[][] ways;
  private final byte[][] estates;
  private final byte[][] towns;
  private final byte[][] villages;

  Addresses(Places places) {
    this.places = places;
    byte[][][] lists =
        Facts.read("streets.tsv").stream()
            .map(line -> Facts.words(line[1]))
            .toArray(byte[][][]::new);
    roads = lists[0];
    ways = lists[1];
    estates = lists[2];
    towns = lists[3];
    villages = lists[4];
  }

  /** Appends an address, mostly in the county that the ID number names. */
  void write(int home, Dice dice, ByteSink to) {
    int county = dice.chance(MOVED_PER_MILLE) ? places.tickets().draw(dice.next()) : home;
    to.put(places.address(county));
    if (dice.chance(places.urban(county) ? 800 : 300)) {
      town(dice, to);
    } else {
      village(dice, to);
    }
  }

  private void town(Dice dice, ByteSink to) {
    to.put(roads[dice.below(roads.length)]);
    to.put(ways[dice.below(ways.length)]);
    to.putNumber(1 + dice.below(998));
    to.put(UNITS[NUMBER]);
    if (dice.chance(600)) {
      to.put(estates[dice.below(estates.length)]);
    }
    to.putNumber(1 + dice.below(40));
    to.put(UNITS[BUILDING]);
    to.putNumber(1 + dice.below(4));
    to.put(UNITS[STAIRCASE]);
    to.putNumber((1 + dice.below(30)) * 100 + 1 + dice.below(4));
    to.put(UNITS[FLAT]);
  }

  private void village(Dice dice, ByteSink to) {
    to.put(towns[dice.below(towns.length)]);
    to.put(villages[dice.below(villages.length)]);
    to.putNumber(1 + dice.below(12));
    to.put(UNITS[GROUP]);
    to.putNumber(1 + dice.below(180));
    to.put(UNITS[NUMBER]);
  }
}
