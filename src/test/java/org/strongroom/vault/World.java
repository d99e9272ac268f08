package org.strongroom.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.strongroom.audit.Entry;
import org.strongroom.audit.EntryCodec;
import org.strongroom.audit.LogIndex;
import org.strongroom.audit.LogReader;
import org.strongroom.audit.Sequencer;
import org.strongroom.crypto.Randomness;
import org.strongroom.identity.Actor;
import org.strongroom.identity.Identity;
import org.strongroom.identity.PasswordHash;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SettableClock;
import org.strongroom.keys.Keyring;
import org.strongroom.keys.Keyset;
import org.strongroom.keys.LocalCustody;
import org.strongroom.policy.Permission;
import org.strongroom.policy.Policy;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Draft;
import org.strongroom.schema.ValidRecord;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.store.WatchedStore;
import org.strongroom.store.memory.MemoryStore;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.VerifierKey;

/** A vault built by hand over any store, with the ready-made collections and policy. */
final class World implements AutoCloseable {
  static final Entry.By ROOT = Vault.by(People.OPERATOR, null);

  final SettableClock clock;
  final WatchedStore store;
  final VaultHeader header;
  final Sequencer sequencer;
  final Catalogue catalogue;
  final PolicyBook policies;
  final SealedAccounts accounts;
  final Identity identity;
  final SpyCustody custody;
  final Vault vault;
  final Users users;
  final LogReader reader;
  final Inspection inspection;
  private final Keyring keyring;
  private final Aead kek;
  private final EntryCodec entries;

  private World(Store store, Aead kek, SettableClock clock) {
    SecureRandom random = new SecureRandom();
    this.kek = kek;
    this.clock = clock;
    this.store = new WatchedStore(store);
    this.header = VaultHeader.read(store);
    this.keyring = Keyring.open(kek, header.id(), header.keysets());
    this.entries = new EntryCodec(keyring.sealer(Keyset.AUDIT), header.origin());
    LogIndex logIndex = new LogIndex(keyring.blindIndex(LogIndex.KEY_LABEL));
    this.sequencer =
        new Sequencer(
            this.store,
            entries,
            logIndex,
            header.origin(),
            keyring.checkpointSigner(header.origin()));
    try {
      this.catalogue = new Catalogue(this.store, sequencer, keyring, clock);
      this.policies = new PolicyBook(sequencer, catalogue, clock);
    } catch (RuntimeException e) {
      sequencer.close();
      throw e;
    }
    this.accounts =
        new SealedAccounts(
            this.store,
            sequencer,
            keyring.sealer(Keyset.ACCOUNTS),
            keyring.blindIndex("accounts"),
            clock);
    this.identity = new Identity(accounts, clock, random, new QuickHash());
    this.custody = new SpyCustody(new LocalCustody(kek, header.id()));
    this.vault = new Vault(foundations(), catalogue, policies, new Randomness(random), clock);
    this.users = new Users(vault, identity, accounts, policies);
    this.reader = new LogReader(this.store, entries, logIndex);
    this.inspection = new Inspection(vault, reader, sequencer, identity, clock);
  }

  Vault.Foundations foundations() {
    return new Vault.Foundations(header, store, keyring, custody, sequencer);
  }

  /** What this vault is verified with, also once it is closed. */
  Verification.Sources sources(Checkpoint... saved) {
    return new Verification.Sources(
        header.id(), header.origin(), keyring, new LocalCustody(kek, header.id()), List.of(saved));
  }

  /** The key of the log's checkpoints. */
  VerifierKey logKey() {
    return keyring.checkpointKey(header.origin());
  }

  /** A checkpoint as this vault signs it. */
  byte[] note(byte[] body) {
    return keyring.checkpointSigner(header.origin()).apply(body);
  }

  /** A new vault in memory. */
  static World inMemory() {
    return founded(new MemoryStore());
  }

  /** A new vault in an empty store. */
  static World founded(Store store) {
    World bare = bare(store);
    for (String name : CollectionSpec.builtIn()) {
      bare.catalogue.apply(ROOT, name + ".yaml", CollectionSpec.builtInYaml(name));
    }
    bare.policies.apply(ROOT, "policy.yaml", Policy.builtInYaml());
    return bare;
  }

  /** A new vault without collections and policy. */
  static World bare(Store store) {
    SettableClock clock = new SettableClock();
    Aead kek = kek();
    Id id = Id.random(new SecureRandom());
    VaultHeader header = VaultHeader.founding(id, clock.instant(), Keyring.generate(kek, id));
    header.write(store);
    World world = new World(store, kek, clock);
    Entry founded = Entry.of(Entry.Kind.VAULT, clock.instant(), ROOT, "founded");
    world.sequencer.appendUnconditional(founded, header.foundingChange());
    return world;
  }

  /** The same vault in another process, this one having ended. */
  World reopened(Store again) {
    sequencer.close();
    return new World(again, kek, clock);
  }

  World reopened() {
    return reopened(store);
  }

  @Override
  public void close() {
    sequencer.close();
    store.close();
  }

