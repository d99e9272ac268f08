package org.strongroom.policy;

import java.util.Set;

/**
 * What an actor wants to do with records without being shown any. As in an {@link Ask}, the texts
 * come from outside and are not checked here.
 *
 * @param roles the roles that the actor holds
 * @param act what it is
 * @param purpose what the actor says it is for
 * @param collection whose records
 * @param reasonGiven whether the actor gave a reason in words
 */
public record ActAsk(
    Set<String> roles, Permission act, String purpose, String collection, boolean reasonGiven) {
  public ActAsk {
    roles = Set.copyOf(roles);
  }
}
