package org.strongroom.leak.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.strongroom.ingest.ShownNames;
import org.strongroom.leak.report.Report;
import org.strongroom.schema.CollectionSpec;

/**
 * What each column of a sample was taken for: a field of the collection, text in which identifiers
 * are looked for, or nothing. A column is one field at most, and a field one column at most, beside
 * which others may hold further values of it. Immutable and thread-safe.
 */
public final class Mapping {
  /** Of a column that is no field. */
  public static final int NONE = -1;

  /** In place of a further field: each value is an identifier, of one kind or another. */
  static final int MIXED = -2;

  /** More columns than that are not told of. */
  private static final int MAX_TOLD = 1_000;

  private static final int MAX_NAME = 100;

  private final CollectionSpec spec;
  private final Slot[] slots;
  private final Set<String> unmet;

  /**
   * What a column is.
   *
   * @param position of the field; {@link #NONE} if there is none
   * @param further position of the field of which it holds values beside those of that field's
   *     column; {@link #NONE} if there is none
   * @param others further fields that it may be as well as the one at {@code position}
   * @param type what its values are; null if that is not known
   * @param share of its values that were valid while learning
   */
  record Slot(
      int position,
      int further,
      List<Integer> others,
      boolean text,
      @Nullable String type,
      String by,
      double share,
      double confidence) {
    Slot {
      others = List.copyOf(others);
    }

    Slot at(int newPosition, List<Integer> newOthers) {
      return new Slot(newPosition, NONE, newOthers, text, type, by, share, confidence);
    }
  }

  Mapping(CollectionSpec spec, Slot[] slots, Set<String> unmet) {
    this.spec = spec;
    this.slots = slots;
    this.unmet = Set.copyOf(unmet);
  }

  /** How many columns were known when this was made; later ones are searched as text. */
  public int size() {
    return slots.length;
  }

  /** The position of the field that a column is; {@link #NONE} if it is none. */
  public int position(int column) {
    return column < slots.length ? slots[column].position() : NONE;
  }

  /** The position of the field of which a column holds further values; {@link #NONE} if none. */
  int further(int column) {
    return column < slots.length ? slots[column].further() : NONE;
  }

  /** Whether identifiers are looked for anywhere in the column. */
  public boolean isText(int column) {
    return column >= slots.length || slots[column].text();
  }

  /** Whether every column of the rows was known; if not, it is worth learning again. */
  public boolean knows(Rows rows) {
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < rows.values(row); i++) {
        if (rows.column(row, i) >= slots.length) {
          return false;
        }
      }
    }
    return true;
  }

  /** Sources that were mapped by the caller, but are no columns of what was learnt from. */
  public Set<String> unmet() {
    return unmet;
  }

  /**
   * The columns that may be one of several fields of the same type, each with the positions of all
   * of them: the one that it is taken for first.
   */
  public Map<Integer, List<Integer>> candidates() {
    Map<Integer, List<Integer>> out = new TreeMap<>();
    for (int column = 0; column < slots.length; column++) {
      Slot slot = slots[column];
      if (!slot.others().isEmpty()) {
        List<Integer> all = new ArrayList<>();
        if (slot.position() != NONE) {
          all.add(slot.position());
        }
        all.addAll(slot.others());
        out.put(column, List.copyOf(all));
      }
    }
    return Collections.unmodifiableMap(out);
  }

  /**
   * This mapping with one column decided by comparing with what is held. A column that had the
   * field before becomes what this one was, if it can be that.
   *
   * @param position one of the column's candidates
   */
  public Mapping with(int column, int position) {
    Slot slot = slots[column];
    if (slot.position() != position && !slot.others().contains(position)) {
      throw new IllegalArgumentException("the column is no candidate for that field");
    }
    Slot[] out = slots.clone();
    for (int other = 0; other < out.length; other++) {
      if (other != column && out[other].position() == position) {
        boolean swaps = out[other].others().contains(slot.position());
        out[other] = out[other].at(swaps ? slot.position() : NONE, List.of());
      } else if (other != column && out[other].others().contains(position)) {
        List<Integer> left = out[other].others().stream().filter(each -> each != position).toList();
        out[other] = out[other].at(out[other].position(), left);
      }
    }
    out[column] =
        new Slot(
            position,
            NONE,
            List.of(),
            false,
            slot.type(),
            "agreement",
            slot.share(),
            Math.max(slot.confidence(), 0.95));
    return new Mapping(spec, out, unmet);
  }

  /**
   * The columns for the report: those that are fields first, then those with the most values; at
   * most 1,000. Names that look like values are replaced by the column's number.
   *
   * @param tally over all of the sample that was read by this mapping
   */
  public List<Report.Column> columns(Columns columns, Tally tally) {
    List<Integer> order = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      if (position(column) != NONE || tally.values(column) > 0) {
        order.add(column);
      }
    }
    order.sort(
        Comparator.<Integer>comparingInt(column -> position(column) == NONE ? 1 : 0)
            .thenComparing(
                column -> position(column) == NONE ? -tally.values(column) : (long) column)
            .thenComparing(column -> column));
    return order.stream()
        .limit(MAX_TOLD)
        .map(column -> told(columns.name(column), column, tally))
        .toList();
  }

  private Report.Column told(String name, int column, Tally tally) {
    long values = tally.values(column);
    double valid = values == 0 ? 0 : (double) tally.valid(column) / values;
    @Nullable Slot slot = column < slots.length ? slots[column] : null;
    int position = position(column);
    @Nullable String field = position == NONE ? null : spec.field(position).name();
    double confidence = slot == null ? 0 : slot.confidence();
    if (slot != null && slot.share() > 0 && valid < slot.share() && !slot.by().equals("map")) {
      // What held for the first records does not hold for all.
      confidence *= valid / slot.share();
    }
    return new Report.Column(
        shown(name, column),
        field,
        slot == null ? null : slot.type(),
        slot == null ? "none" : slot.by(),
        values,
        rounded(valid),
        rounded(confidence));
  }

  private static double rounded(double share) {
    return Math.round(share * 10_000) / 10_000.0;
  }

  /** A name as it may be shown. */
  private static String shown(String name, int column) {
    for (String part : name.split("[.$@#:/()（）\\[\\]]", -1)) {
      if (!part.isBlank() && !ShownNames.looksLikeName(part)) {
        return "(name not shown) " + (column + 1);
      }
    }
    return name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
  }

  @Override
  public String toString() {
    return "Mapping" + Arrays.stream(slots).mapToInt(Slot::position).boxed().toList();
  }
}
