package org.strongroom.synthetic;

import java.util.ArrayList;
import java.util.List;

/** Which ethnicities live in which province, by the 2020 census, roughly. Immutable. */
final class Ethnicities {
  private static final int BITS = 14;

  private final List<String> names = new ArrayList<>(List.of("汉"));
  private final byte[][] utf8;
  private final Tickets[] byProvince;

  Ethnicities(Places places) {
    List<long[]> counts = new ArrayList<>();
    long everyone = 0;
    long[] han = new long[places.provinces()];
    for (int p = 0; p < han.length; p++) {
      han[p] = places.population(p);
      everyone += han[p];
    }
    for (String[] line : Facts.read("ethnicities.tsv")) {
      names.add(line[0]);
      long[] count = spread(Long.parseLong(line[1]), line[2], places, everyone);
      counts.add(count);
      for (int p = 0; p < han.length; p++) {
        han[p] = Math.max(0, han[p] - count[p]);
      }
    }
    counts.add(0, han);
    utf8 = Facts.utf8(names.toArray(String[]::new));
    byProvince = new Tickets[places.provinces()];
    for (int p = 0; p < byProvince.length; p++) {
      int province = p;
      long[] weights = counts.stream().mapToLong(count -> count[province]).toArray();
      byProvince[p] = Tickets.deal(weights, BITS);
    }
  }

  private static long[] spread(long total, String homes, Places places, long everyone) {
    double[] share = new double[100];
    double placed = 0;
    for (String home : homes.split(" ", -1)) {
      int colon = home.indexOf(':');
      double percent = Double.parseDouble(home.substring(colon + 1));
      share[Integer.parseInt(home.substring(0, colon))] = percent;
      placed += percent;
    }
    long[] count = new long[places.provinces()];
    for (int p = 0; p < count.length; p++) {
      double elsewhere = (100 - placed) * places.population(p) / everyone;
      count[p] = (long) (total * (share[places.provinceCode(p)] + elsewhere) / 100);
    }
    return count;
  }

  /** The ethnicity that {@code random} draws in {@code province}. */
  int draw(int province, long random) {
    return byProvince[province].draw(random);
  }

  byte[] utf8(int ethnicity) {
    return utf8[ethnicity];
  }

  /** The official short names, 汉 first. */
  List<String> names() {
    return names;
  }
}
