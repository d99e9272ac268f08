package org.strongroom.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Id;

/**
 * An account as it is kept, its tokens with it, so that one write changes all of it at once.
 *
 * @param id in hexadecimal
 * @param agency for which it works; null where none is known, as in rows older than agencies
 * @param password a {@link PasswordHash}; null while none was set
 * @param tokens oldest first
 */
record StoredUser(
    String id,
    String name,
    Actor.Kind kind,
    List<String> roles,
    @Nullable String agency,
    Instant created,
    Instant changed,
    boolean disabled,
    @Nullable String password,
    List<StoredToken> tokens) {

  /**
   * A token as it is kept.
   *
   * @param hash its {@link TokenText#hash} in hexadecimal
   */
  record StoredToken(
      String id,
      String hash,
      String label,
      Instant created,
      @Nullable Instant expires,
      boolean session) {
    boolean expiredAt(Instant now) {
      return expires != null && !now.isBefore(expires);
    }
  }

  StoredUser {
    roles = List.copyOf(roles);
    tokens = List.copyOf(tokens);
  }

  static StoredUser fresh(Id id, String name, Actor.Kind kind, Set<String> roles, Instant now) {
    return new StoredUser(
        id.toString(), name, kind, sorted(roles), null, now, now, false, null, List.of());
  }

  StoredUser withAgency(@Nullable String newAgency, Instant now) {
    return new StoredUser(
        id, name, kind, roles, newAgency, created, now, disabled, password, tokens);
  }

  StoredUser withPassword(String hash, Instant now) {
    return new StoredUser(id, name, kind, roles, agency, created, now, disabled, hash, tokens);
  }

  StoredUser withRoles(Set<String> newRoles, Instant now) {
    return new StoredUser(
        id, name, kind, sorted(newRoles), agency, created, now, disabled, password, tokens);
  }

  StoredUser withDisabled(boolean nowDisabled, Instant now) {
    return new StoredUser(
        id, name, kind, roles, agency, created, now, nowDisabled, password, tokens);
  }

  StoredUser withChanged(Instant now) {
    return new StoredUser(id, name, kind, roles, agency, created, now, disabled, password, tokens);
  }

  StoredUser withToken(StoredToken token) {
    List<StoredToken> more = new ArrayList<>(tokens);
    more.add(token);
    return new StoredUser(
        id, name, kind, roles, agency, created, changed, disabled, password, more);
  }

  StoredUser withoutTokens(Predicate<StoredToken> drop) {
    List<StoredToken> kept = tokens.stream().filter(drop.negate()).toList();
    return new StoredUser(
        id, name, kind, roles, agency, created, changed, disabled, password, kept);
  }

  Optional<StoredToken> token(String tokenId) {
    return tokens.stream().filter(token -> token.id().equals(tokenId)).findFirst();
  }

  Actor actor() {
    return new Actor(Id.parse(id), name, Set.copyOf(roles), kind);
  }

  User shown() {
    return new User(
        Id.parse(id),
        name,
        kind,
        Set.copyOf(roles),
        agency,
        created,
        changed,
        disabled,
        password != null,
        tokens.stream()
            .map(t -> new User.Token(t.id(), t.label(), t.created(), t.expires(), t.session()))
            .toList());
  }

  private static List<String> sorted(Set<String> roles) {
    return List.copyOf(new TreeSet<>(roles));
  }

  /** Holds hashes and a name. */
  @Override
  public String toString() {
    return "StoredUser[redacted]";
  }
}
