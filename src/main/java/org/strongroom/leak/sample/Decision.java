package org.strongroom.leak.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.FieldType;

/**
 * Weighs what was learnt. For each column and field there is a weight from 0 to 1: what the values
 * say, where a check digit says far more than a shape, and what the name says, which counts less
 * the fewer values bear it out. The heaviest pair is taken first, then the next whose column and
 * field are still free.
 */
final class Decision {
  private static final double BY_PATH = 0.02;
  private static final double UNSEEN = 0.05;
  private static final int BIRTH_YEARS = 30;

  private final CollectionSpec spec;
  private final Columns columns;
  private final Map<String, Integer> maps;
  private final List<@Nullable ColumnStats> stats;
  private final int rows;
  private final Mapping.Slot[] slots;

  /** A column that may be a field. */
  private record Pair(int column, int position, double weight, String by) {}

  Decision(
      CollectionSpec spec,
      Columns columns,
      Map<String, Integer> maps,
      List<@Nullable ColumnStats> stats,
      int rows) {
    this.spec = spec;
    this.columns = columns;
    this.maps = maps;
    this.stats = stats;
    this.rows = rows;
    this.slots = new Mapping.Slot[columns.size()];
  }

  Mapping mapping() {
    Map<Integer, Pair> chosen = new HashMap<>();
    Set<Integer> taken = new HashSet<>();
    List<Pair> pairs = pairs();
    for (Pair pair : pairs) {
      if (!chosen.containsKey(pair.column()) && !taken.contains(pair.position())) {
        chosen.put(pair.column(), pair);
        taken.add(pair.position());
      }
    }
    Set<Integer> sure = new HashSet<>();
    chosen.values().stream()
        .filter(pair -> !pair.by().equals("values"))
        .forEach(pair -> sure.add(pair.position()));
    for (int column = 0; column < slots.length; column++) {
      slots[column] = slot(column, chosen.get(column), pairs, sure);
    }
    Set<String> unmet = new HashSet<>(maps.keySet());
    for (int column = 0; column < slots.length; column++) {
      String name = columns.name(column);
      unmet.remove(name);
      unmet.remove(lastPart(name));
    }
    return new Mapping(spec, slots, unmet);
  }

  private List<Pair> pairs() {
    List<Pair> out = new ArrayList<>();
    for (int column = 0; column < slots.length; column++) {
      @Nullable Integer mapped = mapped(column);
      if (mapped != null) {
        out.add(new Pair(column, mapped, 2, "map"));
        continue;
      }
      @Nullable ColumnStats of = of(column);
      if (of == null) {
        // Of a column without a value yet, the name is all there is.
        int position = spec.positionOf(columns.name(column));
        if (position >= 0 && !maps.containsValue(position)) {
          out.add(new Pair(column, position, UNSEEN, "name"));
        }
        continue;
      }
      for (int position = 0; position < spec.fieldCount(); position++) {
        if (!maps.containsValue(position)) {
          Pair pair = pair(column, of, position);
          if (pair.weight() > 0) {
            out.add(pair);
          }
        }
      }
    }
    out.sort(
        Comparator.comparingDouble((Pair pair) -> -pair.weight())
            .thenComparingInt(pair -> -values(pair.column()))
            .thenComparingInt(Pair::column)
            .thenComparingInt(Pair::position));
    return out;
  }

  private @Nullable ColumnStats of(int column) {
    return column < stats.size() ? stats.get(column) : null;
  }

  private int values(int column) {
    @Nullable ColumnStats of = of(column);
    return of == null ? 0 : of.values;
  }

