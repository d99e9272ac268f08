package org.strongroom.vault;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.Keyring;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Field;
import org.strongroom.schema.Index;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/** Reads collections as a store keeps them. Immutable and thread-safe. */
final class Shelves {
  static final String PREFIX = "collection/";

  /** The type whose values may be numbers of anything: of staff, of firms, of contracts. */
  private static final String UNTOLD = "text";

  private final StoreView store;
  private final Declarations declarations;
  private final Keyring keyring;
  private final Clock clock;

  Shelves(StoreView store, Declarations declarations, Keyring keyring, Clock clock) {
    this.store = store;
    this.declarations = declarations;
    this.keyring = keyring;
    this.clock = clock;
  }

  /** The row on disk, one for each version and one for the current. */
  record Row(
      int id,
      int version,
      String yaml,
      Map<String, Integer> tags,
      Map<String, Integer> indexes,
      String at) {}

  /**
   * What an index is called across the vault. All collections about one kind of subject share one
   * identity index, so that a case finds the resident it is about: by type, and where the type does
   * not say what is numbered, such as text, by the field's name as well.
   */
  static String label(CollectionSpec spec, Index index) {
    if (!index.identity()) {
      return spec.name() + "/" + index.name();
    }
    Field field = index.fields().get(0);
    String type = field.type().name();
    String numbers = type.equals(UNTOLD) ? type + "/" + field.name() : type;
    return "subject/" + spec.subjectKind() + "/" + numbers;
  }

  /** The shelves of the store; one whose declaration has not changed stays the same object. */
  Map<String, Shelf> read(Map<String, Shelf> before) {
    Map<String, Shelf> out = new TreeMap<>();
    for (Row row : rows()) {
      Shelf shelf = shelf(row);
      String name = shelf.spec().name();
      @Nullable Shelf old = before.get(name);
      out.put(name, old != null && old.version() == shelf.version() ? old : shelf);
    }
    return out;
  }

  Shelf shelf(Row row) {
    CollectionSpec spec = CollectionSpec.parse("collection", row.yaml(), row.tags(), clock);
    Map<String, Shelf.IndexNumber> numbers = new HashMap<>();
    for (Index index : spec.indexes()) {
      @Nullable Integer number = row.indexes().get(label(spec, index));
      if (number == null) {
        throw new VaultException(
            ErrorCode.CORRUPT, "the collection " + spec.name() + " lacks an index");
      }
      numbers.put(
          index.name(), new Shelf.IndexNumber(number, keyring.blindIndex("index/" + number)));
    }
    return new Shelf(row.id(), row.version(), spec, numbers);
  }

  /** The current rows; the rows of past versions have one more slash. */
  List<Row> rows() {
    List<Row> out = new ArrayList<>();
    walk((key, value) -> out.add(declarations.open(key, value, Row.class)));
    return out;
  }

  /**
   * The shelves that can be read.
   *
   * @param byNumber of their collections
   * @param all whether there are no others
   */
  record InPart(Map<Integer, Shelf> byNumber, boolean all) {}

  /** The shelves that can be read, of a vault that may be damaged. */
  InPart readable() {
    Map<Integer, Shelf> out = new HashMap<>();
    boolean[] all = {true};
    walk(
        (key, value) -> {
          try {
            Row row = declarations.open(key, value, Row.class);
            out.put(row.id(), shelf(row));
          } catch (VaultException e) {
            // That the row was altered is told where it is compared.
            all[0] = false;
          }
        });
    return new InPart(out, all[0]);
  }

  private void walk(BiConsumer<byte[], byte[]> rows) {
    byte[] prefix = Layout.meta(PREFIX);
    try (Store.Cursor cursor = store.scan(Table.META, prefix)) {
      while (cursor.next()) {
        byte[] key = cursor.key();
        boolean past = false;
        for (int i = prefix.length; i < key.length; i++) {
          past |= key[i] == '/';
        }
        if (!past) {
          rows.accept(key, cursor.value());
        }
      }
    }
  }

  Row row(String name) {
    return declarations
        .get(PREFIX + name, Row.class)
        .orElseThrow(
            () ->
                new VaultException(ErrorCode.CORRUPT, "the collection " + name + " lost its row"));
  }
}
