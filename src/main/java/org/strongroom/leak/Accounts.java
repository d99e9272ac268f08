package org.strongroom.leak;

import java.util.Optional;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.Id;

/** What is known of those who read: for naming them in a report. Thread-safe. */
public interface Accounts {
  /** The account of that id; empty for one that there is no more, and for the operator. */
  Optional<Account> of(Id actor);

  /**
   * An account.
   *
   * @param agency for which it works, if that is known
   */
  record Account(Actor.Kind kind, Optional<String> agency) {}
}
