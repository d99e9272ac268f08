package org.strongroom.synthetic;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names by sex, birth year and ethnicity. Immutable. */
final class Names {
  private static final int SURNAME_BITS = 16;
  private static final byte[] MIDDLE_DOT = Facts.words("·")[0];
  private static final byte[] NO_SURNAME = Facts.words("resident")[0];

  private final byte[][] surnames;
  private final byte[][] romanised;
  private final Tickets surnameTickets;
  private final GivenNames men = new GivenNames("m");
  private final GivenNames women = new GivenNames("f");
  private final @Nullable Custom[] customs;

  /** How an ethnicity forms names that are no Han surname and given name. */
  private record Custom(int perMille, String join, List<Words> firsts, List<Words> seconds) {}

  /** Words of equal chance; holds the arrays, so nothing outside this class sees one. */
  private static final class Words {
    private final byte[][] words;

    Words(String text) {
      words = Facts.words(text);
    }

    byte[] draw(Dice dice) {
      return words[dice.below(words.length)];
    }
  }

  Names(List<String> ethnicities) {
    List<String[]> lines = Facts.read("surnames.tsv");
    surnames = Facts.utf8(lines.stream().map(line -> line[0]).toArray(String[]::new));
    romanised = Facts.utf8(lines.stream().map(line -> line[1]).toArray(String[]::new));
    surnameTickets =
        Tickets.deal(
            lines.stream().mapToLong(line -> Long.parseLong(line[2])).toArray(), SURNAME_BITS);
    Map<String, Custom> byEthnicity = new HashMap<>();
    for (String[] line : Facts.read("minority-names.tsv")) {
      Custom custom =
          new Custom(
              10 * Integer.parseInt(line[1]),
              line[2],
              List.of(new Words(line[3]), new Words(line[4])),
              List.of(new Words(line[5]), new Words(line[6])));
      for (String ethnicity : line[0].split(" ", -1)) {
        byEthnicity.put(ethnicity, custom);
      }
    }
    customs = new @Nullable Custom[ethnicities.size()];
    for (int k = 0; k < customs.length; k++) {
      customs[k] = byEthnicity.get(ethnicities.get(k));
    }
  }

  /**
   * Appends a name.
   *
   * @return the surname, for {@link #writeWith} and {@link #romanised}; -1 for a name without one
   */
  int write(int ethnicity, boolean male, int birthYear, Dice dice, ByteSink to) {
    Custom custom = customs[ethnicity];
    if (custom != null && dice.chance(custom.perMille)) {
      int sex = male ? 0 : 1;
      to.put(custom.firsts.get(sex).draw(dice));
      if (!custom.join.equals("1")) {
        if (custom.join.equals("·")) {
          to.put(MIDDLE_DOT);
        }
        to.put(custom.seconds.get(sex).draw(dice));
      }
      return -1;
    }
    int surname = surnameTickets.draw(dice.next());
    writeWith(surname, male, birthYear, dice, to);
    return surname;
  }

  /** Appends {@code surname} and a given name. */
  void writeWith(int surname, boolean male, int birthYear, Dice dice, ByteSink to) {
    to.put(surnames[surname]);
    (male ? men : women).write(birthYear, dice, to);
  }

  /** The surname in Latin letters, as an e-mail address begins. */
  byte[] romanised(int surname) {
    return surname < 0 ? NO_SURNAME : romanised[surname];
  }
}
