package org.strongroom.leak.sample;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.strongroom.ingest.ShownNames;

/** Tells whether the first row of a table names its columns. */
final class Header {
  private static final int MANY_DIGITS = 6;

  private Header() {}

  /**
   * Whether row 0 is a header: all of it looks like names, none comes twice, and it is of another
   * kind than what stands below. Without a row below it, looking like names is enough.
   */
  static boolean isFirst(List<List<String>> rows) {
    if (rows.isEmpty()) {
      return false;
    }
    List<String> first = rows.get(0);
    Set<String> names = new HashSet<>();
    int filled = 0;
    for (String cell : first) {
      if (!cell.isBlank()) {
        filled++;
        if (!isName(cell.strip()) || !names.add(cell.strip())) {
          return false;
        }
      }
    }
    return filled * 2 > first.size() && (rows.size() == 1 || differs(rows));
  }

  /** A name, or a dotted path of names. */
  private static boolean isName(String cell) {
    for (String part : cell.split("[.()/（）]", -1)) {
      if (!part.isBlank() && !ShownNames.looksLikeName(part)) {
        return false;
      }
    }
    return digits(cell) < MANY_DIGITS;
  }

  private static boolean differs(List<List<String>> rows) {
    List<String> first = rows.get(0);
    boolean plainAbove = true;
    boolean hanBelow = false;
    for (int i = 0; i < first.size(); i++) {
      int filled = 0;
      int numbers = 0;
      int same = 0;
      int han = 0;
      for (List<String> row : rows.subList(1, rows.size())) {
        String cell = i < row.size() ? row.get(i) : "";
        if (!cell.isBlank()) {
          filled++;
          numbers += digits(cell) >= MANY_DIGITS || cell.indexOf('@') > 0 ? 1 : 0;
          same += cell.equals(first.get(i)) ? 1 : 0;
          han += cell.codePoints().anyMatch(Character::isIdeographic) ? 1 : 0;
        }
      }
      if (filled > 0 && numbers * 2 > filled) {
        return true;
      }
      // A value that comes again is no name of a column.
      if (same > 0 && !first.get(i).isBlank()) {
        return false;
      }
      plainAbove &= first.get(i).codePoints().noneMatch(Character::isIdeographic);
      hanBelow |= filled > 0 && han * 2 > filled;
    }
    return plainAbove && hanBelow;
  }

  private static int digits(String cell) {
    return (int) cell.codePoints().filter(Character::isDigit).count();
  }
}
