package org.strongroom.identity;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.strongroom.kernel.SettableClock;

/** An identity over fakes, for one test. */
final class World {
  static final String PASSWORD = "correct horse battery";

  final InMemoryAccounts accounts = new InMemoryAccounts();
  final SettableClock clock = new SettableClock();
  final CountingHash passwords = new CountingHash();
  final Identity identity = restarted();

  /** Another process over the same accounts, now that the first has ended. */
  Identity restarted() {
    return new Identity(accounts, clock, new SecureRandom(), passwords);
  }

  void addUser(String name, String... roles) {
    identity.addUser(name, Set.of(roles), Actor.Kind.USER);
    identity.setPassword(name, PASSWORD.toCharArray());
  }

  String token(String name) {
    return identity.issueToken(name, Optional.empty(), "test").reveal();
  }

  SignIn byPassword(String name, String password) {
    return identity.byPassword(name, password.toCharArray());
  }

  /** Fails {@code times} with a wrong password, waiting out every delay. */
  void failToSignIn(String name, int times) {
    for (int i = 0; i < times; i++) {
      SignIn answer = byPassword(name, "wrong wrong wrong");
      while (answer instanceof Refused refused && refused.retryAfter().isPresent()) {
        clock.advance(refused.retryAfter().orElse(Duration.ZERO));
        answer = byPassword(name, "wrong wrong wrong");
      }
    }
  }
}
