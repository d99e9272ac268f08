package org.strongroom.vault;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.crypto.Randomness;
import org.strongroom.crypto.Sealer;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.Custody;
import org.strongroom.schema.Image;
import org.strongroom.schema.Problem;
import org.strongroom.schema.Sensitivity;
import org.strongroom.schema.ValidRecord;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.Table;

/**
 * Plans one batch: finds subjects and records by blind index, decides what is new, and seals it.
 * Later records of the batch see what earlier ones would write. For one thread and one use.
 */
final class Planner {
  private static final Set<Sensitivity> ALL = Set.of(Sensitivity.values());

  private final Tools tools;
  private final Shelf shelf;
  private final KeepPlan plan;
  private final Instant now;
  private final Map<Bytes, Owner> owners;
  private final Map<Bytes, RecordAt> byKey = new HashMap<>();

  /** What planning works with. */
  record Tools(
      Store store,
      Custody custody,
      RecordCodec codec,
      Blobs blobs,
      Randomness random,
      RecordIds ids) {}

  Planner(Tools tools, KeepPlan plan, Instant now) {
    this.tools = tools;
    this.shelf = plan.shelf();
    this.plan = plan;
    this.now = now;
    this.owners = new HashMap<>(2 * plan.records().size());
  }

  void run() {
    List<ValidRecord> records = plan.records();
    List<byte[]> identities = prefixes(shelf.identity(), records);
    List<byte @Nullable []> known = tools.store.getAll(Table.INDEX, identities);
    Shelf.@Nullable IndexKey natural = shelf.naturalKey();
    List<byte[]> keys = natural == null ? List.of() : prefixes(natural, records);
    List<byte @Nullable []> taken = tools.store.getAll(Table.INDEX, keys);
    try {
      for (int i = 0; i < records.size(); i++) {
        ValidRecord record = records.get(i);
        Owner owner = owner(identities.get(i), known.get(i));
        plan.outcomes()
            .add(
                natural == null
                    ? keep(owner, only(owner, record), record)
                    : keep(owner, keys.get(i), taken.get(i), record));
      }
    } finally {
      owners.values().forEach(Owner::close);
    }
  }

  private static List<byte[]> prefixes(Shelf.IndexKey index, List<ValidRecord> records) {
    List<byte[]> out = new ArrayList<>(records.size());
    for (ValidRecord record : records) {
      // Subject and key fields are required: a valid record has them.
      out.add(Objects.requireNonNull(index.prefixOf(Shelf.Values.of(record))));
    }
    return out;
  }

  /** The subject that an identity names; a new one when nobody has it yet. */
  private Owner owner(byte[] identity, byte @Nullable [] row) {
    Bytes key = Bytes.owned(identity);
    @Nullable Owner owner = owners.get(key);
    if (owner == null) {
      boolean known = row != null;
      Id subject =
          row == null ? tools.random.id() : Id.read(Layout.requireLength(row, Id.BYTES), 0);
      owner = new Owner(subject, identity, known);
      owners.put(key, owner);
    }
    return owner;
  }

  /** The one record of a subject, where a collection has one each. */
  private RecordAt only(Owner owner, ValidRecord record) {
    @Nullable RecordAt only = owner.only;
    if (only == null) {
      only = new RecordAt(RecordId.ONLY, owner.subject, latest(owner, RecordId.ONLY, record));
      owner.only = only;
    }
    return only;
  }

  private Kept keep(Owner owner, byte[] key, byte @Nullable [] row, ValidRecord record) {
    Bytes naturalKey = Bytes.owned(key);
    @Nullable RecordAt at = byKey.get(naturalKey);
    Id holder = at != null ? at.subject : row != null ? holder(row) : owner.subject;
    if (!holder.equals(owner.subject)) {
      String field = record.spec().field(record.spec().keyFields()[0]).name();
      return new Kept(
          Kept.What.REJECTED,
          owner.subject,
          RecordId.ONLY,
          0,
          List.of(new Problem(field, field + ".taken", "it belongs to another subject's record")));
    }
    if (at == null) {
      at = row == null ? newRecord(owner, key) : heldRecord(owner, row, record);
      byKey.put(naturalKey, at);
    }
    return keep(owner, at, record);
  }

