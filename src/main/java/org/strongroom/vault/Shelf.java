package org.strongroom.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.crypto.BlindIndex;
import org.strongroom.kernel.BugException;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.FieldType;
import org.strongroom.schema.Index;
import org.strongroom.schema.Sensitivity;
import org.strongroom.schema.ValidRecord;

/**
 * A collection as this vault keeps it: its declaration with the numbers that stand for it on disk,
 * and the keys of its indexes. Immutable and thread-safe.
 */
final class Shelf {
  private final int id;
  private final int version;
  private final CollectionSpec spec;
  private final IndexKey identity;
  private final @Nullable IndexKey naturalKey;
  private final List<IndexKey> searches;
  private final List<IndexKey> strongestFirst;

  /**
   * @param indexes number and blind index of every index of the declaration, by its name
   */
  Shelf(int id, int version, CollectionSpec spec, Map<String, IndexNumber> indexes) {
    this.id = id;
    this.version = version;
    this.spec = spec;
    @Nullable IndexKey byIdentity = null;
    @Nullable IndexKey byKey = null;
    List<IndexKey> rest = new ArrayList<>();
    for (Index index : spec.indexes()) {
      IndexNumber number = indexes.get(index.name());
      if (number == null) {
        throw new BugException("an index without a number");
      }
      Use use = index.identity() ? Use.IDENTITY : index.key() ? Use.NATURAL_KEY : Use.SEARCH;
      IndexKey key = new IndexKey(spec, index, use, number);
      if (index.identity()) {
        byIdentity = key;
      } else if (index.key()) {
        byKey = key;
      } else {
        rest.add(key);
      }
    }
    if (byIdentity == null || (byKey == null && !spec.onePerSubject())) {
      throw new BugException("a collection without an identity or a key");
    }
    this.identity = byIdentity;
    this.naturalKey = byKey;
    this.searches = List.copyOf(rest);
    rest.add(0, byIdentity);
    if (byKey != null) {
      rest.add(0, byKey);
    }
    this.strongestFirst = List.copyOf(rest);
  }

  int id() {
    return id;
  }

  /** Of the declaration, from 1. */
  int version() {
    return version;
  }

  CollectionSpec spec() {
    return spec;
  }

  IndexKey identity() {
    return identity;
  }

  /** Null where a subject has one record at most. */
  @Nullable IndexKey naturalKey() {
    return naturalKey;
  }

  List<IndexKey> searches() {
    return searches;
  }

  /** All indexes: the one that leads to a record, the one that leads to a subject, the others. */
  List<IndexKey> strongestFirst() {
    return strongestFirst;
  }

  IndexKey key(Index index) {
    if (index.identity()) {
      return identity;
    }
    if (index.key() && naturalKey != null) {
      return naturalKey;
    }
    for (IndexKey key : searches) {
      if (key.index.name().equals(index.name())) {
        return key;
      }
    }
    throw new BugException("an index of another collection");
  }

  /** What an index leads to, which is how its rows are laid out; see {@link Layout}. */
  enum Use {
    IDENTITY,
    NATURAL_KEY,
    SEARCH
  }

  /** What an index is called on disk, and its key. */
  record IndexNumber(int number, BlindIndex blind) {}

  /** One index, ready to blind values. */
  static final class IndexKey {
    private final CollectionSpec spec;
    private final Index index;
    private final Use use;
    private final IndexNumber number;
    private final int[] positions;

    private IndexKey(CollectionSpec spec, Index index, Use use, IndexNumber number) {
      this.spec = spec;
      this.index = index;
      this.use = use;
      this.number = number;
      this.positions =
          index.fields().stream().mapToInt(field -> spec.position(field.name())).toArray();
    }

    Use use() {
      return use;
    }

    /** The fields' positions, in the index's order. */
    int[] positions() {
      return positions;
    }

    /** A search for canonical values, in the index's order. */
    Sought sought(String[] canonical) {
      return new Sought(this, canonical);
    }

    /** Whether two records have the same values as far as this index can tell. */
    boolean same(Values one, Values other) {
      for (int position : positions) {
        if (!sameForm(position, one.at(position), other.at(position))) {
          return false;
        }
      }
      return true;
    }

    private boolean sameForm(int position, @Nullable String one, @Nullable String other) {
      FieldType type = spec.field(position).type();
      return one != null && other != null && type.indexForm(one).equals(type.indexForm(other));
    }

    /** The row prefix of canonical values, in the index's order. */
    byte[] prefix(String[] canonical) {
      return Layout.index(number.number(), number.blind().blind(spec.indexInput(index, canonical)));
    }

    /** The row prefix of a record, or null when it lacks one of the fields. */
    byte @Nullable [] prefixOf(Values record) {
      String[] canonical = new String[positions.length];
      for (int i = 0; i < positions.length; i++) {
        @Nullable String value = record.at(positions[i]);
        if (value == null) {
          return null;
        }
        canonical[i] = value;
      }
      return prefix(canonical);
    }
  }

  /**
   * What somebody searches for. The rows of an index are not sealed, so what they lead to is held
   * against this once it is opened. Holds personal data, so it prints nothing.
   */
  static final class Sought {
    private final IndexKey key;
    private final String[] canonical;

    private Sought(IndexKey key, String[] canonical) {
      this.key = key;
      this.canonical = canonical;
    }

    Use use() {
      return key.use;
    }

    /** Where the index's rows begin. */
    byte[] prefix() {
      return key.prefix(canonical);
    }

    /**
     * Whether a record holds it.
     *
     * @param opened the classes of fields that are known; of others nothing is said
     */
    boolean matches(Values record, Set<Sensitivity> opened) {
      for (int i = 0; i < canonical.length; i++) {
        int position = key.positions[i];
        if (opened.contains(key.spec.field(position).sensitivity())
            && !key.sameForm(position, canonical[i], record.at(position))) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      return "Sought[redacted]";
    }
  }

  /** The canonical values of a record, whether it is about to be kept or was opened. */
  interface Values {
    @Nullable String at(int position);

    static Values of(ValidRecord record) {
      return record::value;
    }
  }
}