  private @Nullable Integer mapped(int column) {
    String name = columns.name(column);
    @Nullable Integer whole = maps.get(name);
    return whole != null ? whole : maps.get(lastPart(name));
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private Pair pair(int column, ColumnStats of, int position) {
    String name = columns.name(column);
    double byValues = byValues(of, position);
    boolean whole = spec.positionOf(name) == position;
    boolean last = whole || spec.positionOf(lastPart(name)) == position;
    if (!last) {
      return new Pair(column, position, byValues, "values");
    }
    double borneOut = borneOut(of, position);
    // A name is not believed of values that are plainly something else.
    if (borneOut < 0.02 && strongest(of) > 0.8) {
      return new Pair(column, position, byValues, "values");
    }
    double byName = 0.5 + 0.49 * borneOut - (whole ? 0 : BY_PATH);
    return new Pair(column, position, Math.max(byName, Math.min(0.995, byValues + 0.05)), "name");
  }

  /** What the values alone say for a field. */
  private double byValues(ColumnStats of, int position) {
    FieldType type = spec.field(position).type();
    double share = of.share(of.valid[position]);
    return switch (type.name()) {
      case "cn.resident_id" -> share >= 0.05 ? 0.6 + 0.39 * share : 0;
      case "phone" -> share >= 0.5 ? 0.5 + 0.45 * share : 0;
      case "email" -> share >= 0.3 ? 0.5 + 0.47 * share : 0;
      case "date" -> date(of, position, share);
      case "timestamp" -> share >= 0.9 ? 0.4 * share : 0;
      case "enum" -> listed(of, position, share);
      case "name" -> name(of, position);
      case "address" -> address(of, position);
      case "image" -> of.share(of.pictures) > 0.5 ? 0.9 : 0;
      default -> 0;
    };
  }

  private double date(ColumnStats of, int position, double share) {
    if (share < 0.5) {
      return 0;
    }
    if (!spec.followsFromId(position)) {
      return of.agreeing * 2 > of.withId ? 0 : 0.3 * share;
    }
    if (of.withId > 0) {
      double agreeing = (double) of.agreeing / of.withId;
      return agreeing >= 0.3 ? 0.6 + 0.35 * agreeing : 0;
    }
    // Without ID numbers beside it, dates of several generations are birth dates.
    return of.lastYear - of.firstYear >= BIRTH_YEARS ? 0.45 * share : 0;
  }

  private double listed(ColumnStats of, int position, double share) {
    // A word that never changes may stand for anything.
    if (share < 0.8 || of.distinct() < 2) {
      return 0;
    }
    double words = (double) of.words[position] / of.valid[position];
    if (spec.followsFromId(position) && of.withId >= 5) {
      double agreeing = (double) of.agreeing / of.withId;
      // Codes such as 1 and 2 are those of many lists; a sex is told by the ID number.
      return agreeing >= 0.8 ? 0.85 * share : 0;
    }
    return words > 0.8 ? 0.75 * share * words : 0;
  }

  private double name(ColumnStats of, int position) {
    double share = of.share(of.names);
    boolean various = of.distinct() >= Math.min(20, of.values / 2.0);
    // Everybody has a name; few have had another one.
    double filled = rows == 0 ? 0 : Math.min(1, (double) of.values / rows);
    return share >= 0.5 && various ? 0.4 + 0.2 * share + 0.1 * filled + principal(position) : 0;
  }

  private double address(ColumnStats of, int position) {
    double share = of.share(of.addresses);
    if (share < 0.5) {
      return 0;
    }
    boolean houses = of.share(of.houses) > 0.3;
    double fits = houses ? principal(position) : 0.02 - principal(position);
    return 0.4 + 0.35 * share + fits;
  }

  /** A little more for the field that is called like its type, before others of that type. */
  private double principal(int position) {
    return spec.field(position).name().equals(spec.field(position).type().name()) ? 0.02 : 0;
  }

  /** How far the values bear a name out. */
  private double borneOut(ColumnStats of, int position) {
    return switch (spec.field(position).type().name()) {
      case "name" -> Math.max(0.6, of.share(of.names));
      case "address" -> Math.max(0.6, of.share(of.addresses));
      case "text" -> 0.8;
      case "image" -> Math.max(0.3, of.share(of.pictures));
      default -> of.share(of.valid[position]);
    };
  }

  /** What the values are most plainly. */
  private double strongest(ColumnStats of) {
    double out = 0;
    for (int position = 0; position < spec.fieldCount(); position++) {
      out = Math.max(out, byValues(of, position));
    }
    return out;
  }

  private Mapping.Slot slot(
      int column, @Nullable Pair chosen, List<Pair> pairs, Set<Integer> sure) {
    @Nullable ColumnStats of = of(column);
    if (chosen == null) {
      return of == null
          ? new Mapping.Slot(Mapping.NONE, Mapping.NONE, List.of(), true, null, "none", 0, 0)
          : unmapped(column, of, pairs, sure);
    }
    String type = spec.field(chosen.position()).type().name();
    if (of == null) {
      double confidence = chosen.by().equals("map") ? 1 : 0.5;
      return new Mapping.Slot(
          chosen.position(), Mapping.NONE, List.of(), false, type, chosen.by(), 0, confidence);
    }
    double share =
        switch (type) {
          case "name", "address", "text" -> 0;
          case "image" -> of.share(of.pictures);
          default -> of.share(of.valid[chosen.position()]);
        };
    if (chosen.by().equals("map")) {
      return new Mapping.Slot(
          chosen.position(), Mapping.NONE, List.of(), false, type, "map", share, 1);
    }
    if (chosen.by().equals("values") && isMixed(of, chosen.position())) {
      return new Mapping.Slot(
          Mapping.NONE, Mapping.MIXED, List.of(), true, "mixed", "values", 0, chosen.weight());
    }
    List<Integer> others =
        chosen.by().equals("values") ? others(chosen, pairs, sure) : List.<Integer>of();
    double confidence = Math.min(0.99, chosen.weight()) * (others.isEmpty() ? 1 : 0.7);
    return new Mapping.Slot(
        chosen.position(), Mapping.NONE, others, false, type, chosen.by(), share, confidence);
  }

  /** Other fields of the same type that the column's values fit as well. */
  private List<Integer> others(Pair chosen, List<Pair> pairs, Set<Integer> sure) {
    String type = spec.field(chosen.position()).type().name();
    return pairs.stream()
        .filter(pair -> pair.column() == chosen.column() && pair.position() != chosen.position())
        .filter(pair -> pair.weight() > chosen.weight() - 0.1 && !sure.contains(pair.position()))
        .filter(pair -> spec.field(pair.position()).type().name().equals(type))
        .map(Pair::position)
        .sorted()
        .toList();
  }

  /** Whether identifiers of several kinds stand in the column. */
  private boolean isMixed(ColumnStats of, int position) {
    if (spec.field(position).type().entropy() != FieldType.Entropy.IDENTIFYING) {
      return false;
    }
    for (int other = 0; other < spec.fieldCount(); other++) {
      FieldType type = spec.field(other).type();
      if (type.entropy() == FieldType.Entropy.IDENTIFYING
          && !type.name().equals("text")
          && !type.name().equals(spec.field(position).type().name())
          && of.share(of.valid[other]) > 0.05) {
        return true;
      }
    }
    return false;
  }

  private Mapping.Slot unmapped(int column, ColumnStats of, List<Pair> pairs, Set<Integer> sure) {
    String name = columns.name(column);
    int further = Mapping.NONE;
    @Nullable String type = null;
    double weight = 0;
    List<Integer> others = new ArrayList<>();
    for (Pair pair : pairs) {
      if (pair.column() == column) {
        String found = spec.field(pair.position()).type().name();
        if (type == null) {
          type = found;
          weight = pair.weight();
        }
        if (pair.by().equals("values")
            && found.equals(type)
            && (found.equals("name") || found.equals("address") || found.equals("date"))
            && !sure.contains(pair.position())) {
          others.add(pair.position());
        }
        // The second telephone of a list that numbers them.
        if (found.equals("phone") || found.equals("email")) {
          String plain = lastPart(name).replaceAll("[_ -]?[0-9]{1,2}$", "");
          further = spec.positionOf(plain) == pair.position() ? pair.position() : further;
        }
      }
    }
    boolean text = holdsIdentifiers(of) || name.equals(TextRows.COLUMN);
    boolean mixed = false;
    if (further == Mapping.NONE && text && type == null) {
      mixed = isMixedBag(of);
    }
    return new Mapping.Slot(
        Mapping.NONE,
        mixed ? Mapping.MIXED : further,
        others,
        text && further == Mapping.NONE,
        type == null && text ? "text" : type,
        further != Mapping.NONE ? "name" : text ? "values" : "none",
        0,
        further != Mapping.NONE || text ? Math.min(0.9, Math.max(weight, 0.5)) : 0);
  }

  /** Whether most values are, as a whole, an identifier of some kind. */
  private boolean isMixedBag(ColumnStats of) {
    double sum = 0;
    Set<String> types = new HashSet<>();
    for (int position = 0; position < spec.fieldCount(); position++) {
      FieldType type = spec.field(position).type();
      if (type.entropy() == FieldType.Entropy.IDENTIFYING && types.add(type.name())) {
        sum += of.share(of.valid[position]);
      }
    }
    return sum > 0.5;
  }

  private static boolean holdsIdentifiers(ColumnStats of) {
    return of.holding > 0 && of.share(of.holding) >= 0.002;
  }
}