  /** The subject that a row of the natural key names. */
  private static Id holder(byte[] row) {
    return Id.read(Layout.requireLength(row, Id.BYTES + Layout.RECORD_BYTES), 0);
  }

  private RecordAt newRecord(Owner owner, byte[] naturalKey) {
    requireOrder(owner);
    RecordId id = tools.ids.next();
    plan.change()
        .putNew(Table.INDEX, naturalKey, Layout.subjectAndRecord(owner.subject, id.value()));
    return new RecordAt(id, owner.subject, null);
  }

  /** A subject's new record comes before all that it has, whatever the clock says. */
  private void requireOrder(Owner owner) {
    if (!owner.known || owner.ordered) {
      return;
    }
    byte[] prefix = Layout.collectionPrefix(owner.subject, shelf.id());
    try (Store.Cursor newest = tools.store.scan(Table.RECORDS, prefix)) {
      if (newest.next()) {
        byte[] key = Layout.requireLength(newest.key(), Layout.VERSION_KEY);
        tools.ids.goOnFrom(new RecordId(Layout.recordOf(key)));
      }
    }
    owner.ordered = true;
  }

  private RecordAt heldRecord(Owner owner, byte[] row, ValidRecord record) {
    RecordId id = new RecordId(BigEndian.getLong(row, Id.BYTES));
    return new RecordAt(id, owner.subject, latest(owner, id, record));
  }

  private Kept keep(Owner owner, RecordAt at, ValidRecord record) {
    @Nullable Latest latest = at.latest;
    int version = latest == null ? 1 : latest.version + 1;
    byte[] versionKey = Layout.version(owner.subject, shelf.id(), at.id.value(), version);
    if (latest != null && same(record, latest.values)) {
      // Holds only while nobody writes the next version meanwhile.
      plan.change().requireAbsent(Table.RECORDS, versionKey);
      return new Kept(Kept.What.UNCHANGED, owner.subject, at.id, latest.version, record.warnings());
    }
    Shelf.Values values = withImages(owner, record, latest);
    byte[] value = tools.codec.seal(record.spec(), versionKey, owner.key(), values, now);
    if (owner.known) {
      // Of a new subject nobody else can know; its identity row is condition enough.
      plan.change().requireAbsent(Table.RECORDS, versionKey);
    }
    plan.add(owner.subject, versionKey, value);
    index(owner.subject, at.id, values, latest);
    at.latest = new Latest(version, values);
    return new Kept(
        latest == null ? Kept.What.KEPT : Kept.What.UPDATED,
        owner.subject,
        at.id,
        version,
        record.warnings());
  }

