package org.strongroom.vault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Row;
import org.strongroom.store.Store;
import org.strongroom.store.Table;

/**
 * Finds sealed record versions by blind index or by subject. Opens nothing. Thread-safe.
 *
 * <p>A page ends at the last match that it shows, and the next one begins behind that: the token
 * says no more than the answer did. Without {@code history} a token names no version, so that none
 * but the newest can be reached with it.
 */
final class Finder {
  private static final int SEARCH_ROW = Layout.INDEX_PREFIX + Id.BYTES + Layout.RECORD_BYTES;
  private static final int VERSION_BYTES = Layout.VERSION_KEY - Layout.RECORD_PREFIX;

  private static final Hits NOTHING = new Hits(List.of(), Optional.empty());

  private final Store store;

  Finder(Store store) {
    this.store = store;
  }

  /** A sealed version as it lies in the store. */
  static final class Found {
    private final Id subject;
    private final byte[] key;
    private final byte[] value;
    private final @Nullable Found newest;
    private final byte @Nullable [] wrappedKey;

    private Found(byte[] key, byte[] value, @Nullable Found newest, byte @Nullable [] wrappedKey) {
      this.subject = Id.read(key, 0);
      this.key = key;
      this.value = value;
      this.newest = newest;
      this.wrappedKey = wrappedKey;
    }

    Id subject() {
      return subject;
    }

    RecordId record() {
      return new RecordId(Layout.recordOf(key));
    }

    int version() {
      return Layout.versionOf(key);
    }

    byte[] key() {
      return key;
    }

    byte[] value() {
      return value;
    }

    /** The subject's data key as it was then; null where it was not read with the version. */
    byte @Nullable [] wrappedKey() {
      return wrappedKey;
    }

    /** The version whose values must be those searched for; mostly this one. */
    Found evidence() {
      return newest == null ? this : newest;
    }
  }

  /**
   * A page of what was found.
   *
   * @param next where the following page begins, if there is more
   */
  record Hits(List<Found> found, Optional<String> next) {}

  /**
   * A search by an index.
   *
   * @param history whether all versions are sought, or the newest of each record
   */
  record Search(Shelf shelf, Shelf.Sought sought, Question.Page page, boolean history) {
    /** Whether it leads to one record at most: then it takes a few gets, and many go together. */
    boolean isShort() {
      return sought.use() == Shelf.Use.IDENTITY && isSingle(shelf, page);
    }
  }

  private static boolean isSingle(Shelf shelf, Question.Page page) {
    return shelf.spec().onePerSubject() && page.after().isEmpty();
  }

  /** The records that hold what is sought; one version each, or all. */
  Hits byIndex(Search search) {
    byte[] prefix = search.sought().prefix();
    return switch (search.sought().use()) {
      case IDENTITY -> {
        byte @Nullable [] row = store.get(Table.INDEX, prefix);
        yield row == null
            ? NOTHING
            : bySubject(search.shelf(), subjectAt(row), search.page(), search.history());
      }
      case NATURAL_KEY -> {
        byte @Nullable [] row = store.get(Table.INDEX, prefix);
        yield row == null
            ? NOTHING
            : versions(
                recordAt(
                    search.shelf(), Layout.requireLength(row, Id.BYTES + Layout.RECORD_BYTES), 0),
                search.page(),
                search.history());
      }
      case SEARCH -> bySearch(search.shelf(), prefix, search.page(), search.history());
    };
  }

