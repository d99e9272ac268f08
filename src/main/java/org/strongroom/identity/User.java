package org.strongroom.identity;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Id;

/**
 * An account as it may be shown to whoever manages users: nothing in it lets anybody sign in.
 *
 * @param agency for which it works; null where none is known
 * @param changed when anything but its sessions was last changed
 * @param tokens API tokens and sessions, oldest first, expired ones perhaps included
 */
public record User(
    Id id,
    String name,
    Actor.Kind kind,
    Set<String> roles,
    @Nullable String agency,
    Instant created,
    Instant changed,
    boolean disabled,
    boolean hasPassword,
    List<Token> tokens) {
  public User {
    roles = Set.copyOf(roles);
    tokens = List.copyOf(tokens);
  }

  /**
   * A token without its secret.
   *
   * @param id by which it is revoked; the 11 characters after {@code srm_} in the token itself
   * @param expires null if it is valid until revoked
   * @param session whether it was made by a password sign-in
   */
  public record Token(
      String id, String label, Instant created, @Nullable Instant expires, boolean session) {}
}
