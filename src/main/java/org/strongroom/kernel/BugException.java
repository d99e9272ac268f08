package org.strongroom.kernel;

import org.jspecify.annotations.Nullable;

/** Our own mistake: a state that the code holds impossible. Holds no personal data either. */
public final class BugException extends RuntimeException {
  public BugException(String message) {
    this(message, null);
  }

  public BugException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
