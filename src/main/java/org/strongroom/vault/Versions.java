package org.strongroom.vault;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.keys.Custody;
import org.strongroom.schema.Sensitivity;
import org.strongroom.store.Row;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/** Opens the versions of many subjects' records in few trips. Thread-safe. */
final class Versions {
  /** Of one subject in one collection; who has more is compared with the newest of them. */
  private static final int MAX_VERSIONS = 1000;

  private static final Set<Sensitivity> ALL = EnumSet.allOf(Sensitivity.class);
  private static final Set<Sensitivity> ORDINARY = EnumSet.of(Sensitivity.ORDINARY);

  private final StoreView store;
  private final Custody keys;
  private final RecordCodec codec;
  private final Shelf shelf;

  Versions(StoreView store, Custody keys, RecordCodec codec, Shelf shelf) {
    this.store = store;
    this.keys = keys;
    this.codec = codec;
    this.shelf = shelf;
  }

  /** A version that was opened. Holds personal data, so it prints nothing. */
  record Opened(long record, RecordCodec.Opened values) {
    @Override
    public String toString() {
      return "Opened[redacted]";
    }
  }

  /**
   * A subject in a collection.
   *
   * @param shelf the collection's number
   */
  record Place(Id subject, int shelf) {}

  /** What there is of a subject, as it lies in the store. */
  static final class Sealed {
    private final byte @Nullable [] wrappedKey;
    private final List<Row> rows;

    private Sealed(byte @Nullable [] wrappedKey, List<Row> rows) {
      this.wrappedKey = wrappedKey;
      this.rows = rows;
    }

    /** The data key; null once it was destroyed. */
    byte @Nullable [] wrappedKey() {
      return wrappedKey;
    }

    /** Versions, record by record, the newest first. */
    List<Row> rows() {
      return rows;
    }
  }

  /**
   * All versions of each subject's records, record by record, the newest first; none of a subject
   * whose key was destroyed.
   */
  List<List<Opened>> of(List<Id> subjects) {
    return open(subjects, MAX_VERSIONS, ALL);
  }

  /** The ordinary part of the newest version of each subject's newest record. */
  List<List<Opened>> newestOf(List<Id> subjects) {
    return open(subjects, 1, ORDINARY);
  }

  private List<List<Opened>> open(List<Id> subjects, int most, Set<Sensitivity> classes) {
    List<Sealed> sealed = shelf.spec().onePerSubject() ? only(subjects, most) : all(subjects, most);
    List<List<Opened>> out = new ArrayList<>(subjects.size());
    for (int i = 0; i < sealed.size(); i++) {
      byte @Nullable [] key = sealed.get(i).wrappedKey();
      List<Row> rows = sealed.get(i).rows();
      out.add(
          key == null || rows.isEmpty() ? List.of() : open(subjects.get(i), key, rows, classes));
    }
    return out;
  }

  private List<Sealed> all(List<Id> subjects, int most) {
    List<byte @Nullable []> wrapped =
        store.getAllInOrder(Table.RECORDS, subjects.stream().map(Layout::dataKey).toList());
    List<List<Row>> rows =
        store.scanAll(
            Table.RECORDS,
            subjects.stream().map(id -> Layout.collectionPrefix(id, shelf.id())).toList(),
            most);
    List<Sealed> out = new ArrayList<>(subjects.size());
    for (int i = 0; i < rows.size(); i++) {
      out.add(new Sealed(wrapped.get(i), rows.get(i)));
    }
    return out;
  }

  /** The same where a subject has one record. */
  private List<Sealed> only(List<Id> subjects, int most) {
    List<byte[]> keys = singleKeys(subjects.stream().map(id -> new Place(id, shelf.id())).toList());
    List<Sealed> out = single(keys, store.getAllInOrder(Table.RECORDS, keys));
    List<Integer> changed = new ArrayList<>();
    for (int i = 0; i < subjects.size(); i++) {
      if (out.get(i).rows().isEmpty()) {
        changed.add(i);
      }
    }
    List<Sealed> walked = all(changed.stream().map(subjects::get).toList(), most);
    for (int i = 0; i < walked.size(); i++) {
      out.set(changed.get(i), walked.get(i));
    }
    return out;
  }

  /**
   * Where the version of each subject lies that has one alone, in collections with one record each.
   * Nearly all have one, and three gets, of keys that lie side by side, take a third of the time of
   * a walk.
   */
  static List<byte[]> singleKeys(List<Place> places) {
    List<byte[]> keys = new ArrayList<>(3 * places.size());
    for (Place place : places) {
      keys.add(Layout.dataKey(place.subject));
      keys.add(Layout.version(place.subject, place.shelf, RecordId.ONLY.value(), 2));
      keys.add(Layout.version(place.subject, place.shelf, RecordId.ONLY.value(), 1));
    }
    return keys;
  }

  /**
   * What lies there; no row where there is none, or more than one.
   *
   * @param keys as of {@link #singleKeys}
   * @param values at these keys
   */
  static List<Sealed> single(List<byte[]> keys, List<byte @Nullable []> values) {
    List<Sealed> out = new ArrayList<>(values.size() / 3);
    for (int i = 0; i < values.size(); i += 3) {
      byte @Nullable [] first = values.get(i + 2);
      boolean alone = first != null && values.get(i + 1) == null;
      out.add(
          new Sealed(
              values.get(i),
              alone && first != null ? List.of(new Row(keys.get(i + 2), first)) : List.of()));
    }
    return out;
  }

  private List<Opened> open(Id subject, byte[] wrapped, List<Row> rows, Set<Sensitivity> classes) {
    List<Opened> out = new ArrayList<>(rows.size());
    try (SecretBytes key = keys.unwrap(subject, wrapped)) {
      for (Row row : rows) {
        byte[] at = Layout.requireLength(row.key(), Layout.VERSION_KEY);
        out.add(
            new Opened(
                Layout.recordOf(at), codec.open(shelf.spec(), at, key, row.value(), classes)));
      }
    }
    return out;
  }
}
