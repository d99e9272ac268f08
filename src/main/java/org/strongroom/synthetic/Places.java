package org.strongroom.synthetic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.strongroom.kernel.BugException;

/**
 * The counties of China and how many people live in each, roughly: a province's population by the
 * 2020 census is spread over its counties by their kind and a fixed variation. Immutable.
 */
final class Places {
  private static final int COUNTY_BITS = 16;

  private final List<Integer> provinceCodes = new ArrayList<>();
  private final List<Long> provincePopulations = new ArrayList<>();
  private final int[] codes;
  private final int[] provinces;
  private final byte[][] addresses;
  private final boolean[] urban;
  private final Tickets tickets;

  Places() {
    Map<String, String> names = new HashMap<>();
    List<String> counties = new ArrayList<>();
    for (String[] line : Facts.read("places.tsv")) {
      names.put(line[0], line[1]);
      if (line[0].length() == 2) {
        provinceCodes.add(Integer.valueOf(line[0]));
        provincePopulations.add(Long.valueOf(line[2]));
      } else if (line[0].length() == 6) {
        counties.add(line[0]);
      }
    }
    codes = counties.stream().mapToInt(Integer::parseInt).toArray();
    provinces = new int[codes.length];
    addresses = new byte[codes.length][];
    urban = new boolean[codes.length];
    for (int k = 0; k < codes.length; k++) {
      String code = counties.get(k);
      String county = name(names, code);
      // Counties directly under a province or a municipality have no city in between.
      String city = names.getOrDefault(code.substring(0, 4), "");
      provinces[k] = provinceCodes.indexOf(codes[k] / 10_000);
      addresses[k] =
          (name(names, code.substring(0, 2)) + (city.equals(county) ? "" : city) + county)
              .getBytes(UTF_8);
      urban[k] = county.endsWith("区") || county.endsWith("市");
    }
    tickets = Tickets.deal(weights(counties, names), COUNTY_BITS);
  }

  private static String name(Map<String, String> names, String code) {
    String name = names.get(code);
    if (name == null) {
      throw new BugException("places.tsv has no line for " + code);
    }
    return name;
  }

  private long[] weights(List<String> counties, Map<String, String> names) {
    long[] weights = new long[codes.length];
    long[] sums = new long[provinceCodes.size()];
    for (int k = 0; k < codes.length; k++) {
      long variation = 60 + Long.remainderUnsigned(Dice.mix(codes[k]), 81);
      weights[k] = kindWeight(codes[k], name(names, counties.get(k))) * variation;
      sums[provinces[k]] += weights[k];
    }
    for (int k = 0; k < codes.length; k++) {
      weights[k] = provincePopulations.get(provinces[k]) * weights[k] / sums[provinces[k]];
    }
    return weights;
  }

  private static long kindWeight(int code, String name) {
    // From 71 on, the statistical code names a development zone.
    if (code % 100 >= 71 && code % 100 < 81) {
      return 4;
    }
    if (name.contains("自治") || name.endsWith("旗")) {
      return 6;
    }
    return switch (name.charAt(name.length() - 1)) {
      case '区' -> 12;
      case '市' -> 13;
      default -> 10;
    };
  }

  int counties() {
    return codes.length;
  }

  /** The six digits of GB/T 2260. */
  int code(int county) {
    return codes[county];
  }

  /** Index of the county's province. */
  int province(int county) {
    return provinces[county];
  }

  /** Province, city (where there is one) and county, as an address begins. */
  byte[] address(int county) {
    return addresses[county];
  }

  boolean urban(int county) {
    return urban[county];
  }

  /** 2^16 tickets over the counties by residents. */
  Tickets tickets() {
    return tickets;
  }

  int provinces() {
    return provinceCodes.size();
  }

  int provinceCode(int province) {
    return provinceCodes.get(province);
  }

  long population(int province) {
    return provincePopulations.get(province);
  }
}
