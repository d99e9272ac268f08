package org.strongroom.leak.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Field;
import org.strongroom.schema.FieldType;
import org.strongroom.schema.Index;
import org.strongroom.schema.InvalidValue;
import org.strongroom.vault.Suspect;

/**
 * Makes suspects of rows: validates what the mapping says is a field, looks for identifiers in
 * text, and counts. A row gives the suspect whose columns it has; identifiers in text go to that
 * one if they can only be its own, else each to one of theirs. For one thread; each has its own.
 *
 * <p>Pictures are counted but not made part of a suspect.
 */
public final class SuspectMaker {
  private static final int MAX_PROBLEMS = 16;

  private final CollectionSpec spec;
  private final Mapping mapping;
  private final Extractor extractor;
  private final Tally tally = new Tally();
  private final boolean[] identifying;
  private final boolean[] image;
  private final int[][] indexes;

  /** What is said of an invalid value, by position and code, so that it is not made each time. */
  private final List<Map<String, String>> problems = new ArrayList<>();

  private @Nullable String[] values = new @Nullable String[0];

  /** Whether the value is from the column that is the field. */
  private final boolean[] own;

  private final List<Suspect.Alternative> others = new ArrayList<>();
  private final Set<String> codes = new LinkedHashSet<>();

  /** Takes what became of a row. */
  public interface Sink {
    /** Somebody of whom a row speaks; perhaps one of several. */
    void suspect(int row, Suspect suspect);

    /**
     * The row has no valid identifier.
     *
     * @param problems why, such as {@code resident_id.check_digit}; empty if it has none at all
     */
    void none(int row, Set<String> problems);
  }

  public SuspectMaker(CollectionSpec spec, Mapping mapping) {
    this.spec = spec;
    this.mapping = mapping;
    this.extractor = new Extractor(spec);
    int count = spec.fieldCount();
    this.identifying = new boolean[count];
    this.own = new boolean[count];
    this.image = new boolean[count];
    for (int i = 0; i < count; i++) {
      FieldType type = spec.field(i).type();
      identifying[i] = type.entropy() == FieldType.Entropy.IDENTIFYING;
      image[i] = type.name().equals("image");
      problems.add(new HashMap<>());
    }
    this.indexes =
        spec.indexes().stream()
            .map(Index::fields)
            .map(fields -> fields.stream().map(Field::name).mapToInt(spec::position).toArray())
            .toArray(int[][]::new);
  }

  /** What was counted so far. */
  public Tally tally() {
    return tally;
  }

  /** Makes the suspects of all rows, in their order. */
  public void make(Rows rows, Sink sink) {
    for (int row = 0; row < rows.size(); row++) {
      make(rows, row, sink);
    }
  }

  private void make(Rows rows, int row, Sink sink) {
    values = new @Nullable String[spec.fieldCount()];
    Arrays.fill(own, false);
    others.clear();
    codes.clear();
    extractor.clear();
    int count = rows.values(row);
    for (int i = 0; i < count; i++) {
      String raw = rows.value(row, i);
      if (!Blank.isBlank(raw)) {
        take(rows.column(row, i), raw);
      }
    }
    if (extractor.count() == 0) {
      if (isIdentified()) {
        sink.suspect(row, suspect());
      } else {
        sink.none(row, Set.copyOf(codes));
      }
    } else {
      withText(row, sink);
    }
  }

  private void take(int column, String raw) {
    int position = mapping.position(column);
    boolean link = Tally.isLink(raw);
    if (link) {
      tally.link(raw);
    }
    if (position != Mapping.NONE) {
      tally.value(column, image[position] ? link || isPicture(raw) : field(position, raw, true));
    } else if (mapping.further(column) == Mapping.MIXED) {
      tally.value(column, mixed(raw));
    } else if (mapping.further(column) != Mapping.NONE) {
      tally.value(column, field(mapping.further(column), raw, false));
    } else {
      tally.value(column, mapping.isText(column) && !link && extractor.search(raw));
    }
  }

  /** Whether a value is, by its first bytes, a JPEG or PNG file as base64 or in a data URI. */
  static boolean isPicture(String raw) {
    return raw.startsWith("data:image/") || raw.startsWith("/9j/") || raw.startsWith("iVBORw0KGgo");
  }

  /** Takes a value of a field; one that is not its column's comes second if both are there. */
  private boolean field(int position, String raw, boolean first) {
    String value;
    try {
      value = spec.normaliseQuery(position, raw);
    } catch (InvalidValue e) {
      String type = spec.field(position).type().name();
      tally.invalid(type, e.code());
      if (codes.size() < MAX_PROBLEMS) {
        codes.add(
            problems
                .get(position)
                .computeIfAbsent(e.code(), code -> spec.field(position).name() + "." + code));
      }
      return false;
    }
    put(position, value, first);
    return true;
  }

  private void put(int position, String value, boolean first) {
    @Nullable String before = values[position];
    if (before == null) {
      values[position] = value;
    } else if (!before.equals(value)) {
      boolean instead = first && !own[position];
      values[position] = instead ? value : before;
      others.add(new Suspect.Alternative(position, instead ? before : value));
    }
    own[position] |= first;
  }

  /** A value that is an identifier of one kind or another. */
  private boolean mixed(String raw) {
    for (int position :
        new int[] {extractor.idPosition(), extractor.phonePosition(), extractor.emailPosition()}) {
      if (position != Mapping.NONE) {
        try {
          put(position, spec.normaliseQuery(position, raw), false);
          return true;
        } catch (InvalidValue e) {
          // Perhaps of the next kind.
        }
      }
    }
    return extractor.search(raw);
  }

  private boolean isIdentified() {
    for (int i = 0; i < identifying.length; i++) {
      if (identifying[i] && values[i] != null) {
        return true;
      }
    }
    for (int[] index : indexes) {
      boolean complete = true;
      for (int position : index) {
        complete &= values[position] != null;
      }
      if (complete) {
        return true;
      }
    }
    return false;
  }

  private Suspect suspect() {
    return new Suspect(spec, values, others);
  }

  /** A row in whose text identifiers were found, beside its fields if it has any. */
  private void withText(int row, Sink sink) {
    Set<String> ids = extractor.ids();
    Set<String> phones = extractor.phones();
    Set<String> emails = extractor.emails();
    int id = extractor.idPosition();
    if (isIdentified()) {
      sink.suspect(row, suspect());
      ids.stream()
          .filter(number -> !number.equals(values[id]))
          .forEach(number -> sink.suspect(row, only(id, number)));
    } else if (ids.size() > 1) {
      // Whose the telephone is in a text about several people is anybody's guess.
      ids.forEach(number -> sink.suspect(row, only(id, number)));
    } else if (ids.size() == 1 || (phones.size() <= 1 && emails.size() <= 1)) {
      adopt(id, ids);
      adopt(extractor.phonePosition(), phones);
      adopt(extractor.emailPosition(), emails);
      sink.suspect(row, suspect());
    } else {
      phones.forEach(number -> sink.suspect(row, only(extractor.phonePosition(), number)));
      emails.forEach(address -> sink.suspect(row, only(extractor.emailPosition(), address)));
    }
  }

  /** Gives the row's suspect what was found, if there is but one. */
  private void adopt(int position, Set<String> found) {
    if (found.size() == 1) {
      values[position] = found.iterator().next();
    }
  }

  private Suspect only(int position, String value) {
    @Nullable String[] alone = new @Nullable String[spec.fieldCount()];
    alone[position] = value;
    return new Suspect(spec, alone, List.of());
  }
}
