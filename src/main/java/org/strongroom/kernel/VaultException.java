package org.strongroom.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A fault that the caller or the operator can act on. The message says what happened and what to do
 * next, and never holds personal data or a secret: it may be shown, logged and sent. A subclass
 * only adds what a face may tell beside the message.
 */
public class VaultException extends RuntimeException {
  private final ErrorCode code;

  public VaultException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public VaultException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
