package org.strongroom.app;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.strongroom.audit.Entry;
import org.strongroom.audit.Receipt;
import org.strongroom.cli.Leaks;
import org.strongroom.identity.Actor;
import org.strongroom.identity.Identity;
import org.strongroom.identity.SignedIn;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SettableClock;
import org.strongroom.leak.Checking;
import org.strongroom.leak.LeakDesk;
import org.strongroom.leak.canary.CanaryBook;
import org.strongroom.leak.lookup.LookupDesk;
import org.strongroom.rest.Api;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.vault.Catalogue;
import org.strongroom.vault.Inspection;
import org.strongroom.vault.LogRequest;
import org.strongroom.vault.Matching;
import org.strongroom.vault.PolicyBook;
import org.strongroom.vault.ShownEntry;
import org.strongroom.vault.Users;
import org.strongroom.vault.Vault;
import org.strongroom.vault.Verifier;

/** A fresh vault on a real store, wired as the program wires one, with a clock that tests turn. */
public final class TestVault implements AutoCloseable {
  /** Of the key of a data key's row: a subject, and no collection. */
  private static final int DATA_KEY_BYTES = 18;

  private final SettableClock clock;
  private final OpenVault open;
  private final Path directory;

  public TestVault(Path directory) {
    this(directory, new SettableClock(Instant.now()));
  }

  private TestVault(Path directory, SettableClock clock) {
    this(
        clock,
        OpenVault.found(store(directory), key(directory), clock, new SecureRandom()),
        directory);
  }

  private TestVault(SettableClock clock, OpenVault open, Path directory) {
    this.clock = clock;
    this.open = open;
    this.directory = directory;
  }

  private static Path store(Path directory) {
    return directory.resolve("vault");
  }

  private static Path key(Path directory) {
    return directory.resolve("vault.key");
  }

  public Vault vault() {
    return open.vault();
  }

  public Catalogue catalogue() {
    return open.catalogue();
  }

  public PolicyBook policies() {
    return open.policies();
  }

  public Verifier verifier() {
    return open.verifier();
  }

  public LookupDesk lookups() {
    return open.lookups();
  }

  public Users users() {
    return open.users();
  }

  /** What a REST interface is to. */
  public Api.Services services() {
    return services(open.leaks());
  }

  /** The same, with another desk for leak checks. */
  public Api.Services services(LeakDesk desk) {
    return open.services(desk);
  }

  /** Compares with what is held, asked by nobody in particular. */
  public Matching matching() {
    return open.matching();
  }

  /** What checks leaks, likewise. */
  public Checking checking() {
    return open.checking();
  }

  public CanaryBook canaries() {
    return open.canaries();
  }

  /** The canaries of the vault, made up by {@code dice}. */
  public CanaryBook canaries(SecureRandom dice) {
    return open.canaries(dice);
  }

  /** The desk for leak checks that the program has. */
  public LeakDesk leaks() {
    return open.leaks();
  }

  /** A desk for leak checks that are made by {@code checking}. */
  public LeakDesk leaks(Checking checking) {
    return open.leaks(checking);
  }

  /** Leak checks as the command line asks for them of a directory. */
  public Leaks leaks(Checking checking, String token) {
    Actor actor = ((SignedIn) open.identity().byToken(token)).actor();
    return new LocalLeaks(open.leaks(checking), open.canaries(), actor);
  }

  /** An entry of the log. */
  public ShownEntry entry(long index) {
    Actor auditor = new Actor(new Id(1, 1), "test", Set.of("auditor"), Actor.Kind.USER);
    return open.inspection().show(auditor, index).entry();
  }

  /** The entries about leak checks, the newest first. */
  public List<ShownEntry> leakEntries() {
    List<ShownEntry> out = new ArrayList<>();
    Actor auditor = new Actor(new Id(1, 1), "test", Set.of("auditor"), Actor.Kind.USER);
    Inspection.Lines lines =
        new Inspection.Lines() {
          @Override
          public void begin(Receipt receipt) {}

          @Override
          public void entry(ShownEntry entry) {
            out.add(entry);
          }

          @Override
          public void passed(long index) {}
        };
    LogRequest request = new LogRequest(null, null, null, null, null, "leak", null, null);
    try {
      open.inspection().list(auditor, request, lines);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out;
  }

  /** The key of the log, as its clients have it. */
  public String logKey() {
    return open.witnesses().inForce().policy().lines().findFirst().orElseThrow().substring(4);
  }

  /** The same vault in another process, this one having ended. */
  public TestVault reopened() {
    open.close();
    return new TestVault(
        clock,
        OpenVault.open(store(directory), key(directory), clock, new SecureRandom()),
        directory);
  }

  public Inspection inspection() {
    return open.inspection();
  }

  /** All that lies in the store. */
  public Store store() {
    return open.store();
  }

  public Identity identity() {
    return open.identity();
  }

  /** Appends an entry to the log and gives its index: the next act is logged behind it. */
  public long markLog() {
    return open.sequencer()
        .append(Entry.of(Entry.Kind.VAULT, clock.instant(), Vault.by(operator(), null), "marked"))
        .index();
  }

  /** From now on nothing can be logged, as when the disk is full: so nothing can be done. */
  public void failLog() {
    open.sequencer().close();
  }

  /** A new user's token. */
  public String addUser(String name, String role) {
    Users.Shown user = open.users().add(operator(), name, Set.of(role), Actor.Kind.USER, true);
    return String.valueOf(user.token());
  }

  /** A further token of a user. */
  public String token(String name, Duration validFor) {
    Users.Shown user = open.users().token(operator(), name, Optional.of(validFor), "test");
    return String.valueOf(user.token());
  }

  public Actor operator() {
    return Actor.operator("tester");
  }

  /** How many rows a table has. */
  public long rows(Table table) {
    return rows(table, key -> true);
  }

  /** How many subjects have a data key. */
  public long subjects() {
    return rows(Table.RECORDS, key -> key.length == DATA_KEY_BYTES);
  }

  /** How many record versions there are. */
  public long versions() {
    return rows(Table.RECORDS, key -> key.length != DATA_KEY_BYTES);
  }

  private long rows(Table table, Predicate<byte[]> counts) {
    long rows = 0;
    try (Store.Cursor cursor = open.store().scan(table, new byte[0])) {
      while (cursor.next()) {
        rows += counts.test(cursor.key()) ? 1 : 0;
      }
    }
    return rows;
  }

  /** The vault's time. */
  public Instant now() {
    return clock.instant();
  }

  /** Lets time pass. */
  public void pass(Duration time) {
    clock.advance(time);
  }

  @Override
  public void close() {
    open.close();
  }
}
