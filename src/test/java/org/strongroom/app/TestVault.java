package org.strongroom.app;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.strongroom.audit.Entry;
import org.strongroom.identity.Actor;
import org.strongroom.identity.Identity;
import org.strongroom.rest.Api;
import org.strongroom.vault.Catalogue;
import org.strongroom.vault.Inspection;
import org.strongroom.vault.PolicyBook;
import org.strongroom.vault.Users;
import org.strongroom.vault.Vault;
import org.strongroom.vault.Verifier;

/** A fresh vault on a real store, wired as the program wires one, with a clock that tests turn. */
public final class TestVault implements AutoCloseable {
  private final TurningClock clock = new TurningClock();
  private final OpenVault open;

  public TestVault(Path directory) {
    this.open =
        OpenVault.found(
            directory.resolve("vault"), directory.resolve("vault.key"), clock, new SecureRandom());
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

  public Users users() {
    return open.users();
  }

  /** What a REST interface is to. */
  public Api.Services services() {
    return open.services();
  }

  public Inspection inspection() {
    return open.inspection();
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

  /** Lets time pass. */
  public void pass(Duration time) {
    clock.pass(time);
  }

  @Override
  public void close() {
    open.close();
  }

  private static final class TurningClock extends Clock {
    private Instant now = Instant.now();

    synchronized void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public synchronized Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("nobody asks for zones");
    }
  }
}
