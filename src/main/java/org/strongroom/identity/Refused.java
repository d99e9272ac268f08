package org.strongroom.identity;

import java.time.Duration;
import java.util.Optional;

/**
 * The sign-in does not hold. Says no more than an outsider may know: whether the account exists, is
 * disabled or has a password makes no difference.
 *
 * @param retryAfter how long to wait before another try is looked at; empty if there is no wait
 */
public record Refused(RefusalCode code, Optional<Duration> retryAfter) implements SignIn {
  /** The one answer to whatever is not right about a name, a password or a token. */
  static final Refused NOT_AUTHENTICATED =
      new Refused(RefusalCode.NOT_AUTHENTICATED, Optional.empty());
}
