package org.strongroom.vault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Fault;
import org.strongroom.audit.RowJoin;
import org.strongroom.audit.RowList;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.Custody;
import org.strongroom.schema.FieldType;
import org.strongroom.schema.Sensitivity;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/**
 * Walks all subjects once, in their order: data keys, records, pictures. Opens every record
 * version, and tells which index rows there must be. Memory does not grow with the population, but
 * for what is remembered of faults. For one thread and one walk.
 */
final class SubjectCheck {
  /** Of so many faults it is remembered what may follow from them. */
  static final int MAX_REMEMBERED = 100_000;

  /** So many data keys and chunks are tried in each other's place at most. */
  private static final int MAX_SWAPPED = 64;

  /** How faults name the row of a data key. */
  private static final String KEY = "key";

  private static final Set<Sensitivity> ALL = Set.of(Sensitivity.values());

  private final Tools tools;
  private final Consumer<Fault> faults;

  /** Subjects of whom not all could be read. */
  private final Set<Id> unread = new HashSet<>();

  private final Set<Bytes> unreadVersions = new HashSet<>();
  private final List<Fault> perhaps = new ArrayList<>();
  private final List<Wrapped> closedKeys = new ArrayList<>();
  private final List<PictureCheck.Chunk> closedChunks = new ArrayList<>();
  private long subjects;
  private long versions;

  /** What the walk works with. */
  record Tools(
      StoreView store,
      Custody custody,
      RecordCodec codec,
      Blobs blobs,
      Map<Integer, Shelf> shelves,
      boolean pictures) {}

  /** Where the walk is. */
  interface Progress {
    void at(Id subject, long versions);
  }

  private record Wrapped(Id subject, Bytes key) {}

  SubjectCheck(Tools tools, Consumer<Fault> faults) {
    this.tools = tools;
    this.faults = faults;
  }

  long subjects() {
    return subjects;
  }

  long versions() {
    return versions;
  }

  /** Subjects of whom not all could be read. */
  Set<Id> unread() {
    return unread;
  }

  /** Record versions that do not open although their subject's key does. */
  Set<Bytes> unreadVersions() {
    return unreadVersions;
  }

  /** Faults that are none if records of the same subject are missing. */
  List<Fault> perhaps() {
    return perhaps;
  }

  /**
   * Walks.
   *
   * @param versionsThere takes every row of the records
   * @param indexRows takes every row that the indexes must have
   */
  void run(RowJoin.Sink versionsThere, RowJoin.Sink indexRows, Progress progress) {
    Consumer<Table> stray =
        table -> fault(Fault.Code.INSERTED, table, null, "", "its key names no subject");
    try (Heads heads = new Heads(tools.store(), stray)) {
      for (Id subject = heads.next(); subject != null; subject = heads.next()) {
        Walk walk = new Walk(subject, versionsThere);
        try (walk) {
          walk.over(heads);
          walk.index.forEach(
              (key, value) ->
                  indexRows.row(
                      key.unsafeArray(),
                      RowList.leafHash(Table.INDEX, key.unsafeArray(), value),
                      new RowJoin.Context(walk.subject, null)));
        }
        progress.at(subject, versions);
      }
    }
    swappedKeys();
    swappedChunks();
  }

  /** One subject. */
  private final class Walk implements AutoCloseable {
    private final Id subject;
    private final RowJoin.Sink versionsThere;
    private final Map<Bytes, byte[]> index = new LinkedHashMap<>();
    private final Map<Id, ImageRef> pictures = new HashMap<>();
    private @Nullable SecretBytes key;
    private boolean keyThere;
    private @Nullable Wrapped closed;
    private boolean anyVersion;
    private byte[] record = new byte[0];

    Walk(Id subject, RowJoin.Sink versionsThere) {
      this.subject = subject;
      this.versionsThere = versionsThere;
    }

