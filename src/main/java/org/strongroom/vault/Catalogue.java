package org.strongroom.vault;

import java.time.Clock;
import java.time.Instant;
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
import org.strongroom.yaml.YamlNode;

/**
 * The collections of a vault. A declaration that is applied gets a version and an entry in the log;
 * the numbers that stand for collections, fields and indexes on disk are never given twice.
 * Thread-safe.
 */
public final class Catalogue {
  private final Sequencer sequencer;
  private final Declarations declarations;
  private final Shelves reading;
  private final Clock clock;
  private volatile Map<String, Shelf> shelves;

  /** Reads the collections that the store holds. */
  public Catalogue(Store store, Sequencer sequencer, Keyring keyring, Clock clock) {
    this.sequencer = sequencer;
    this.declarations = new Declarations(store, keyring.sealer(Keyset.DECLARATIONS));
    this.reading = new Shelves(store, declarations, keyring, clock);
    this.clock = clock;
    this.shelves = reading.read(Map.of());
  }

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
    shelves = reading.read(shelves);
    CollectionSpec fresh = CollectionSpec.parse(source, yaml, Map.of(), clock);
    @Nullable Shelf before = shelves.get(fresh.name());
    if (before != null && before.spec().yaml().equals(yaml)) {
      return new Applied(before.version(), null);
    }
    Map<String, Integer> tags = before == null ? Map.of() : reading.row(fresh.name()).tags();
    CollectionSpec spec = CollectionSpec.parse(source, yaml, tags, clock);
    if (before != null) {
      requireCompatible(source, yaml, before.spec(), spec);
    }
    Shelves.Row row = number(spec, before, tags);
    Change change = new Change();
    declarations.put(change, Shelves.PREFIX + spec.name(), row.version(), row);
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
    shelves = reading.read(shelves);
    return new Applied(row.version(), receipt);
  }

  private Shelves.Row number(
      CollectionSpec spec, @Nullable Shelf before, Map<String, Integer> oldTags) {
    Map<String, Integer> tags = new TreeMap<>(oldTags);
    for (Field field : spec.fields()) {
      tags.put(field.name(), field.tag());
    }
    List<Shelves.Row> rows = reading.rows();
    Map<String, Integer> taken = new HashMap<>();
    int nextIndex = 1;
    for (Shelves.Row row : rows) {
      for (Map.Entry<String, Integer> index : row.indexes().entrySet()) {
        nextIndex = Math.max(nextIndex, index.getValue() + 1);
        taken.put(index.getKey(), index.getValue());
      }
    }
    Map<String, Integer> indexes = new LinkedHashMap<>();
    for (Index index : spec.indexes()) {
      String label = Shelves.label(spec, index);
      @Nullable Integer number = taken.get(label);
      indexes.put(label, number == null ? nextIndex++ : number);
    }
    int id =
        before == null ? rows.stream().mapToInt(Shelves.Row::id).max().orElse(0) + 1 : before.id();
    int version = before == null ? 1 : before.version() + 1;
    return new Shelves.Row(id, version, spec.yaml(), tags, indexes, clock.instant().toString());
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
        .map(index -> Shelves.label(spec, index) + (index.key() ? " key" : ""))
        .toList();
  }
}
