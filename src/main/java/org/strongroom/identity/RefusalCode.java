package org.strongroom.identity;

import org.strongroom.kernel.ErrorCode;

/** Why a sign-in was refused. */
public enum RefusalCode {
  /** No such account, or not its password, or no valid token. */
  NOT_AUTHENTICATED(ErrorCode.NOT_AUTHENTICATED),
  /** Too many wrong passwords for this name. */
  LOCKED_OUT(ErrorCode.LOCKED_OUT),
  /** Too many sign-ins at this moment; the password was not looked at. */
  BUSY(ErrorCode.LOCKED_OUT);

  private final ErrorCode error;

  RefusalCode(ErrorCode error) {
    this.error = error;
  }

  /** The code under which the faces report this. */
  public ErrorCode error() {
    return error;
  }
}
