package org.strongroom.http;

import org.jspecify.annotations.Nullable;

/**
 * A failure as the log may show it: classes and stack, no messages, since those may quote data.
 * Logging it prints the class's name in place of the message.
 */
final class Incident extends Exception {
  private static final int MAX_CAUSES = 8;

  private Incident(Throwable failure, @Nullable Incident cause) {
    super(failure.getClass().getName(), cause, false, true);
    setStackTrace(failure.getStackTrace());
  }

  static Incident of(Throwable failure) {
    return of(failure, MAX_CAUSES);
  }

  private static Incident of(Throwable failure, int depth) {
    Throwable cause = failure.getCause();
    return new Incident(failure, cause == null || depth == 0 ? null : of(cause, depth - 1));
  }
}
