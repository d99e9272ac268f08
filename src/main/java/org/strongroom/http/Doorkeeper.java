package org.strongroom.http;

import java.time.Duration;

/**
 * Tells who is asking. Called once for every request to anything but an open route, from many
 * threads at once.
 *
 * @param <A> the actor, as the rooms above know one
 */
@FunctionalInterface
public interface Doorkeeper<A> {
  /**
   * Whom this token names. Must take the same time for an unknown token as for a known one.
   *
   * @param token of the form {@code srm_...}; never logged or kept
   */
  Answer<A> byToken(String token);

  /** What the doorkeeper says. */
  sealed interface Answer<A> {}

  /** The token names {@code actor}. */
  record Known<A>(A actor) implements Answer<A> {}

  /** The token names nobody, or nobody any more: the client is not told which. */
  record Unknown<A>() implements Answer<A> {}

  /** Nobody is let in for now. */
  record LockedOut<A>(Duration retryAfter) implements Answer<A> {
    public LockedOut {
      if (retryAfter.isNegative()) {
        throw new IllegalArgumentException("retryAfter is in the past");
      }
    }
  }
}
