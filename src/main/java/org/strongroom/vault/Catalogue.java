package org.strongroom.vault;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Change;
import org.strongroom.audit.Entry;
import org.strongroom.audit.Receipt;
import org.strongroom.audit.Sequencer;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.Keyring;
import org.strongroom.keys.Keyset;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Field;
import org.strongroom.schema.Index;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.yaml.YamlNode;

/**
 * The collections of a vault. A declaration that is applied gets a version and an entry in the log;
 * the numbers that stand for collections, fields and indexes on disk are never given twice.
 * Thread-safe.
 */
public final class Catalogue {
  private static final String PREFIX = "collection/";

  /** The type whose values may be numbers of anything: of staff, of firms, of contracts. */
  private static final String UNTOLD = "text";

  private final Store store;
  private final Sequencer sequencer;
  private final Keyring keyring;
  private final Declarations declarations;
  private final Clock clock;
  private volatile Map<String, Shelf> shelves;

  /** Reads the collections that the store holds. */
  public Catalogue(Store store, Sequencer sequencer, Keyring keyring, Clock clock) {
    this.store = store;
    this.sequencer = sequencer;
    this.keyring = keyring;
    this.declarations = new Declarations(store, keyring.sealer(Keyset.DECLARATIONS));
    this.clock = clock;
    this.shelves = read(Map.of());
  }

  /** The row on disk, one for each version and one for the current. */
  private record Row(
      int id,
      int version,
      String yaml,
      Map<String, Integer> tags,
      Map<String, Integer> indexes,
      String at) {}

  /** The declarations in force, by name. */
  public List<CollectionSpec> specs() {
    return shelves.values().stream().map(Shelf::spec).toList();
  }

  /**
   * The declaration in force.
   *
   * @throws VaultException {@code NOT_FOUND} for an unknown name
   */
  public CollectionSpec spec(String name) {
    return shelf(name).spec();
  }

  /** The rows of what is declared, the policy's included. */
  Declarations declarations() {
    return declarations;
  }

  Shelf shelf(String name) {
    @Nullable Shelf shelf = shelves.get(name);
    if (shelf == null) {
      throw new VaultException(
          ErrorCode.NOT_FOUND, "no such collection; this vault has " + shelves.keySet());
    }
    return shelf;
  }

  /** The version of the declaration in force, from 1. */
  public int version(String name) {
    return shelf(name).version();
  }

  /**
   * Puts a declaration in force; the same declaration again changes nothing.
   *
   * @param source what to call the file in errors
   * @throws VaultException {@code INVALID_DECLARATION}, also for a change that records already kept
   *     would not survive
   */
  public synchronized Applied apply(Entry.By by, String source, String yaml) {
    // Read anew: a write that seemed to fail may have been made.
    shelves = read(shelves);
    CollectionSpec fresh = CollectionSpec.parse(source, yaml, Map.of(), clock);
    @Nullable Shelf before = shelves.get(fresh.name());
    if (before != null && before.spec().yaml().equals(yaml)) {
      return new Applied(before.version(), null);
    }
    Map<String, Integer> tags = before == null ? Map.of() : row(fresh.name()).tags();
    CollectionSpec spec = CollectionSpec.parse(source, yaml, tags, clock);
    if (before != null) {
      requireCompatible(source, yaml, before.spec(), spec);
    }
    Row row = number(spec, before, tags);
    Change change = new Change();
    declarations.put(change, PREFIX + spec.name(), row.version(), row);
    Entry entry =
        Entry.of(
            Entry.Kind.COLLECTION,
            Instant.parse(row.at()),
            by,
            spec.name() + " version " + row.version());
    Receipt receipt =
        sequencer
            .append(entry, change)
            .orElseThrow(
                () ->
                    new VaultException(ErrorCode.CONFLICT, "the collection was changed meanwhile"));
    shelves = read(shelves);
    return new Applied(row.version(), receipt);
  }

