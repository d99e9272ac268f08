package org.strongroom.leak.sample;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.schema.Areas;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.InvalidValue;
import org.strongroom.schema.ResidentId;

/**
 * Learns from the first rows of a file which column is which field: by what its values validate as,
 * by its name, and by whether dates and sexes agree with the ID number beside them. For one thread.
 */
public final class Learner {
  /** Rows beyond these are not looked at. */
  public static final int MAX_ROWS = 10_000;

  /** Nor are rows once there were so many characters, so that they can be held in memory. */
  public static final long MAX_CHARS = 16 << 20;

  private static final int LONGEST_LOOKED_AT = 2_000;

  private final CollectionSpec spec;
  private final Columns columns;
  private final Map<String, Integer> maps = new TreeMap<>();
  private final List<@Nullable ColumnStats> stats = new ArrayList<>();
  private final String[] types;
  private final boolean[] followsFromId;
  private final Extractor extractor;
  private int rows;
  private long chars;

  /** Of the present row: canonical ID numbers, and dates and sexes with their columns. */
  private final List<String> ids = new ArrayList<>();

  private final Map<Integer, String> facts = new HashMap<>();

  /**
   * @param maps from the sample's columns to names of fields, as the caller asked; a column goes by
   *     its whole name or the last part of its path
   * @throws VaultException {@link ErrorCode#BAD_REQUEST} if there is no such field, or one is given
   *     twice
   */
  public Learner(CollectionSpec spec, Columns columns, Map<String, String> maps) {
    this.spec = spec;
    this.columns = columns;
    this.extractor = new Extractor(spec);
    int count = spec.fieldCount();
    this.types = new String[count];
    this.followsFromId = new boolean[count];
    for (int i = 0; i < count; i++) {
      types[i] = spec.field(i).type().name();
      followsFromId[i] = spec.followsFromId(i);
    }
    maps.forEach(this::map);
  }

  private void map(String source, String field) {
    int position = spec.position(field);
    if (position < 0 || maps.containsValue(position)) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST,
          (position < 0 ? "no field \"" : "two sources for the field \"")
              + field
              + "\" to map to; known: "
              + String.join(", ", spec.fields().stream().map(each -> each.name()).toList()));
    }
    maps.put(source, position);
  }

  /** Whether there are enough rows. */
  public boolean isFull() {
    return rows >= MAX_ROWS || chars >= MAX_CHARS;
  }

  /** Takes in rows, up to the limits. */
  public void add(Rows batch) {
    for (int row = 0; row < batch.size() && !isFull(); row++) {
      rows++;
      ids.clear();
      facts.clear();
      for (int i = 0; i < batch.values(row); i++) {
        String raw = batch.value(row, i);
        chars += raw.length();
        if (!Blank.isBlank(raw)) {
          look(batch.column(row, i), raw);
        }
      }
      facts.forEach(this::compare);
    }
  }

  private ColumnStats stats(int column) {
    while (stats.size() <= column) {
      stats.add(null);
    }
    @Nullable ColumnStats known = stats.get(column);
    if (known == null) {
      known = new ColumnStats(types.length);
      stats.set(column, known);
    }
    return known;
  }

  private void look(int column, String raw) {
    ColumnStats of = stats(column);
    of.values++;
    of.pictures += SuspectMaker.isPicture(raw) ? 1 : 0;
    if (raw.length() > LONGEST_LOOKED_AT) {
      extractor.clear();
      of.holding += extractor.search(raw.substring(0, LONGEST_LOOKED_AT)) ? 1 : 0;
      return;
    }
    of.distinct(raw);
    of.names += HanNames.isLikely(raw) ? 1 : 0;
    if (raw.length() > 2 && raw.codePoints().anyMatch(Character::isIdeographic)) {
      boolean house = isHouse(raw);
      of.houses += house ? 1 : 0;
      of.addresses += house || Areas.beginWith(raw) ? 1 : 0;
    }
    Map<String, String> known = new HashMap<>();
    for (int position = 0; position < types.length; position++) {
      validate(of, column, position, raw, known);
    }
    extractor.clear();
    of.holding += extractor.search(raw) ? 1 : 0;
  }

  /** Whether a text goes down to streets and numbers, as the address of a house does. */
  private static boolean isHouse(String raw) {
    int words = 0;
    for (String word : List.of("路", "街", "号", "村", "室", "栋", "幢", "单元", "巷", "弄", "组", "镇", "乡")) {
      words += raw.contains(word) ? 1 : 0;
    }
    return words > 1 || (words == 1 && Areas.beginWith(raw));
  }

  private void validate(
      ColumnStats of, int column, int position, String raw, Map<String, String> known) {
    String type = types[position];
    switch (type) {
      case "name", "address", "text", "image" -> {
        return;
      }
      case "enum", "integer", "boolean" -> {}
      default -> {
        // Fields of these types take the same values, so one answer serves all of them.
        @Nullable String before = known.get(type);
        if (before != null) {
          of.valid[position] += before.isEmpty() ? 0 : 1;
          return;
        }
      }
    }
    @Nullable String value = isConceivable(type, raw) ? normalised(position, raw) : null;
    known.put(type, value == null ? "" : value);
    if (value == null) {
      return;
    }
    of.valid[position]++;
    of.words[position] += raw.chars().allMatch(Character::isDigit) ? 0 : 1;
    switch (type) {
      case "cn.resident_id" -> ids.add(value);
      case "date" -> {
        int year = Integer.parseInt(value.substring(0, 4));
        of.firstYear = Math.min(of.firstYear, year);
        of.lastYear = Math.max(of.lastYear, year);
        facts.put(column, value);
      }
      case "enum" -> {
        if (followsFromId[position]) {
          facts.put(column, value);
        }
      }
      default -> {}
    }
  }

  /** Spares the slower types what is none of them at a glance. */
  private static boolean isConceivable(String type, String raw) {
    int length = raw.length();
    return switch (type) {
      case "phone" -> length >= 5 && length <= 40 && digits(raw) >= 5;
      case "email" -> raw.indexOf('@') > 0;
      case "cn.resident_id" -> length >= 15 && length <= 40;
      case "date" -> length >= 8 && length <= 40 && digits(raw) >= 6;
      case "timestamp" -> length >= 16 && length <= 60 && digits(raw) >= 10;
      default -> length <= 100;
    };
  }

  private static int digits(String raw) {
    int out = 0;
    for (int i = 0; i < raw.length(); i++) {
      out += Character.isDigit(raw.charAt(i)) ? 1 : 0;
    }
    return out;
  }

  private @Nullable String normalised(int position, String raw) {
    try {
      return spec.normaliseQuery(position, raw);
    } catch (InvalidValue e) {
      return null;
    }
  }

  /** Holds a date or sex against the ID numbers of its row. */
  private void compare(int column, String fact) {
    if (ids.isEmpty()) {
      return;
    }
    ColumnStats of = stats(column);
    of.withId++;
    for (String id : ids) {
      boolean agrees =
          fact.length() == 10
              ? ResidentId.birthDate(id).toString().equals(fact)
              : fact.equals(ResidentId.isMale(id) ? "male" : "female");
      if (agrees) {
        of.agreeing++;
        return;
      }
    }
  }

  /** What was learnt so far. May be asked again after more rows. */
  public Mapping decide() {
    return new Decision(spec, columns, maps, stats, rows).mapping();
  }
}
