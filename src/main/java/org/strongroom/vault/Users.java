package org.strongroom.vault;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Entry;
import org.strongroom.audit.Receipt;
import org.strongroom.identity.Actor;
import org.strongroom.identity.Enrolment;
import org.strongroom.identity.Identity;
import org.strongroom.identity.IssuedToken;
import org.strongroom.identity.RefusalCode;
import org.strongroom.identity.Refused;
import org.strongroom.identity.SignIn;
import org.strongroom.identity.SignedIn;
import org.strongroom.identity.User;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.policy.Permission;
import org.strongroom.policy.Policy;
import org.strongroom.vault.SealedAccounts.Done;

/** Manages users as one actor in the name of whom it is logged. Thread-safe. */
public final class Users {
  private final Vault vault;
  private final Identity identity;
  private final SealedAccounts accounts;
  private final PolicyBook policies;

  public Users(Vault vault, Identity identity, SealedAccounts accounts, PolicyBook policies) {
    this.vault = vault;
    this.identity = identity;
    this.accounts = accounts;
    this.policies = policies;
  }

  /**
   * An account as it is shown to those who manage users.
   *
   * @param agency for which it works; null where none is known
   * @param token a new API token, shown this once; null when none was asked for
   * @param receipt of the change; null where nothing was changed
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Shown(
      String name,
      String id,
      String kind,
      Set<String> roles,
      boolean disabled,
      String created,
      @Nullable String agency,
      @Nullable String token,
      @Nullable Receipt receipt) {
    static Shown of(User user, @Nullable String token, @Nullable Receipt receipt) {
      return new Shown(
          user.name(),
          user.id().toString(),
          user.kind().name().toLowerCase(Locale.ROOT),
          new TreeSet<>(user.roles()),
          user.disabled(),
          user.created().toString(),
          user.agency(),
          token,
          receipt);
    }

    @Override
    public String toString() {
      return "Shown[" + name + "]";
    }
  }

  /** Adds an account of no known agency. */
  public Shown add(Actor by, String name, Set<String> roles, Actor.Kind kind, boolean token) {
    return add(by, name, roles, kind, Optional.empty(), token);
  }

  /**
   * Adds an account.
   *
   * @param roles each must be in the policy
   * @param agency for which it works, if that is known
   * @param token whether to issue an API token at once
   * @throws VaultException {@code DENIED}, {@code INVALID_VALUE} or {@code CONFLICT}
   */
  public Shown add(
      Actor by,
      String name,
      Set<String> roles,
      Actor.Kind kind,
      Optional<String> agency,
      boolean token) {
    vault.require(by, Permission.MANAGE_USERS);
    Policy policy = policies.policy();
    for (String role : roles) {
      if (!policy.roles().contains(role)) {
        throw new VaultException(
            ErrorCode.INVALID_VALUE, "the policy has no such role; it has " + policy.roles());
      }
    }
    policy
        .dutiesConflict(roles)
        .ifPresent(
            why -> {
              throw new VaultException(ErrorCode.INVALID_VALUE, why);
            });
    Done<User> added =
        acting(
            by,
            "added " + name + agency.map(each -> ", of the agency " + each).orElse(""),
            () -> identity.addUser(name, roles, kind, agency));
    if (!token) {
      return Shown.of(added.value(), null, added.receipt());
    }
    Done<IssuedToken> issued = issue(by, name, Optional.empty(), "first");
    return Shown.of(added.value(), issued.value().reveal(), issued.receipt());
  }

  /** Issues a further API token for an account, shown this once. */
  public Shown token(Actor by, String name, Optional<Duration> validFor, String label) {
    vault.require(by, Permission.MANAGE_USERS);
    Done<IssuedToken> issued = issue(by, name, validFor, label);
    return Shown.of(user(name), issued.value().reveal(), issued.receipt());
  }

  /** Revokes the tokens of an account that carry this label. */
  public void revoke(Actor by, String name, String label) {
    vault.require(by, Permission.MANAGE_USERS);
    for (User.Token token : user(name).tokens()) {
      if (token.label().equals(label)) {
        acting(
            by,
            "revoked a token of " + name,
            () -> {
              identity.revokeToken(name, token.id());
              return name;
            });
      }
    }
  }

