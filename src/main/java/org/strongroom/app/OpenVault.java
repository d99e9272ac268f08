package org.strongroom.app;

import com.google.crypto.tink.Aead;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.strongroom.audit.Entry;
import org.strongroom.audit.EntryCodec;
import org.strongroom.audit.Exposures;
import org.strongroom.audit.HttpWitness;
import org.strongroom.audit.LogIndex;
import org.strongroom.audit.LogReader;
import org.strongroom.audit.Sequencer;
import org.strongroom.audit.Witness;
import org.strongroom.crypto.Randomness;
import org.strongroom.identity.Actor;
import org.strongroom.identity.Argon2idHash;
import org.strongroom.identity.Identity;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.KeyFile;
import org.strongroom.keys.Keyring;
import org.strongroom.keys.Keyset;
import org.strongroom.keys.LocalCustody;
import org.strongroom.leak.Accounts;
import org.strongroom.leak.Checking;
import org.strongroom.leak.LeakBook;
import org.strongroom.leak.LeakCheck;
import org.strongroom.leak.LeakDesk;
import org.strongroom.leak.LeakLog;
import org.strongroom.leak.canary.CanaryBook;
import org.strongroom.leak.lookup.LeakRanges;
import org.strongroom.leak.lookup.LookupDesk;
import org.strongroom.leak.lookup.LookupKeys;
import org.strongroom.leak.lookup.RegisteredLeaks;
import org.strongroom.leak.lookup.Registrar;
import org.strongroom.leak.report.ReportSignature;
import org.strongroom.policy.Policy;
import org.strongroom.rest.Api;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.store.Store;
import org.strongroom.store.rocksdb.RocksStore;
import org.strongroom.translog.TrustPolicy;
import org.strongroom.vault.Catalogue;
import org.strongroom.vault.Inspection;
import org.strongroom.vault.Matching;
import org.strongroom.vault.PolicyBook;
import org.strongroom.vault.SealedAccounts;
import org.strongroom.vault.Users;
import org.strongroom.vault.Vault;
import org.strongroom.vault.VaultHeader;
import org.strongroom.vault.Verifier;
import org.strongroom.vault.WitnessBook;

/**
 * A vault directory, opened: every service built once, by hand. Closing it signs a last checkpoint
 * and closes the store.
 */
final class OpenVault implements AutoCloseable {
  /** The longest that a witness may take to answer before it is missed. */
  private static final Duration WITNESSED_WITHIN = Duration.ofSeconds(5);

  private final VaultHeader header;
  private final Store store;
  private final Keyring keyring;
  private final Sequencer sequencer;
  private final Catalogue catalogue;
  private final PolicyBook policies;
  private final SealedAccounts accounts;
  private final Identity identity;
  private final Vault vault;
  private final Users users;
  private final Inspection inspection;
  private final WitnessBook witnesses;
  private final Verifier verifier;
  private final LeakLog leakLog;
  private final Matching matching;
  private final LeakCheck checking;
  private final CanaryBook.Setting planting;
  private final CanaryBook canaries;
  private final LeakDesk leaks;
  private final UnaryOperator<byte[]> sign;
  private final LookupDesk lookups;
  private final Clock clock;
  private final SecureRandom random;

  private OpenVault(VaultHeader header, Store store, Aead kek, Clock clock, SecureRandom random) {
    this.header = header;
    this.store = store;
    this.clock = clock;
    this.random = random;
    this.keyring = Keyring.open(kek, header.id(), header.keysets());
    EntryCodec entries = new EntryCodec(keyring.sealer(Keyset.AUDIT), header.origin());
    LogIndex logIndex = new LogIndex(keyring.blindIndex(LogIndex.KEY_LABEL));
    this.sign = keyring.checkpointSigner(header.origin());
    this.sequencer = new Sequencer(store, entries, logIndex, header.origin(), sign);
    try {
      this.catalogue = new Catalogue(store, sequencer, keyring, clock);
      this.policies = new PolicyBook(sequencer, catalogue, clock);
      this.accounts =
          new SealedAccounts(
              store,
              sequencer,
              keyring.sealer(Keyset.ACCOUNTS),
              keyring.blindIndex("accounts"),
              clock);
      this.identity = new Identity(accounts, clock, random, new Argon2idHash(random));
      Randomness randomness = new Randomness(random);
      Vault.Foundations foundations =
          new Vault.Foundations(
              header, store, keyring, new LocalCustody(kek, header.id()), sequencer);
      this.vault = new Vault(foundations, catalogue, policies, randomness, clock);
      this.verifier = new Verifier(foundations, vault, clock, random);
      this.users = new Users(vault, identity, accounts, policies);
      this.lookups = lookups(randomness);
      LogReader reader = new LogReader(store, entries, logIndex);
      this.inspection = new Inspection(vault, reader, sequencer, identity, clock);
      this.witnesses =
          new WitnessBook(
              sequencer,
              catalogue,
              keyring.checkpointKey(header.origin()),
              OpenVault::reach,
              clock);
      this.leakLog = new LeakLog(sequencer, reader, clock);
      this.matching = new Matching(foundations, catalogue, randomness);
      Exposures exposures = new Exposures(store, entries, logIndex);
      this.planting = new CanaryBook.Setting(vault, matching, exposures);
      this.canaries = canaries(random);
      this.checking =
          new LeakCheck(
              header.id().toString(),
              matching,
              exposures,
              this::account,
              canaries,
              keyring.blindIndex(LeakCheck.KEY_LABEL),
              new LeakCheck.Means(randomness, LocalSession.workers()));
      this.leaks = leaks(checking);
    } catch (RuntimeException e) {
      sequencer.close();
      throw e;
    }
  }

