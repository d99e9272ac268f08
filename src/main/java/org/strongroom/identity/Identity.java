package org.strongroom.identity;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.strongroom.identity.StoredUser.StoredToken;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.kernel.VaultException;

/**
 * The accounts of a vault, and the sign-ins to them. Every change is durable when its method
 * returns, and holds for the next sign-in. Thread-safe; one instance for one store of accounts.
 *
 * <p>Not checked here: whether the caller may manage users, whether the policy knows a role, and
 * whether it lets one account hold these roles together. Methods that take a password wipe the
 * array before they return, whatever comes of it.
 */
public final class Identity {
  /** The role that enrolment gives. */
  public static final String ADMINISTRATOR = "administrator";

  public static final Duration SESSION = Duration.ofHours(8);

  /** How many unexpired API tokens one account may have. */
  public static final int MOST_TOKENS = 50;

  /** How many sessions one account may have; one more ends the oldest. */
  public static final int MOST_SESSIONS = 20;

  private static final Duration LONGEST_VALIDITY = Duration.ofDays(3_653);
  private static final String SESSION_LABEL = "session";

  private final UserBook users;
  private final Enrolments enrolments;
  private final TokenSignIn tokenSignIn;
  private final PasswordSignIn passwordSignIn;
  private final PasswordHash passwords;
  private final HashingLimit hashing;
  private final Clock clock;
  private final SecureRandom random;

  public Identity(Accounts accounts, Clock clock, SecureRandom random, PasswordHash passwords) {
    this(
        accounts,
        clock,
        random,
        passwords,
        new HashingLimit(HashingLimit.AT_ONCE, HashingLimit.WAIT));
  }

