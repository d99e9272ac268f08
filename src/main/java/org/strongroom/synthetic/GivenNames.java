package org.strongroom.synthetic;

import java.util.ArrayList;
import java.util.List;

/** Given names of one sex by birth year: fashions changed every ten years or so. Immutable. */
final class GivenNames {
  private static final int BITS = 10;
  private static final int WHOLE_PER_MILLE = 250;

  /** One fashion: what names of two characters and of one were made of. */
  private static final class Era {
    final int firstYear;
    final int singlePerMille;
    byte[][] whole = {};
    byte[][] single = {};
    byte[][] first = {};
    byte[][] second = {};
    Tickets wholeTickets = Tickets.byRank(1, 0);
    Tickets singleTickets = wholeTickets;
    Tickets firstTickets = wholeTickets;
    Tickets secondTickets = wholeTickets;

    Era(int firstYear) {
      this.firstYear = firstYear;
      this.singlePerMille =
          switch (firstYear) {
            case 1960 -> 200;
            case 1970 -> 280;
            case 1980 -> 400;
            case 1990 -> 330;
            case 2000 -> 180;
            case 2010 -> 70;
            default -> 100;
          };
    }

    void take(String kind, byte[][] words) {
      Tickets tickets = Tickets.byRank(words.length, BITS);
      switch (kind) {
        case "whole" -> {
          whole = words;
          wholeTickets = tickets;
        }
        case "single" -> {
          single = words;
          singleTickets = tickets;
        }
        case "first" -> {
          first = words;
          firstTickets = tickets;
        }
        default -> {
          second = words;
          secondTickets = tickets;
        }
      }
    }
  }

  private final List<Era> eras = new ArrayList<>();

  /**
   * @param sex {@code m} or {@code f}
   */
  GivenNames(String sex) {
    for (String[] line : Facts.read("given-names.tsv")) {
      if (line[0].equals(sex)) {
        int year = Integer.parseInt(line[1]);
        if (eras.isEmpty() || eras.get(eras.size() - 1).firstYear != year) {
          eras.add(new Era(year));
        }
        eras.get(eras.size() - 1).take(line[2], Facts.words(line[3]));
      }
    }
  }

  /** Appends a given name of one or two characters. */
  void write(int birthYear, Dice dice, ByteSink to) {
    Era era = eras.get(0);
    for (int k = 1; k < eras.size() && eras.get(k).firstYear <= birthYear; k++) {
      era = eras.get(k);
    }
    if (dice.chance(era.singlePerMille)) {
      to.put(era.single[era.singleTickets.draw(dice.next())]);
    } else if (dice.chance(WHOLE_PER_MILLE)) {
      to.put(era.whole[era.wholeTickets.draw(dice.next())]);
    } else {
      long random = dice.next();
      to.put(era.first[era.firstTickets.draw(random)]);
      to.put(era.second[era.secondTickets.draw(random << BITS)]);
    }
  }
}
