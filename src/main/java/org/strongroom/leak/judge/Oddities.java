package org.strongroom.leak.judge;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Field;
import org.strongroom.schema.FieldType;
import org.strongroom.schema.ResidentId;
import org.strongroom.vault.Suspect;

/**
 * Counts the records with values that test generators and forms leave behind; see {@link TestValue}
 * for single ones. Two kinds need more than one record: ID numbers that go up one by one, and a
 * value of an identifying field that many records share.
 *
 * <p>For one thread; each worker has its own, and they are merged. What comes out depends neither
 * on their order nor on who saw which. Memory is bounded: a mebibyte for each identifying field.
 * Keeps no value.
 */
public final class Oddities {
  /**
   * Numbers are handed out by place and day, odd ones to men and even ones to women, so that real
   * ones in order skip; as many in a row without a gap are a counter's.
   */
  private static final int LEAST_IN_A_ROW = 8;

  private static final int SEQUENCE_FROM = 6 + 8;
  private static final int CHECKED = ResidentId.LENGTH - 1;

  private final CollectionSpec spec;
  private final TestValue[] tests;
  private final @Nullable SharedValues[] shared;
  private final int subjectField;
  private final TreeMap<String, Long> counts = new TreeMap<>();

  public Oddities(CollectionSpec spec) {
    this.spec = spec;
    this.tests = new TestValue[spec.fieldCount()];
    this.shared = new @Nullable SharedValues[spec.fieldCount()];
    for (int i = 0; i < tests.length; i++) {
      FieldType type = spec.field(i).type();
      tests[i] = TestValue.of(type.name());
      // Where a subject has many records, they share its values by right.
      if (spec.onePerSubject() && type.entropy() == FieldType.Entropy.IDENTIFYING) {
        shared[i] = new SharedValues();
      }
    }
    boolean resident = spec.field(spec.subjectField()).type().name().equals("cn.resident_id");
    this.subjectField = resident ? spec.subjectField() : -1;
  }

  /**
   * Which of the records that follow one another in the sample have ID numbers that go up one by
   * one.
   *
   * @return by position in the batch
   */
  public BitSet counting(List<Suspect> batch) {
    BitSet out = new BitSet();
    int inARow = 1;
    long last = -1;
    for (int i = 0; i < batch.size(); i++) {
      long number = number(batch.get(i));
      inARow = last >= 0 && number == last + 1 ? inARow + 1 : 1;
      if (inARow >= LEAST_IN_A_ROW) {
        out.set(i + 1 - inARow, i + 1);
      }
      last = number;
    }
    return out;
  }

  /** The ID number without its check character; -1 if there is none. */
  private long number(Suspect suspect) {
    String id = subjectField < 0 ? null : suspect.at(subjectField);
    return id == null || id.length() != ResidentId.LENGTH ? -1 : Long.parseLong(id, 0, CHECKED, 10);
  }

  /**
   * Sees a record.
   *
   * @param matched whether its identifier is this vault's: then its ID number is nobody's
   *     invention, and an e-mail domain that is reserved for tests is what this vault itself holds
   * @param counting what {@link #counting} said of it
   */
  public void see(Suspect suspect, boolean matched, boolean counting) {
    if (counting && !matched) {
      count("id_counting_up", 1);
    }
    List<String> kinds = new ArrayList<>(0);
    for (int i = 0; i < tests.length; i++) {
      String value = suspect.at(i);
      if (value != null) {
        add(kinds, tests[i].kind(value, matched));
        SharedValues values = shared[i];
        if (values != null) {
          values.see(value);
        }
      }
    }
    for (Suspect.Alternative other : suspect.others()) {
      add(kinds, tests[other.position()].kind(other.value(), matched));
    }
    kinds.forEach(kind -> count(kind, 1));
  }

  private static void add(List<String> kinds, @Nullable String kind) {
    if (kind != null && !kinds.contains(kind)) {
      kinds.add(kind);
    }
  }

  private void count(String kind, long records) {
    counts.merge(kind, records, Long::sum);
  }

  /** Takes over what another has seen of the same sample. */
  public void merge(Oddities other) {
    if (other.spec != spec) {
      throw new IllegalArgumentException("the oddities of two collections do not add up");
    }
    other.counts.forEach(this::count);
    for (int i = 0; i < shared.length; i++) {
      SharedValues mine = shared[i];
      SharedValues theirs = other.shared[i];
      if (mine != null && theirs != null) {
        mine.merge(theirs);
      }
    }
  }

  /**
   * How many records have a value of each kind, by the kind's name: those of {@link TestValue},
   * {@code id_counting_up}, and {@code shared_} with a field's name.
   */
  public SortedMap<String, Long> counts() {
    TreeMap<String, Long> out = new TreeMap<>(counts);
    for (int i = 0; i < shared.length; i++) {
      SharedValues values = shared[i];
      long records = values == null ? 0 : values.records();
      if (records > 0) {
        Field field = spec.field(i);
        out.put("shared_" + field.name(), records);
      }
    }
    return out;
  }

  /** The three digits of an ID number that tell people of one place and day apart. */
  static String sequence(String id) {
    return id.substring(SEQUENCE_FROM, CHECKED);
  }
}
