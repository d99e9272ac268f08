package org.strongroom.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.strongroom.kernel.BugException;

/**
 * The administrative divisions of China at county level, by the codes of GB/T 2260, and the
 * province codes that open an ID number. Those of today: codes abolished since 1984 live on in ID
 * numbers, so an unknown county is no error. Constant and thread-safe.
 */
public final class Areas {
  private static final String RESOURCE = "areas.csv";
  private static final int LONGEST_NAME = 15;

  /** GB/T 2260 provinces by their first two digits, with the short name that addresses use. */
  private static final String[][] PROVINCES = {
    {"11", "北京", "市"},
    {"12", "天津", "市"},
    {"13", "河北", "省"},
    {"14", "山西", "省"},
    {"15", "内蒙古", "自治区"},
    {"21", "辽宁", "省"},
    {"22", "吉林", "省"},
    {"23", "黑龙江", "省"},
    {"31", "上海", "市"},
    {"32", "江苏", "省"},
    {"33", "浙江", "省"},
    {"34", "安徽", "省"},
    {"35", "福建", "省"},
    {"36", "江西", "省"},
    {"37", "山东", "省"},
    {"41", "河南", "省"},
    {"42", "湖北", "省"},
    {"43", "湖南", "省"},
    {"44", "广东", "省"},
    {"45", "广西", "壮族自治区"},
    {"46", "海南", "省"},
    {"50", "重庆", "市"},
    {"51", "四川", "省"},
    {"52", "贵州", "省"},
    {"53", "云南", "省"},
    {"54", "西藏", "自治区"},
    {"61", "陕西", "省"},
    {"62", "甘肃", "省"},
    {"63", "青海", "省"},
    {"64", "宁夏", "回族自治区"},
    {"65", "新疆", "维吾尔自治区"},
    {"71", "台湾", "省"},
    {"81", "香港", "特别行政区"},
    {"82", "澳门", "特别行政区"},
  };

  /**
   * Beyond the counties: Taiwan, and what residence permits of residents of Hong Kong, Macao and
   * Taiwan carry since 2018 (State Council notice Guobanfa [2018] 81), where 83 stands for Taiwan.
   */
  private static final int[] WHOLE_PROVINCES = {710000, 810000, 820000, 830000};

  private static final List<Area> COUNTIES = load();
  private static final BitSet KNOWN = codes();
  private static final BitSet KNOWN_PROVINCES = provinces();

  /** Names of counties by their first character, longer ones before shorter ones. */
  private static final Map<Character, List<String>> NAMES = names();

  private Areas() {}

  /** Every county-level division, in the order of the codes. */
  public static List<Area> counties() {
    return COUNTIES;
  }

  /** Whether the first two digits of an ID number, as a number, name a province. */
  public static boolean isProvince(int twoDigits) {
    return KNOWN_PROVINCES.get(twoDigits);
  }

  /**
   * The short name of a province in Chinese.
   *
   * @param twoDigits that open its codes
   */
  public static Optional<String> provinceName(String twoDigits) {
    return Arrays.stream(PROVINCES)
        .filter(province -> province[0].equals(twoDigits))
        .map(province -> province[1])
        .findFirst();
  }

  /** Whether the first six digits of an ID number, as a number, name a division of today. */
  public static boolean isKnown(int sixDigits) {
    return KNOWN.get(sixDigits);
  }

  /** Whether {@code text} begins with the name of a province or county, as most addresses do. */
  public static boolean beginWith(String text) {
    return prefixLength(text) > 0;
  }

  /**
   * How many characters of {@code address} name its province, city and county. Counts only what is
   * known for certain: 0 if the address does not begin with the name of a division.
   */
  static int prefixLength(String address) {
    int province = 0;
    for (String[] names : PROVINCES) {
      if (address.startsWith(names[1])) {
        int shortEnd = names[1].length();
        province = address.startsWith(names[2], shortEnd) ? shortEnd + names[2].length() : shortEnd;
        break;
      }
    }
    int county = countyEnd(address, province);
    if (county < 0) {
      county = countyEnd(address, cityEnd(address, province));
    }
    return Math.max(county, province);
  }

  /** The end of a prefecture-level name at {@code from}, if a county follows it; else from. */
  private static int cityEnd(String address, int from) {
    for (int end = from + 2; end <= Math.min(address.length(), from + LONGEST_NAME); end++) {
      boolean city =
          address.startsWith("市", end - 1)
              || address.startsWith("盟", end - 1)
              || address.startsWith("地区", end - 2)
              || address.startsWith("自治州", Math.max(from, end - 3));
      if (city && countyEnd(address, end) >= 0) {
        return end;
      }
    }
    return from;
  }

  /** The end of the longest known county name at {@code from}; -1 if there is none. */
  private static int countyEnd(String address, int from) {
    if (from < address.length()) {
      for (String name : NAMES.getOrDefault(address.charAt(from), List.of())) {
        if (address.startsWith(name, from)) {
          return from + name.length();
        }
      }
    }
    return -1;
  }

  private static List<Area> load() {
    List<Area> out = new ArrayList<>();
    try (InputStream in = Areas.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new BugException("the resource " + RESOURCE + " is not on the class path");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      lines
          .lines()
          .skip(1)
          .forEach(line -> out.add(new Area(line.substring(0, 6), line.substring(7))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(out);
  }

  private static BitSet codes() {
    BitSet out = new BitSet(1_000_000);
    COUNTIES.forEach(area -> out.set(Integer.parseInt(area.code())));
    for (int code : WHOLE_PROVINCES) {
      out.set(code);
    }
    return out;
  }

  private static BitSet provinces() {
    BitSet out = new BitSet(100);
    for (String[] province : PROVINCES) {
      out.set(Integer.parseInt(province[0]));
    }
    for (int code : WHOLE_PROVINCES) {
      out.set(code / 10_000);
    }
    return out;
  }

  private static Map<Character, List<String>> names() {
    return COUNTIES.stream()
        .map(Area::name)
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .collect(Collectors.groupingBy(name -> name.charAt(0)));
  }

  /**
   * A county, district, banner or city at county level.
   *
   * @param code six digits by GB/T 2260
   * @param name in Chinese
   */
  public record Area(String code, String name) {}
}
