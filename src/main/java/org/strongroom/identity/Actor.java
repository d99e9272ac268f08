package org.strongroom.identity;

import java.util.Set;
import org.strongroom.kernel.Id;

/**
 * Somebody who asks, known by name.
 *
 * @param id stays with the account for ever; the audit log speaks of it
 * @param name unique among the accounts that there are
 * @param roles as the policy names them; none for an operator
 */
public record Actor(Id id, String name, Set<String> roles, Kind kind) {
  /** The id of every operator: who it was is told by the name. */
  public static final Id OPERATOR_ID = new Id(0, 0);

  private static final int MAX_NAME_CHARS = 64;

  /** What an actor is. */
  public enum Kind {
    /** A person with an account; signs in by password or token. */
    USER,
    /** A client application with an account; signs in by token alone. */
    CLIENT,
    /** Whoever can read the key file and opens the vault with it, without an account. */
    OPERATOR
  }

  public Actor {
    roles = Set.copyOf(roles);
    if (name.isEmpty() || name.length() > MAX_NAME_CHARS) {
      throw new IllegalArgumentException("an actor's name has 1 to 64 characters");
    }
    if (kind == Kind.OPERATOR && !roles.isEmpty()) {
      throw new IllegalArgumentException("an operator holds no roles");
    }
  }

  /**
   * The operator, under the name of the system's user; what a log should not hold is replaced by
   * "_", and the name cut at 64 characters.
   */
  public static Actor operator(String systemUser) {
    String name = systemUser.replaceAll("[^A-Za-z0-9._@-]", "_");
    String cut = name.substring(0, Math.min(name.length(), MAX_NAME_CHARS));
    return new Actor(OPERATOR_ID, cut.isEmpty() ? "unknown" : cut, Set.of(), Kind.OPERATOR);
  }
}
