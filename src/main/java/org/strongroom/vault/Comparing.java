package org.strongroom.vault;

import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.FieldType;
import org.strongroom.schema.ResidentId;

/**
 * Compares one suspect with the versions of one subject.
 *
 * <p>What follows from an ID number (birth date, sex) is compared like the rest, but proves nothing
 * to somebody who has the number; nor does one field of few values. A suspect that offers no more
 * is undecided.
 */
final class Comparing {
  private static final String RESIDENT_ID = "cn.resident_id";

  /** Fields of few values that together tell as much as a name does. */
  private static final int LOW_FIELDS = 3;

  private final CollectionSpec spec;
  private final LocalDate today;
  private final int idField;

  Comparing(Shelf shelf, LocalDate today) {
    this.spec = shelf.spec();
    this.today = today;
    int found = -1;
    for (int i = 0; i < spec.fieldCount() && found < 0; i++) {
      found = spec.field(i).type().name().equals(RESIDENT_ID) ? i : -1;
    }
    this.idField = found;
  }

  /**
   * Compares.
   *
   * @param by the index that led to the subject
   * @param held record by record, the newest version first
   * @return null when an index led to somebody who does not have what was sought any more
   * @throws VaultException {@code CORRUPT} when an identity led to somebody who never had it
   */
  @Nullable Compared compare(
      Suspect suspect, Shelf.IndexKey by, Id subject, List<Versions.Opened> held) {
    @Nullable Compared best = null;
    int begin = 0;
    boolean holds = held.isEmpty();
    while (begin < held.size()) {
      int end = begin + 1;
      while (end < held.size() && held.get(end).record() == held.get(begin).record()) {
        end++;
      }
      List<Versions.Opened> versions = held.subList(begin, end);
      if (sought(suspect, by, versions.get(0).values())) {
        holds = true;
        Compared each = record(suspect, by, subject, versions);
        best = best == null || better(each, best) ? each : best;
      }
      begin = end;
    }
    if (!holds && by.use() != Shelf.Use.SEARCH) {
      throw new VaultException(
          ErrorCode.CORRUPT, "an index leads to a record that does not hold what was sought");
    }
    // Known here, in another collection only.
    return held.isEmpty() ? nothing(suspect, by, subject) : best;
  }

  /** Whether one comparison fits better than another: more of it was true together. */
  static boolean better(Compared one, Compared other) {
    if (one.genuine() != other.genuine()) {
      return one.genuine();
    }
    return one.agreeing() > other.agreeing();
  }

  private static boolean sought(Suspect suspect, Shelf.IndexKey by, Shelf.Values held) {
    if (by.same(suspect::at, held)) {
      return true;
    }
    int only = by.positions()[0];
    if (by.positions().length > 1) {
      return false;
    }
    for (Suspect.Alternative other : suspect.others()) {
      if (other.position() == only
          && by.same(position -> position == only ? other.value() : null, held)) {
        return true;
      }
    }
    return false;
  }

  private Compared nothing(Suspect suspect, Shelf.IndexKey by, Id subject) {
    Likeness[] fields = new Likeness[spec.fieldCount()];
    Arrays.fill(fields, Likeness.ABSENT);
    for (int i = 0; i < fields.length; i++) {
      if (comparable(suspect, i)) {
        fields[i] = Likeness.NOT_HELD;
      }
    }
    return new Compared(
        subject,
        by.positions().length == 1,
        fields,
        new long[0],
        false,
        new long[0],
        Compared.UNKNOWN,
        Compared.UNKNOWN);
  }

  private boolean comparable(Suspect suspect, int position) {
    return suspect.at(position) != null
        && spec.field(position).type().json() != FieldType.JsonKind.IMAGE;
  }

  private Compared record(
      Suspect suspect, Shelf.IndexKey by, Id subject, List<Versions.Opened> versions) {
    int count = versions.size();
    Likeness[] fields = new Likeness[spec.fieldCount()];
    boolean[] fits = new boolean[count];
    Arrays.fill(fits, true);
    List<Long> before = new ArrayList<>(0);
    int telling = 0;
    int low = 0;
    for (int i = 0; i < fields.length; i++) {
      if (!comparable(suspect, i)) {
        fields[i] = Likeness.ABSENT;
        continue;
      }
      fields[i] = field(suspect, i, versions, fits, before);
      if (fields[i] != Likeness.NOT_HELD && !follows(suspect, by, i)) {
        if (spec.field(i).type().entropy() == FieldType.Entropy.LOW) {
          low++;
        } else {
          telling++;
        }
      }
    }
    RecordCodec.Opened newest = versions.get(0).values();
    return new Compared(
        subject,
        by.positions().length == 1,
        fields,
        before.stream().mapToLong(Long::longValue).toArray(),
        telling > 0 || low >= LOW_FIELDS,
        spans(versions, fits),
        region(newest),
        age(newest));
  }