    void over(Heads heads) {
      heads.records(subject, this::row);
      @Nullable SecretBytes open = key;
      if (open == null || !tools.pictures()) {
        heads.chunks(subject, (at, chunk) -> chunkWithoutKey(at));
      } else {
        PictureCheck check =
            new PictureCheck(subject, tools.blobs(), open, pictures, this::pictureFault);
        heads.chunks(subject, check::chunk);
        check.end().forEach(SubjectCheck.this::closedChunk);
      }
      if (anyVersion) {
        subjects++;
        if (closed != null) {
          remember(closed);
        }
        if (!keyThere) {
          unread(subject);
          fault(
              Fault.Code.MISSING, Table.RECORDS, subject, KEY, "records, and no key to open them");
        }
      } else if (keyThere) {
        perhaps(fault0(Fault.Code.INSERTED, Table.RECORDS, subject, KEY, "a key, and no record"));
      }
    }

    private void row(byte[] row, byte[] value) {
      if (Layout.isDataKey(row)) {
        key(value);
      } else {
        version(row, value);
      }
    }

    private void key(byte[] wrapped) {
      keyThere = true;
      try {
        key = tools.custody().unwrap(subject, wrapped);
      } catch (VaultException e) {
        closed = new Wrapped(subject, Bytes.owned(wrapped));
      }
    }

    private void version(byte[] row, byte[] value) {
      versions++;
      anyVersion = true;
      byte[] hash = RowList.leafHash(Table.RECORDS, row, value);
      versionsThere.row(row, hash, new RowJoin.Context(subject, null));
      if (row.length != Layout.VERSION_KEY) {
        return;
      }
      @Nullable Shelf shelf = tools.shelves().get(Layout.collectionOf(row));
      RecordCodec.@Nullable Opened opened = shelf == null ? null : open(shelf, row, value);
      if (shelf == null || opened == null) {
        unread(subject);
        return;
      }
      byte[] of = Arrays.copyOf(row, Layout.RECORD_PREFIX);
      if (!Arrays.equals(of, record)) {
        record = of;
        index(shelf, opened, Layout.recordOf(row));
      }
      pictures(shelf, opened);
    }

    private RecordCodec.@Nullable Opened open(Shelf shelf, byte[] row, byte[] value) {
      @Nullable SecretBytes with = key;
      if (with == null) {
        return null;
      }
      try {
        return tools.codec().open(shelf.spec(), row, with, value, ALL);
      } catch (VaultException e) {
        if (unreadVersions.size() < MAX_REMEMBERED) {
          unreadVersions.add(Bytes.owned(row));
        }
        return null;
      }
    }

    private void index(Shelf shelf, Shelf.Values values, long of) {
      put(shelf.identity().prefixOf(values), subject.toArray());
      Shelf.@Nullable IndexKey natural = shelf.naturalKey();
      if (natural != null) {
        put(natural.prefixOf(values), Layout.subjectAndRecord(subject, of));
      }
      for (Shelf.IndexKey search : shelf.searches()) {
        byte @Nullable [] prefix = search.prefixOf(values);
        put(prefix == null ? null : Layout.searchRow(prefix, subject, of), new byte[0]);
      }
    }

    private void put(byte @Nullable [] row, byte[] value) {
      if (row != null) {
        index.put(Bytes.owned(row), value);
      }
    }

    private void pictures(Shelf shelf, Shelf.Values values) {
      for (int i = 0; i < shelf.spec().fieldCount(); i++) {
        @Nullable String value = values.at(i);
        if (value != null && shelf.spec().field(i).type().json() == FieldType.JsonKind.IMAGE) {
          ImageRef image = ImageRef.parse(value);
          pictures.put(image.blob(), image);
        }
      }
    }

    /** A picture without a record may be one whose record is missing. */
    private void pictureFault(Fault fault) {
      if (fault.code() != Fault.Code.INSERTED) {
        faults.accept(fault);
      } else if (!unread.contains(subject)) {
        SubjectCheck.this.perhaps(fault);
      }
    }