  private Row number(CollectionSpec spec, @Nullable Shelf before, Map<String, Integer> oldTags) {
    Map<String, Integer> tags = new TreeMap<>(oldTags);
    for (Field field : spec.fields()) {
      tags.put(field.name(), field.tag());
    }
    List<Row> rows = rows();
    Map<String, Integer> taken = new HashMap<>();
    int nextIndex = 1;
    for (Row row : rows) {
      for (Map.Entry<String, Integer> index : row.indexes().entrySet()) {
        nextIndex = Math.max(nextIndex, index.getValue() + 1);
        taken.put(index.getKey(), index.getValue());
      }
    }
    Map<String, Integer> indexes = new LinkedHashMap<>();
    for (Index index : spec.indexes()) {
      String label = label(spec, index);
      @Nullable Integer number = taken.get(label);
      indexes.put(label, number == null ? nextIndex++ : number);
    }
    int id = before == null ? rows.stream().mapToInt(Row::id).max().orElse(0) + 1 : before.id();
    int version = before == null ? 1 : before.version() + 1;
    return new Row(id, version, spec.yaml(), tags, indexes, clock.instant().toString());
  }

  /**
   * What an index is called across the vault. All collections about one kind of subject share one
   * identity index, so that a case finds the resident it is about: by type, and where the type does
   * not say what is numbered, such as text, by the field's name as well.
   */
  private static String label(CollectionSpec spec, Index index) {
    if (!index.identity()) {
      return spec.name() + "/" + index.name();
    }
    Field field = index.fields().get(0);
    String type = field.type().name();
    String numbers = type.equals(UNTOLD) ? type + "/" + field.name() : type;
    return "subject/" + spec.subjectKind() + "/" + numbers;
  }

  private static void requireCompatible(
      String source, String yaml, CollectionSpec old, CollectionSpec now) {
    for (Field field : old.fields()) {
      int position = now.position(field.name());
      if (position < 0) {
        throw incompatible(source, 1, "the field " + field.name() + " is gone");
      }
      Field kept = now.field(position);
      // A text that became an identifier, or is one no longer, has other canonical values.
      if (!kept.type().name().equals(field.type().name())
          || kept.type().entropy() != field.type().entropy()) {
        int line = lineOf(source, yaml, field.name());
        throw incompatible(source, line, "the field " + field.name() + " has another type");
      }
      if (kept.sensitivity() != field.sensitivity()) {
        int line = lineOf(source, yaml, field.name());
        throw incompatible(source, line, "the field " + field.name() + " has another class");
      }
    }
    if (!names(old).equals(names(now))) {
      throw incompatible(source, 1, "its subject, key or indexes differ");
    }
  }

  private static VaultException incompatible(String source, int line, String what) {
    return new VaultException(
        ErrorCode.INVALID_DECLARATION,
        source
            + ":"
            + line
            + ": records may be kept already, and this change would not reach them: "
            + what
            + ". Declare a new collection instead");
  }

  /** Where a field is declared. */
  private static int lineOf(String source, String yaml, String field) {
    YamlNode file = YamlNode.parse(source, yaml);
    for (YamlNode declared : file.required(file.mapping(), "fields").list()) {
      YamlNode name = declared.required(declared.mapping(), "name");
      if (name.text().equals(field)) {
        return name.line();
      }
    }
    return file.line();
  }

  private static List<String> names(CollectionSpec spec) {
    return spec.indexes().stream()
        .map(index -> label(spec, index) + (index.key() ? " key" : ""))
        .toList();
  }

  /** The shelves of the store; one whose declaration has not changed stays the same object. */
  private Map<String, Shelf> read(Map<String, Shelf> before) {
    Map<String, Shelf> out = new TreeMap<>();
    for (Row row : rows()) {
      Shelf shelf = shelf(row);
      String name = shelf.spec().name();
      @Nullable Shelf old = before.get(name);
      out.put(name, old != null && old.version() == shelf.version() ? old : shelf);
    }
    return out;
  }

  private Shelf shelf(Row row) {
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
  private List<Row> rows() {
    List<Row> out = new ArrayList<>();
    byte[] prefix = Layout.meta(PREFIX);
    try (Store.Cursor cursor = store.scan(Table.META, prefix)) {
      while (cursor.next()) {
        byte[] key = cursor.key();
        boolean past = false;
        for (int i = prefix.length; i < key.length; i++) {
          past |= key[i] == '/';
        }
        if (!past) {
          out.add(declarations.open(key, cursor.value(), Row.class));
        }
      }
    }
    return out;
  }

  private Row row(String name) {
    return declarations
        .get(PREFIX + name, Row.class)
        .orElseThrow(
            () ->
                new VaultException(ErrorCode.CORRUPT, "the collection " + name + " lost its row"));
  }
}