  /** {@link #byIndex(Search)} of short searches, in their order, in two trips. */
  List<Hits> byIndex(List<Search> searches) {
    List<byte @Nullable []> rows =
        store.getAll(
            Table.INDEX, searches.stream().map(search -> search.sought().prefix()).toList());
    List<Versions.Place> places = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      byte @Nullable [] row = rows.get(i);
      if (row != null) {
        places.add(new Versions.Place(subjectAt(row), searches.get(i).shelf().id()));
      }
    }
    Iterator<Versions.Sealed> found = single(places).iterator();
    Iterator<Versions.Place> at = places.iterator();
    List<Hits> out = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      Search search = searches.get(i);
      out.add(
          rows.get(i) == null
              ? NOTHING
              : single(at.next(), found.next(), search.page(), search.history()));
    }
    return out;
  }

  private static Id subjectAt(byte[] row) {
    return Id.read(Layout.requireLength(row, Id.BYTES), 0);
  }

  /** The subject's records in the collection, newest first. */
  Hits bySubject(Shelf shelf, Id subject, Question.Page page, boolean history) {
    if (!isSingle(shelf, page)) {
      return versions(Layout.collectionPrefix(subject, shelf.id()), page, history);
    }
    Versions.Place place = new Versions.Place(subject, shelf.id());
    return single(place, single(List.of(place)).get(0), page, history);
  }

  private List<Versions.Sealed> single(List<Versions.Place> places) {
    List<byte[]> keys = Versions.singleKeys(places);
    return Versions.single(keys, store.getAll(Table.RECORDS, keys));
  }

  /** The one version there is, or what a walk finds. */
  private Hits single(
      Versions.Place place, Versions.Sealed one, Question.Page page, boolean history) {
    if (one.rows().isEmpty()) {
      return versions(Layout.collectionPrefix(place.subject(), place.shelf()), page, history);
    }
    Row row = one.rows().get(0);
    Found found = new Found(row.key(), row.value(), null, one.wrappedKey());
    return new Hits(List.of(found), Optional.empty());
  }

  /** The newest version under a record's prefix; none or one. */
  List<Found> newest(byte[] recordPrefix) {
    return versions(recordPrefix, new Question.Page(1, Optional.empty()), false).found();
  }

  private Hits versions(byte[] prefix, Question.Page page, boolean history) {
    // As much of a key as tells one match from the next.
    int match = history ? Layout.VERSION_KEY : Layout.RECORD_PREFIX;
    List<Found> out = new ArrayList<>();
    byte @Nullable [] shown = resume(prefix, page, match);
    try (Store.Cursor cursor = store.scan(Table.RECORDS, prefix, shown == null ? prefix : shown)) {
      while (cursor.next()) {
        byte[] key = Layout.requireLength(cursor.key(), Layout.VERSION_KEY);
        if (shown != null && Arrays.equals(key, 0, match, shown, 0, match)) {
          continue;
        }
        if (out.size() == page.limit()) {
          byte[] last = out.get(out.size() - 1).key;
          return new Hits(out, Optional.of(HexFormat.of().formatHex(last, prefix.length, match)));
        }
        out.add(new Found(key, cursor.value(), null, null));
        shown = key;
      }
    }
    return new Hits(out, Optional.empty());
  }

  private Hits bySearch(Shelf shelf, byte[] prefix, Question.Page page, boolean history) {
    List<Found> out = new ArrayList<>();
    int token = SEARCH_ROW + (history ? VERSION_BYTES : 0);
    byte @Nullable [] shown = resume(prefix, page, token);
    byte[] from = shown == null ? prefix : Arrays.copyOf(shown, SEARCH_ROW);
    try (Store.Cursor cursor = store.scan(Table.INDEX, prefix, from)) {
      while (cursor.next()) {
        byte[] row = Layout.requireLength(cursor.key(), SEARCH_ROW);
        byte[] record = recordAt(shelf, row, Layout.INDEX_PREFIX);
        boolean begun = shown != null && Arrays.equals(row, from);
        if (begun && !history) {
          continue;
        }
        byte @Nullable [] last = null;
        if (begun && shown != null) {
          last = Arrays.copyOf(record, Layout.VERSION_KEY);
          System.arraycopy(shown, SEARCH_ROW, last, Layout.RECORD_PREFIX, VERSION_BYTES);
        }
        for (Found found : ofRecord(record, last, page.limit() - out.size() + 1, history)) {
          if (out.size() == page.limit()) {
            return new Hits(out, Optional.of(searchToken(out.get(out.size() - 1), history)));
          }
          out.add(found);
        }
      }
    }
    return new Hits(out, Optional.empty());
  }

  /**
   * At most {@code limit} versions of a record, newest first, each with the newest as its evidence.
   *
   * @param shown the key that they come behind; null to begin with the newest
   */
  private List<Found> ofRecord(byte[] prefix, byte @Nullable [] shown, int limit, boolean history) {
    List<Found> out = new ArrayList<>();
    @Nullable Found newest = null;
    try (Store.Cursor cursor = store.scan(Table.RECORDS, prefix)) {
      while (out.size() < (history ? limit : 1) && cursor.next()) {
        byte[] key = Layout.requireLength(cursor.key(), Layout.VERSION_KEY);
        Found found = new Found(key, cursor.value(), newest, null);
        newest = newest == null ? found : newest;
        if (shown == null || Arrays.compareUnsigned(key, shown) > 0) {
          out.add(found);
        }
      }
    }
    return out;
  }

  private static byte[] recordAt(Shelf shelf, byte[] row, int offset) {
    return Layout.recordPrefix(
        Id.read(row, offset), shelf.id(), BigEndian.getLong(row, offset + Id.BYTES));
  }

  private static String searchToken(Found last, boolean history) {
    HexFormat hex = HexFormat.of();
    int end = history ? Layout.VERSION_KEY : Layout.RECORD_PREFIX;
    return hex.formatHex(last.key, 0, Id.BYTES)
        + hex.formatHex(last.key, Layout.COLLECTION_PREFIX, end);
  }

  /** The prefix with the page's token behind it, {@code length} bytes; null for the first page. */
  private static byte @Nullable [] resume(byte[] prefix, Question.Page page, int length) {
    if (page.after().isEmpty()) {
      return null;
    }
    byte[] rest = new byte[0];
    boolean reads = true;
    try {
      rest = HexFormat.of().parseHex(page.after().get());
    } catch (IllegalArgumentException e) {
      reads = false;
    }
    if (!reads || rest.length != length - prefix.length) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST,
          "\"after\" is the \"next\" of the answer before, as it stood, to the same question");
    }
    byte[] out = Arrays.copyOf(prefix, length);
    System.arraycopy(rest, 0, out, prefix.length, rest.length);
    return out;
  }
}