    private void chunkWithoutKey(byte[] at) {
      if (!keyThere && !anyVersion) {
        String row = Bytes.owned(at).hex();
        perhaps(fault0(Fault.Code.INSERTED, Table.BLOBS, subject, row, "a picture, and no record"));
      }
    }

    private void perhaps(Fault fault) {
      SubjectCheck.this.perhaps(fault);
    }

    @Override
    public void close() {
      if (key != null) {
        key.close();
      }
    }
  }

  private void perhaps(Fault fault) {
    if (perhaps.size() < MAX_REMEMBERED) {
      perhaps.add(fault);
    } else {
      faults.accept(fault);
    }
  }

  private void unread(Id subject) {
    if (unread.size() < MAX_REMEMBERED) {
      unread.add(subject);
    }
  }

  private void closedChunk(PictureCheck.Chunk chunk) {
    if (closedChunks.size() < MAX_SWAPPED) {
      closedChunks.add(chunk);
    } else {
      closedChunk(chunk, null);
    }
  }

  private void remember(Wrapped closed) {
    if (closedKeys.size() < MAX_SWAPPED) {
      closedKeys.add(closed);
    } else {
      closedKey(closed, null);
    }
  }

  private void swappedKeys() {
    for (Wrapped each : closedKeys) {
      @Nullable Id owner = null;
      for (Wrapped other : closedKeys) {
        if (!other.subject().equals(each.subject())
            && unwraps(other.subject(), each.key().unsafeArray())) {
          owner = other.subject();
        }
      }
      closedKey(each, owner);
    }
  }

  private void closedKey(Wrapped each, @Nullable Id owner) {
    unread(each.subject());
    if (owner == null) {
      fault(Fault.Code.ALTERED, Table.RECORDS, each.subject(), KEY, "it does not unwrap");
    } else {
      fault(Fault.Code.SWAPPED, Table.RECORDS, each.subject(), KEY, "it is that of " + owner);
    }
  }

  private boolean unwraps(Id subject, byte[] wrapped) {
    try (SecretBytes key = tools.custody().unwrap(subject, wrapped)) {
      return key.length() > 0;
    } catch (VaultException e) {
      return false;
    }
  }

  private void swappedChunks() {
    for (PictureCheck.Chunk each : closedChunks) {
      PictureCheck.@Nullable Chunk place = null;
      for (PictureCheck.Chunk other : closedChunks) {
        if (!other.at().equals(each.at()) && opensAt(other, each.ciphertext().unsafeArray())) {
          place = other;
        }
      }
      closedChunk(each, place);
    }
  }

  private void closedChunk(PictureCheck.Chunk each, PictureCheck.@Nullable Chunk place) {
    if (place == null) {
      fault(Fault.Code.ALTERED, Table.BLOBS, each.subject(), each.row(), "it does not open");
    } else {
      String detail = "it is that of " + place.subject() + " " + place.row();
      fault(Fault.Code.SWAPPED, Table.BLOBS, each.subject(), each.row(), detail);
    }
  }

  private boolean opensAt(PictureCheck.Chunk place, byte[] ciphertext) {
    try (DataKeys keys = new DataKeys(tools.store(), tools.custody())) {
      Optional<SecretBytes> key = keys.of(place.subject());
      byte[] at = place.at().unsafeArray();
      key.ifPresent(each -> Arrays.fill(tools.blobs().openChunk(at, each, ciphertext), (byte) 0));
      return key.isPresent();
    } catch (VaultException e) {
      return false;
    }
  }

  private void fault(
      Fault.Code code, Table table, @Nullable Id subject, String row, String detail) {
    faults.accept(fault0(code, table, subject, row, detail));
  }

  private static Fault fault0(
      Fault.Code code, Table table, @Nullable Id subject, String row, String detail) {
    return new Fault(code, table, subject == null ? null : subject.toString(), null, row, detail);
  }
}
