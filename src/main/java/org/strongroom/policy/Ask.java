package org.strongroom.policy;

import java.util.Optional;
import java.util.Set;

/**
 * What an actor asks to be shown. The texts come from outside and are not checked here; none of
 * them is repeated in an answer unless the policy itself holds it.
 *
 * @param roles the roles that the actor holds; those that the policy does not know grant nothing
 * @param purpose what the actor says it is for
 * @param collection the collection asked of
 * @param index the index searched, named by its fields ({@code resident_id}, {@code
 *     name+date_of_birth}); {@code subject} for a listing by subject id; empty when the record is
 *     already named by its own id, which no index grant is needed for
 * @param reasonGiven whether the actor gave a reason in words
 * @param history whether past versions are asked for
 */
public record Ask(
    Set<String> roles,
    String purpose,
    String collection,
    Optional<String> index,
    boolean reasonGiven,
    boolean history) {
  /** The name that stands for listing a collection by subject id. */
  public static final String BY_SUBJECT = "subject";

  public Ask {
    roles = Set.copyOf(roles);
  }
}
