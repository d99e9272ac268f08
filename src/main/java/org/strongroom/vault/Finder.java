package org.strongroom.vault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
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

  /** The records that hold what is sought; one version each, or all. */
  Hits byIndex(Shelf shelf, Shelf.Sought sought, Question.Page page, boolean history) {
    byte[] prefix = sought.prefix();
    return switch (sought.use()) {
      case IDENTITY -> {
        byte @Nullable [] row = row(prefix, Id.BYTES);
        yield row == null ? NOTHING : bySubject(shelf, Id.read(row, 0), page, history);
      }
      case NATURAL_KEY -> {
        byte @Nullable [] row = row(prefix, Id.BYTES + Layout.RECORD_BYTES);
        yield row == null ? NOTHING : versions(recordAt(shelf, row, 0), page, history);
      }
      case SEARCH -> bySearch(shelf, prefix, page, history);
    };
  }

  private byte @Nullable [] row(byte[] key, int bytes) {
    byte @Nullable [] row = store.get(Table.INDEX, key);
    return row == null ? null : Layout.requireLength(row, bytes);
  }

  /** The subject's records in the collection, newest first. */
  Hits bySubject(Shelf shelf, Id subject, Question.Page page, boolean history) {
    if (shelf.spec().onePerSubject() && page.after().isEmpty()) {
      Versions.Sealed one = Versions.single(store, shelf, List.of(subject)).get(0);
      if (!one.rows().isEmpty()) {
        Row row = one.rows().get(0);
        Found found = new Found(row.key(), row.value(), null, one.wrappedKey());
        return new Hits(List.of(found), Optional.empty());
      }
    }
    return versions(Layout.collectionPrefix(subject, shelf.id()), page, history);
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