  /** Compares one field with all versions, and takes those out that it does not fit. */
  private Likeness field(
      Suspect suspect,
      int position,
      List<Versions.Opened> versions,
      boolean[] fits,
      List<Long> before) {
    FieldType type = spec.field(position).type();
    Likeness out = Likeness.NOT_HELD;
    boolean[] good = new boolean[versions.size()];
    @Nullable String last = null;
    Likeness lastLikeness = Likeness.DIFFERENT;
    for (int v = 0; v < versions.size(); v++) {
      @Nullable String value = versions.get(v).values().at(position);
      if (value == null) {
        continue;
      }
      if (!value.equals(last)) {
        lastLikeness = likeness(suspect, position, type, value);
        last = value;
      }
      good[v] = lastLikeness != Likeness.DIFFERENT;
      if (lastLikeness == Likeness.EQUAL_NOW && v > 0 && out != Likeness.EQUAL_NOW) {
        before.add((long) position);
        before.add(begin(versions, v));
        before.add(begin(versions, v - 1));
        out = Likeness.EQUAL_BEFORE;
      } else if (out == Likeness.NOT_HELD || rank(lastLikeness) > rank(out)) {
        out = lastLikeness;
      }
    }
    if (out != Likeness.NOT_HELD) {
      for (int v = 0; v < fits.length; v++) {
        fits[v] &= good[v];
      }
    }
    return out;
  }

  private static int rank(Likeness likeness) {
    return switch (likeness) {
      case EQUAL_NOW -> 3;
      case EQUAL_BEFORE -> 2;
      case NEAR -> 1;
      case DIFFERENT, NOT_HELD, ABSENT -> 0;
    };
  }

  /** Equal, near or different; whichever of the suspect's values fits best. */
  private static Likeness likeness(Suspect suspect, int position, FieldType type, String held) {
    String said = String.valueOf(suspect.at(position));
    Likeness out = likeness(type, said, held);
    for (Suspect.Alternative other : suspect.others()) {
      if (other.position() == position && out != Likeness.EQUAL_NOW) {
        Likeness more = likeness(type, other.value(), held);
        out = rank(more) > rank(out) ? more : out;
      }
    }
    return out;
  }

  private static Likeness likeness(FieldType type, String said, String held) {
    if (said.equals(held) || type.indexForm(said).equals(type.indexForm(held))) {
      return Likeness.EQUAL_NOW;
    }
    return type.near(said, held) ? Likeness.NEAR : Likeness.DIFFERENT;
  }

  /** Whether who has the identifier has this as well. */
  private boolean follows(Suspect suspect, Shelf.IndexKey by, int position) {
    for (int each : by.positions()) {
      if (each == position) {
        return true;
      }
    }
    @Nullable String number = idField < 0 ? null : suspect.at(idField);
    String value = String.valueOf(suspect.at(position));
    if (number == null || number.length() != ResidentId.LENGTH || idField != by.positions()[0]) {
      return false;
    }
    return switch (spec.field(position).type().name()) {
      case "date" -> value.equals(ResidentId.birthDate(number).toString());
      case "enum" -> value.equals(ResidentId.isMale(number) ? "male" : "female");
      default -> false;
    };
  }

  private static long begin(List<Versions.Opened> versions, int v) {
    return versions.get(v).values().keptAt().toEpochMilli();
  }

  private static long[] spans(List<Versions.Opened> versions, boolean[] fits) {
    long[] out = new long[2 * fits.length];
    int length = 0;
    for (int v = 0; v < fits.length; v++) {
      if (fits[v]) {
        long from = begin(versions, v);
        if (v > 0 && fits[v - 1]) {
          out[length - 2] = from;
        } else {
          out[length++] = from;
          out[length++] = v == 0 ? Compared.STILL : begin(versions, v - 1);
        }
      }
    }
    return Arrays.copyOf(out, length);
  }

  /** The first two digits of the record's ID number. */
  int region(Shelf.Values held) {
    @Nullable String number = idField < 0 ? null : held.at(idField);
    return number == null || number.length() != ResidentId.LENGTH
        ? Compared.UNKNOWN
        : (number.charAt(0) - '0') * 10 + number.charAt(1) - '0';
  }

  private int age(Shelf.Values held) {
    @Nullable String number = idField < 0 ? null : held.at(idField);
    return number == null || number.length() != ResidentId.LENGTH
        ? Compared.UNKNOWN
        : Math.max(0, Period.between(ResidentId.birthDate(number), today).getYears());
  }
}