  /** Where leak checks are asked for, made by {@code checking}. */
  LeakDesk leaks(Checking checking) {
    return new LeakDesk(
        new LeakDesk.Setting(vault, policies, catalogue),
        new LeakBook(store, leakLog, keyring.sealer(Keyset.LEAKS)),
        leakLog,
        checking,
        report -> ReportSignature.sign(report, sign),
        random);
  }

  /** The canaries of the vault, made up by {@code dice}. */
  CanaryBook canaries(SecureRandom dice) {
    return new CanaryBook(planting, store, sequencer, keyring.sealer(Keyset.LEAKS), dice, clock);
  }

  /** What a leak report says of a reader. */
  private Optional<Accounts.Account> account(Id actor) {
    return identity
        .user(actor)
        .map(user -> new Accounts.Account(user.kind(), Optional.ofNullable(user.agency())));
  }

  private LookupDesk lookups(Randomness random) {
    RegisteredLeaks leaks = new RegisteredLeaks(store, sequencer, keyring, clock);
    LeakRanges ranges = new LeakRanges(store, leaks, keyring);
    LookupKeys keys = new LookupKeys(keyring);
    Registrar registrar = new Registrar(leaks, ranges, keys, random, LocalSession.workers());
    return new LookupDesk(
        vault, new LookupDesk.Shelf(leaks, ranges, keys, registrar), sequencer, random, clock);
  }

  /**
   * Makes a new vault with the ready-made collections and policy, and opens it.
   *
   * @throws VaultException as {@link Founding#run}
   */
  static OpenVault found(Path directory, Path keyFile, Clock clock, SecureRandom random) {
    new Founding(directory, keyFile)
        .run((store, key) -> fill(RocksStore.create(store), kek(key), clock, random));
    return open(directory, keyFile, clock, random);
  }

  /** Writes what every vault begins with, and closes the store, whatever comes of it. */
  private static void fill(Store store, Aead kek, Clock clock, SecureRandom random) {
    try (store) {
      Id id = Id.random(random);
      VaultHeader header = VaultHeader.founding(id, clock.instant(), Keyring.generate(kek, id));
      header.write(store);
      try (OpenVault made = new OpenVault(header, store, kek, clock, random)) {
        Entry.By by = Vault.by(Actor.operator(System.getProperty("user.name", "unknown")), null);
        Entry founded = Entry.of(Entry.Kind.VAULT, clock.instant(), by, "founded");
        made.sequencer.appendUnconditional(founded, header.foundingChange());
        for (String collection : CollectionSpec.builtIn()) {
          made.catalogue.apply(by, collection + ".yaml", CollectionSpec.builtInYaml(collection));
        }
        made.policies.apply(by, "policy.yaml", Policy.builtInYaml());
      }
    }
  }

  /**
   * Opens a vault.
   *
   * @throws VaultException {@code NO_VAULT}, {@code KEY_FILE}, {@code VAULT_IN_USE}, {@code
   *     STORE_FAILED} or {@code CORRUPT}, each with what to do
   */
  static OpenVault open(Path directory, Path keyFile, Clock clock, SecureRandom random) {
    if (!Files.isDirectory(directory.resolve(Founding.STORE))) {
      throw new VaultException(
          ErrorCode.NO_VAULT,
          directory + " is no vault; make one with: strongroom init --vault " + directory);
    }
    Aead kek = kek(KeyFile.open(keyFile));
    Store store = RocksStore.open(directory.resolve(Founding.STORE));
    try {
      return new OpenVault(VaultHeader.read(store), store, kek, clock, random);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** The way to a witness. */
  static Witness reach(TrustPolicy.Witness witness) {
    URI address = URI.create(Objects.requireNonNull(witness.url()));
    return new HttpWitness(witness.key(), address, WITNESSED_WITHIN, null);
  }

  VaultHeader header() {
    return header;
  }

  Store store() {
    return store;
  }

  Keyring keyring() {
    return keyring;
  }

  Sequencer sequencer() {
    return sequencer;
  }

  Catalogue catalogue() {
    return catalogue;
  }

  PolicyBook policies() {
    return policies;
  }

  Identity identity() {
    return identity;
  }

  SealedAccounts accounts() {
    return accounts;
  }

  Vault vault() {
    return vault;
  }

  Users users() {
    return users;
  }

  WitnessBook witnesses() {
    return witnesses;
  }

  LeakDesk leaks() {
    return leaks;
  }

  Matching matching() {
    return matching;
  }

  Checking checking() {
    return checking;
  }

  CanaryBook canaries() {
    return canaries;
  }

  /** What the REST interface is to. */
  Api.Services services(LeakDesk desk) {
    return new Api.Services(
        vault,
        catalogue,
        policies,
        users,
        verifier,
        new Api.Leaks(desk, canaries),
        new Api.Log(sequencer.publication(), witnesses, inspection));
  }

  LookupDesk lookups() {
    return lookups;
  }

  Verifier verifier() {
    return verifier;
  }

  Inspection inspection() {
    return inspection;
  }

  Clock clock() {
    return clock;
  }

  @Override
  public void close() {
    sequencer.close();
    store.close();
  }

  static Aead kek(KeyFile key) {
    try {
      return key.getAead(KeyFile.URI);
    } catch (GeneralSecurityException e) {
      throw new BugException("the key file holds one key", e);
    }
  }
}