  private static Aead kek() {
    try {
      AeadConfig.register();
      return KeysetHandle.generateNew(
              PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get())
          .getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  // ---- keeping -----------------------------------------------------------------------------

  /** A record of a collection, from names and values in turn. */
  ValidRecord record(String collection, String... namesAndValues) {
    CollectionSpec spec = catalogue.spec(collection);
    Draft draft = new Draft(spec.fieldCount());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      draft.set(spec.position(namesAndValues[i]), namesAndValues[i + 1]);
    }
    if (spec.check(draft) instanceof ValidRecord valid) {
      return valid;
    }
    throw new AssertionError("the test's own record is not valid");
  }

  /** Resident {@code i}, called {@code name}, with a phone. */
  ValidRecord resident(int i, String name, String phone) {
    return record("residents", "resident_id", People.residentId(i), "name", name, "phone", phone);
  }

  /** A case of resident {@code i}. */
  ValidRecord caseOf(int i, String number, String title) {
    return record(
        "cases",
        "case_number",
        number,
        "resident_id",
        People.residentId(i),
        "title",
        title,
        "status",
        "open");
  }

  List<Kept> keepAll(List<ValidRecord> records) {
    return vault
        .keep(People.CLERK, Permission.KEEP, records.get(0).spec().name(), records)
        .records();
  }

  List<Kept> keepAll(ValidRecord... records) {
    return keepAll(List.of(records));
  }

  Kept keep(ValidRecord record) {
    return keepAll(List.of(record)).get(0);
  }

  // ---- asking ------------------------------------------------------------------------------

  /** Every field in clear, as whoever may see all of it. */
  List<Answer.Match> investigate(String collection, Map<String, String> where) {
    return matches(People.INVESTIGATOR, Asking.seriousCrime().of(collection).where(where));
  }

  List<Answer.Match> matches(Actor actor, Asking question) {
    return disclosed(actor, question).matches();
  }

  Answer.Disclosed disclosed(Actor actor, Asking question) {
    if (vault.disclose(actor, question.question()) instanceof Answer.Disclosed disclosed) {
      return disclosed;
    }
    throw new AssertionError("denied");
  }

  Answer.Refused refused(Actor actor, Asking question) {
    if (vault.disclose(actor, question.question()) instanceof Answer.Refused refused) {
      return refused;
    }
    throw new AssertionError("not denied");
  }

  /** All pages of a question, each of at most {@code limit} matches, in their order. */
  List<List<Answer.Match>> pages(Actor actor, Asking ask, int limit) {
    List<List<Answer.Match>> out = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      Answer.Disclosed page = disclosed(actor, ask.limit(limit).after(next));
      out.add(page.matches());
      next = page.next();
    } while (next.isPresent() && out.size() < 1000);
    return out;
  }

  /** The one record that has these values, in clear. */
  Map<String, Object> only(String collection, Map<String, String> where) {
    List<Answer.Match> matches = investigate(collection, where);
    if (matches.size() != 1) {
      throw new AssertionError(matches.size() + " matches");
    }
    return matches.get(0).fields();
  }

  // ---- the log and the rows ----------------------------------------------------------------

  /** The entries of the log, opened, by index. */
  List<Entry> log() {
    List<Entry> out = new ArrayList<>();
    rows(Table.AUDIT_ENTRIES).values().forEach(leaf -> out.add(entries.open(leaf)));
    return out;
  }

  Entry lastEntry() {
    List<Entry> log = log();
    return log.get(log.size() - 1);
  }

  /** The views that an entry says were shown. */
  static Map<String, String> views(Entry entry) {
    Entry.Basis basis = entry.basis();
    return basis == null ? Map.of() : basis.views();
  }

  /** The value of a row that there is. */
  byte[] row(Table table, Bytes key) {
    return Objects.requireNonNull(rows(table).get(key));
  }

  /** All rows of a table, in key order. */
  Map<Bytes, byte[]> rows(Table table) {
    Map<Bytes, byte[]> out = new TreeMap<>();
    try (Store.Cursor cursor = store.scan(table, new byte[0])) {
      while (cursor.next()) {
        out.put(Bytes.owned(cursor.key()), cursor.value());
      }
    }
    return out;
  }

  /** All record versions, in key order. */
  Map<Bytes, byte[]> versions() {
    Map<Bytes, byte[]> out = rows(Table.RECORDS);
    out.keySet().removeIf(key -> Layout.isDataKey(key.unsafeArray()));
    return out;
  }

  /** The data keys of all subjects, in key order. */
  Map<Bytes, byte[]> dataKeys() {
    Map<Bytes, byte[]> out = rows(Table.RECORDS);
    out.keySet().removeIf(key -> !Layout.isDataKey(key.unsafeArray()));
    return out;
  }

  /** Writes a row behind the vault's back. */
  void overwrite(Table table, Bytes key, byte[] value) {
    store.write(new Batch().put(table, key.toArray(), value), Store.Durability.SYNCED);
  }

  void delete(Table table, Bytes key) {
    store.write(new Batch().delete(table, key.toArray()), Store.Durability.SYNCED);
  }

  /** Swaps the values of two rows. */
  void swap(Table table, Bytes one, Bytes other) {
    byte[] first = row(table, one);
    byte[] second = row(table, other);
    overwrite(table, one, second);
    overwrite(table, other, first);
  }

  /** A quick stand-in for the slow function. */
  private static final class QuickHash implements PasswordHash {
    @Override
    public String hash(char[] password) {
      return Integer.toHexString(new String(password).hashCode());
    }

    @Override
    public boolean matches(char[] password, String stored) {
      return hash(password).equals(stored);
    }

    @Override
    public String decoy() {
      return "none";
    }
  }
}
