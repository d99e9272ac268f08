package org.strongroom.identity;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.strongroom.kernel.VaultException;

/**
 * Signs in by name and password. Every try that is looked at costs one password hash, whether or
 * not there is such a user, so that neither the answer nor its time tells names. Thread-safe.
 */
final class PasswordSignIn {
  /** Stands for all names that no user can have, so that they fill no memory. */
  private static final String NO_NAME = "";

  private static final char[] NEVER_A_PASSWORD = {};
  private static final Duration BUSY_WAIT = Duration.ofSeconds(1);

  private final UserBook users;
  private final PasswordHash passwords;
  private final HashingLimit hashing;
  private final LockOut lockOut;
  private final String decoy;

  PasswordSignIn(UserBook users, PasswordHash passwords, HashingLimit hashing, Clock clock) {
    this.users = users;
    this.passwords = passwords;
    this.hashing = hashing;
    this.lockOut = new LockOut(clock);
    this.decoy = passwords.decoy();
  }

  /** Takes the name in any case; leaves the array as it is. */
  SignIn signIn(String given, char[] password) {
    String lower = given.toLowerCase(Locale.ROOT);
    String name = AccountRules.isName(lower) ? lower : NO_NAME;
    Optional<Duration> locked = lockOut.begin(name);
    if (locked.isPresent()) {
      return new Refused(RefusalCode.LOCKED_OUT, locked);
    }
    try {
      return attempt(name, password);
    } catch (VaultException e) {
      lockOut.withdrawn(name);
      throw e;
    }
  }

  private SignIn attempt(String name, char[] password) {
    Optional<StoredUser> user = users.find(name).filter(PasswordSignIn::mayTry);
    String stored = user.map(StoredUser::password).orElse(decoy);
    char[] tried =
        password.length <= AccountRules.MOST_PASSWORD_CHARS ? password : NEVER_A_PASSWORD;
    Optional<Boolean> right = hashing.take(() -> passwords.matches(tried, stored));
    if (right.isEmpty()) {
      lockOut.withdrawn(name);
      return new Refused(RefusalCode.BUSY, Optional.of(BUSY_WAIT));
    }
    if (user.isEmpty() || !right.get()) {
      return Refused.NOT_AUTHENTICATED;
    }
    lockOut.succeeded(name);
    return new SignedIn(user.get().actor());
  }

  private static boolean mayTry(StoredUser user) {
    return !user.disabled() && user.password() != null;
  }
}