  private static boolean same(ValidRecord record, Shelf.Values before) {
    for (int i = 0; i < record.spec().fieldCount(); i++) {
      @Nullable Image image = record.image(i);
      @Nullable String old = before.at(i);
      boolean same =
          image == null
              ? Objects.equals(record.value(i), old)
              : old != null && ImageRef.parse(old).sha256().equals(image.sha256());
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** The record's values, with a reference where a picture stands; seals new pictures. */
  private Shelf.Values withImages(Owner owner, ValidRecord record, @Nullable Latest latest) {
    @Nullable String @Nullable [] out = null;
    for (int i = 0; i < record.spec().fieldCount(); i++) {
      @Nullable Image image = record.image(i);
      if (image != null) {
        out = out == null ? texts(record) : out;
        out[i] = reference(owner, image, latest == null ? null : latest.values.at(i));
      }
    }
    @Nullable String @Nullable [] values = out;
    return values == null ? Shelf.Values.of(record) : position -> values[position];
  }

  private static @Nullable String[] texts(ValidRecord record) {
    @Nullable String[] out = new @Nullable String[record.spec().fieldCount()];
    for (int i = 0; i < out.length; i++) {
      out[i] = record.value(i);
    }
    return out;
  }

  private String reference(Owner owner, Image image, @Nullable String old) {
    if (old != null && ImageRef.parse(old).sha256().equals(image.sha256())) {
      return old;
    }
    Id blob = tools.random.id();
    tools.blobs.seal(plan.change().batch(), owner.subject, blob, owner.key(), image.content());
    return ImageRef.to(blob, image).text();
  }

  /** Makes the search rows follow the record: present values lead to it, past ones no more. */
  private void index(Id subject, RecordId record, Shelf.Values now, @Nullable Latest before) {
    Batch batch = plan.change().batch();
    for (Shelf.IndexKey index : shelf.searches()) {
      byte @Nullable [] row = index.prefixOf(now);
      byte @Nullable [] old = before == null ? null : index.prefixOf(before.values);
      if (Arrays.equals(row, old)) {
        continue;
      }
      if (old != null) {
        batch.delete(Table.INDEX, Layout.searchRow(old, subject, record.value()));
      }
      if (row != null) {
        batch.put(Table.INDEX, Layout.searchRow(row, subject, record.value()), new byte[0]);
      }
    }
  }

  /** The record's newest version; null when there is none. */
  private @Nullable Latest latest(Owner owner, RecordId id, ValidRecord record) {
    if (!owner.known) {
      return null;
    }
    byte[] prefix = Layout.recordPrefix(owner.subject, shelf.id(), id.value());
    try (Store.Cursor newest = tools.store.scan(Table.RECORDS, prefix)) {
      if (!newest.next()) {
        return null;
      }
      byte[] key = Layout.requireLength(newest.key(), Layout.VERSION_KEY);
      Shelf.Values values = tools.codec.open(shelf.spec(), key, owner.key(), newest.value(), ALL);
      requireSame(shelf.identity(), values, record);
      requireSame(shelf.naturalKey(), values, record);
      return new Latest(Layout.versionOf(key), values);
    }
  }

  /** The rows of an index are not sealed: what they lead to must be what was looked for. */
  private static void requireSame(
      Shelf.@Nullable IndexKey index, Shelf.Values found, ValidRecord record) {
    if (index != null && !index.same(found, Shelf.Values.of(record))) {
      throw new VaultException(
          ErrorCode.CORRUPT, "an index leads to a record that does not hold what was sought");
    }
  }

  /** A record as this batch would leave it. */
  private static final class RecordAt {
    private final RecordId id;
    private final Id subject;
    private @Nullable Latest latest;

    RecordAt(RecordId id, Id subject, @Nullable Latest latest) {
      this.id = id;
      this.subject = subject;
      this.latest = latest;
    }
  }

  private record Latest(int version, Shelf.Values values) {}

  /** A subject of this batch, its data key opened once and only if it is needed. */
  private final class Owner implements AutoCloseable {
    private final Id subject;
    private final byte[] identity;
    private final boolean known;
    private @Nullable SecretBytes key;
    private @Nullable RecordAt only;
    private boolean ordered;

    Owner(Id subject, byte[] identity, boolean known) {
      this.subject = subject;
      this.identity = identity;
      this.known = known;
    }

    SecretBytes key() {
      if (key == null) {
        key = known ? unwrapped() : fresh();
      }
      return key;
    }

    /** Only now is the subject one that the vault holds: its identity and key come together. */
    private SecretBytes fresh() {
      SecretBytes made = SecretBytes.owned(tools.random.bytes(Sealer.KEY_BYTES));
      plan.change().putNew(Table.INDEX, identity, subject.toArray());
      plan.addSubject();
      plan.change()
          .batch()
          .put(Table.RECORDS, Layout.dataKey(subject), tools.custody.wrap(subject, made));
      return made;
    }

    private SecretBytes unwrapped() {
      byte @Nullable [] wrapped = tools.store.get(Table.RECORDS, Layout.dataKey(subject));
      if (wrapped == null) {
        throw new VaultException(
            ErrorCode.CORRUPT, "the data key of subject " + subject + " is missing");
      }
      return tools.custody.unwrap(subject, wrapped);
    }

    @Override
    public void close() {
      if (key != null) {
        key.close();
      }
    }
  }
}
