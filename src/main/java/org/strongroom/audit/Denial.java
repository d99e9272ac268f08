package org.strongroom.audit;

import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** A denial of what is not a disclosure: somebody may not do it, and the log says so. */
public final class Denial extends VaultException {
  private final transient Receipt receipt;

  public Denial(String why, Receipt receipt) {
    super(ErrorCode.DENIED, why);
    this.receipt = receipt;
  }

  /** Where the denial stands in the log. */
  public Receipt receipt() {
    return receipt;
  }
}