  Identity(
      Accounts accounts,
      Clock clock,
      SecureRandom random,
      PasswordHash passwords,
      HashingLimit hashing) {
    this.users = new UserBook(accounts);
    this.enrolments = new Enrolments(accounts, users, clock, random);
    this.tokenSignIn = new TokenSignIn(users, clock);
    this.passwordSignIn = new PasswordSignIn(users, passwords, hashing, clock);
    this.passwords = passwords;
    this.hashing = hashing;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes a code by which one administrator can be enrolled, within seven days and with ten wrong
   * tries at most. A code made before is void.
   */
  public Enrolment newEnrolmentCode() {
    return enrolments.open();
  }

  /**
   * Adds an administrator, and uses the code up. A name or password that is not accepted leaves the
   * code as it is.
   *
   * @throws VaultException {@link ErrorCode#INVALID_VALUE} for the name or password, {@link
   *     ErrorCode#NOT_AUTHENTICATED} for the code, {@link ErrorCode#CONFLICT} if the name is taken
   */
  public Actor enrol(String code, String name, char[] password) {
    try {
      AccountRules.checkName(name);
      AccountRules.checkPassword(name, password);
      return enrolments
          .redeem(
              code,
              () ->
                  fresh(name, Set.of(ADMINISTRATOR), Actor.Kind.USER)
                      .withPassword(hash(password), clock.instant()))
          .actor();
    } finally {
      AccountRules.wipe(password);
    }
  }

  /** Whether there is an administrator who is not disabled. Reads all accounts. */
  public boolean hasAdministrator() {
    return users.all().stream()
        .anyMatch(user -> !user.disabled() && user.roles().contains(ADMINISTRATOR));
  }

  /** Adds an account of no known agency. */
  public User addUser(String name, Set<String> roles, Actor.Kind kind) {
    return addUser(name, roles, kind, Optional.empty());
  }

  /**
   * Adds an account, which can sign in as soon as it has a password or a token.
   *
   * @param roles at least one
   * @param kind {@code USER} or {@code CLIENT}; a client application never has a password
   * @param agency for which it works, if that is known
   * @throws VaultException {@link ErrorCode#INVALID_VALUE}, or {@link ErrorCode#CONFLICT} if the
   *     name is taken
   */
  public User addUser(String name, Set<String> roles, Actor.Kind kind, Optional<String> agency) {
    AccountRules.checkName(name);
    AccountRules.checkRoles(roles);
    agency.ifPresent(AccountRules::checkAgency);
    if (kind == Actor.Kind.OPERATOR) {
      throw new VaultException(ErrorCode.INVALID_VALUE, "an operator has no account");
    }
    StoredUser user = fresh(name, roles, kind).withAgency(agency.orElse(null), now());
    users.add(user, Map.of());
    return user.shown();
  }

  /**
   * Sets a user's password and ends his sessions; API tokens stay.
   *
   * @throws VaultException {@link ErrorCode#INVALID_VALUE} for the password, or for a client
   *     application; {@link ErrorCode#NOT_FOUND}
   */
  public void setPassword(String name, char[] password) {
    try {
      AccountRules.checkPassword(name, password);
      if (require(name).kind() != Actor.Kind.USER) {
        throw new VaultException(
            ErrorCode.INVALID_VALUE, "a client application has no password; give it a token");
      }
      String hash = hash(password);
      change(name, user -> user.withoutTokens(StoredToken::session).withPassword(hash, now()));
    } finally {
      AccountRules.wipe(password);
    }
  }

  /** Replaces the roles of an account; its tokens and sessions have the new ones at once. */
  public User setRoles(String name, Set<String> roles) {
    AccountRules.checkRoles(roles);
    return change(name, user -> user.withRoles(roles, now()));
  }

  /**
   * Says for which agency an account works; empty: for none that is known.
   *
   * @throws VaultException {@link ErrorCode#INVALID_VALUE}, {@link ErrorCode#NOT_FOUND}
   */
  public User setAgency(String name, Optional<String> agency) {
    agency.ifPresent(AccountRules::checkAgency);
    return change(name, user -> user.withAgency(agency.orElse(null), now()));
  }

  /** Shuts an account out and ends its sessions. Idempotent. */
  public User disable(String name) {
    return change(name, user -> user.withoutTokens(StoredToken::session).withDisabled(true, now()));
  }

  /** Lets a disabled account in again, with its password and API tokens. Idempotent. */
  public User enable(String name) {
    return change(name, user -> user.withDisabled(false, now()));
  }

  /** All accounts by name. */
  public List<User> users() {
    return users.all().stream().map(StoredUser::shown).toList();
  }

  public Optional<User> user(String name) {
    return users.find(name).map(StoredUser::shown);
  }

  /** The account of this id. Reads all accounts at first, and again when there is one more. */
  public Optional<User> user(Id id) {
    return users.find(id).map(StoredUser::shown);
  }

  /**
   * Issues an API token for an account.
   *
   * @param validFor from now; empty: until it is revoked
   * @param label what it is for, up to 64 characters; told to whoever lists the tokens
   * @throws VaultException {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#INVALID_VALUE}, or {@link
   *     ErrorCode#CONFLICT} if the account has too many tokens or is disabled
   */
  public IssuedToken issueToken(String userName, Optional<Duration> validFor, String label) {
    AccountRules.checkLabel(label);
    if (validFor.isPresent()
        && (validFor.get().isNegative()
            || validFor.get().isZero()
            || validFor.get().compareTo(LONGEST_VALIDITY) > 0)) {
      throw new VaultException(
          ErrorCode.INVALID_VALUE, "a token is valid for more than no time and at most ten years");
    }
    return issue(
        userName,
        validFor.map(now()::plus).orElse(null),
        label,
        false,
        user -> {
          requireEnabled(user);
          StoredUser current = user.withoutTokens(token -> token.expiredAt(now()));
          if (current.tokens().stream().filter(token -> !token.session()).count() >= MOST_TOKENS) {
            throw new VaultException(
                ErrorCode.CONFLICT, "this user has " + MOST_TOKENS + " tokens; revoke one first");
          }
          return current.withChanged(now());
        });
  }

  /**
   * Issues the token of a session, valid for {@link #SESSION}, to a user who has just signed in by
   * password.
   *
   * @throws VaultException {@link ErrorCode#NOT_AUTHENTICATED} if the account is no user's, or
   *     disabled by now
   */
  public IssuedToken session(Actor actor) {
    return issue(
        actor.name(),
        now().plus(SESSION),
        SESSION_LABEL,
        true,
        user -> {
          if (user.disabled()
              || user.kind() != Actor.Kind.USER
              || !user.actor().id().equals(actor.id())) {
            throw new VaultException(ErrorCode.NOT_AUTHENTICATED, "sign in by password first");
          }
          StoredUser current = user.withoutTokens(token -> token.expiredAt(now()));
          List<StoredToken> sessions =
              current.tokens().stream().filter(StoredToken::session).toList();
          return sessions.size() < MOST_SESSIONS
              ? current
              : current.withoutTokens(sessions.get(0)::equals);
        });
  }

  /**
   * Revokes an API token or a session by its id.
   *
   * @throws VaultException {@link ErrorCode#NOT_FOUND} if this user has no such token
   */
  public void revokeToken(String userName, String tokenId) {
    change(
        userName,
        user -> {
          if (user.token(tokenId).isEmpty()) {
            throw new VaultException(ErrorCode.NOT_FOUND, "this user has no such token");
          }
          return user.withoutTokens(token -> token.id().equals(tokenId)).withChanged(now());
        });
  }

  /** Ends the session, or revokes the token, that is given; does nothing if it is not valid. */
  public void signOut(String token) {
    if (byToken(token) instanceof SignedIn signedIn) {
      String id = token.substring(TokenText.PREFIX.length()).substring(0, TokenText.ID_CHARS);
      change(signedIn.actor().name(), user -> user.withoutTokens(known -> known.id().equals(id)));
    }
  }

  /**
   * Who holds this token. Cheap enough for every request. The answer is the same to a token that is
   * malformed, unknown, wrong, expired or revoked, or whose account is disabled.
   */
  public SignIn byToken(String token) {
    return tokenSignIn.signIn(token);
  }

  /**
   * Who has this name, in any case of letters, and password. Takes tens of milliseconds, and some
   * seconds under a crowd. After the fifth failure for a name, be it a user's or not, there is a
   * delay that doubles up to 15 minutes, within which no password is looked at.
   */
  public SignIn byPassword(String name, char[] password) {
    try {
      return passwordSignIn.signIn(name, password);
    } finally {
      AccountRules.wipe(password);
    }
  }

  private IssuedToken issue(
      String userName,
      @Nullable Instant expires,
      String label,
      boolean session,
      UnaryOperator<StoredUser> makeRoom) {
    byte[] text = TokenText.fresh(random);
    StoredToken token =
        new StoredToken(
            TokenText.id(text),
            HexFormat.of().formatHex(TokenText.hash(text)),
            label,
            now(),
            expires,
            session);
    change(userName, user -> makeRoom.apply(user).withToken(token));
    return new IssuedToken(token.id(), SecretBytes.owned(text), expires);
  }

  private String hash(char[] password) {
    return hashing
        .take(() -> passwords.hash(password))
        .orElseThrow(
            () ->
                new VaultException(
                    ErrorCode.LOCKED_OUT, "too many sign-ins at this moment; try again"));
  }

  private StoredUser fresh(String name, Set<String> roles, Actor.Kind kind) {
    return StoredUser.fresh(Id.random(random), name, kind, roles, now());
  }

  private StoredUser require(String name) {
    return users
        .find(name)
        .orElseThrow(() -> new VaultException(ErrorCode.NOT_FOUND, "there is no such user"));
  }

  private User change(String name, UnaryOperator<StoredUser> change) {
    return users.change(name, change).shown();
  }

  private Instant now() {
    return clock.instant();
  }

  private static void requireEnabled(StoredUser user) {
    if (user.disabled()) {
      throw new VaultException(ErrorCode.CONFLICT, "this user is disabled; enable it first");
    }
  }
}
