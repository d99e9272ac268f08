package org.strongroom.rest;

import java.time.Duration;
import java.util.Optional;
import org.strongroom.http.Doorkeeper;
import org.strongroom.identity.Actor;
import org.strongroom.identity.Identity;
import org.strongroom.identity.Refused;
import org.strongroom.identity.SignIn;
import org.strongroom.identity.SignedIn;

/** Lets in whoever holds a token of an account. Thread-safe. */
public final class TokenDoorkeeper implements Doorkeeper<Actor> {
  private final Identity identity;

  public TokenDoorkeeper(Identity identity) {
    this.identity = identity;
  }

  @Override
  public Doorkeeper.Answer<Actor> byToken(String token) {
    SignIn answer = identity.byToken(token);
    if (answer instanceof SignedIn signedIn) {
      return new Known<>(signedIn.actor());
    }
    Optional<Duration> wait = ((Refused) answer).retryAfter();
    return wait.isPresent() ? new LockedOut<>(wait.get()) : new Unknown<>();
  }
}