  /** Sets the password of an account; wipes {@code password}. */
  public Receipt password(Actor by, String name, char[] password) {
    try {
      vault.require(by, Permission.MANAGE_USERS);
      return written(
          acting(
              by,
              "set the password of " + name,
              () -> {
                identity.setPassword(name, password);
                return name;
              }));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** Disables an account or enables it again. */
  public Shown disabled(Actor by, String name, boolean disabled) {
    vault.require(by, Permission.MANAGE_USERS);
    Done<User> done =
        acting(
            by,
            (disabled ? "disabled " : "enabled ") + name,
            () -> disabled ? identity.disable(name) : identity.enable(name));
    return Shown.of(done.value(), null, done.receipt());
  }

  /** Says for which agency an account works; empty: for none that is known. */
  public Shown agency(Actor by, String name, Optional<String> agency) {
    vault.require(by, Permission.MANAGE_USERS);
    Done<User> done =
        acting(
            by,
            agency
                .map(each -> "moved " + name + " to the agency " + each)
                .orElse("took the agency from " + name),
            () -> identity.setAgency(name, agency));
    return Shown.of(done.value(), null, done.receipt());
  }

  /** All accounts, by name. */
  public List<Shown> list(Actor by) {
    vault.require(by, Permission.MANAGE_USERS);
    return identity.users().stream()
        .map(user -> Shown.of(user, null, null))
        .sorted(Comparator.comparing(Shown::name))
        .toList();
  }

  /**
   * Makes the first administrators: whoever has the enrolment code. Wipes {@code password}.
   *
   * @throws VaultException {@code NOT_AUTHENTICATED} for the code; {@code INVALID_VALUE}, {@code
   *     CONFLICT}
   */
  public Enrolled enrol(String code, String name, char[] password) {
    Entry.By by = new Entry.By(Actor.OPERATOR_ID, "enrolment", null);
    Done<Actor> done =
        accounts.acting(
            by,
            "used an enrolment code",
            "wrong enrolment code",
            () -> identity.enrol(code, name, password));
    return new Enrolled(done.value(), written(done));
  }

  /** A new administrator. */
  public record Enrolled(Actor actor, Receipt receipt) {}

  /** A new one-time enrolment code, shown this once; an older one is void. */
  public NewCode enrolmentCode(Actor by) {
    vault.require(by, Permission.MANAGE_USERS);
    Done<Enrolment> done = acting(by, "made an enrolment code", identity::newEnrolmentCode);
    return new NewCode(done.value().reveal(), written(done));
  }

  /** An enrolment code; prints nothing. */
  public record NewCode(@JsonProperty("enrolment_code") String code, Receipt receipt) {
    @Override
    public String toString() {
      return "NewCode[redacted]";
    }
  }

  /** Signs in by password; a session token where it holds. Wipes {@code password}. */
  public Session signIn(String name, char[] password) {
    Entry.By by = new Entry.By(Actor.OPERATOR_ID, "sign-in", null);
    SignIn answer =
        accounts.acting(by, "sign-in", () -> identity.byPassword(name, password)).value();
    if (!(answer instanceof SignedIn signedIn)) {
      logRefusal(name, (Refused) answer);
      return new Session(answer, null);
    }
    IssuedToken token =
        acting(signedIn.actor(), "signed in", () -> identity.session(signedIn.actor())).value();
    return new Session(answer, token);
  }

  /**
   * Logs a password that was looked at and is wrong. Speaks of an account where there is one of
   * that name; else the name is not kept: it may be a password in the wrong place. A try that was
   * not looked at makes no entry, or whoever is locked out could fill the disk.
   */
  private void logRefusal(String name, Refused refused) {
    if (refused.code() == RefusalCode.NOT_AUTHENTICATED) {
      Entry.By by =
          identity
              .user(name.toLowerCase(Locale.ROOT))
              .map(user -> new Entry.By(user.id(), user.name(), null))
              .orElse(new Entry.By(Actor.OPERATOR_ID, "sign-in", null));
      accounts.refused(by, "sign-in");
    }
  }

  /**
   * What became of a sign-in.
   *
   * @param token of the session; null when it does not hold
   */
  public record Session(SignIn answer, @Nullable IssuedToken token) {}

  private Done<IssuedToken> issue(
      Actor by, String name, Optional<Duration> validFor, String label) {
    return acting(
        by, "issued a token to " + name, () -> identity.issueToken(name, validFor, label));
  }

  private static Receipt written(Done<?> done) {
    if (done.receipt() == null) {
      throw new BugException("a change of an account that wrote nothing");
    }
    return done.receipt();
  }

  private User user(String name) {
    return identity
        .user(name)
        .orElseThrow(() -> new VaultException(ErrorCode.NOT_FOUND, "no such user"));
  }

  private <T> Done<T> acting(Actor by, String what, Supplier<T> change) {
    return accounts.acting(Vault.by(by, null), what, change);
  }
}
