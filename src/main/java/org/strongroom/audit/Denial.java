package org.strongroom.audit;

import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** A denial of which the log says so: somebody may not do it, or not now. */
public final class Denial extends VaultException {
  private final transient Receipt receipt;

  public Denial(String why, Receipt receipt) {
    super(ErrorCode.DENIED, why);
    this.receipt = receipt;
  }

  /** The same failure, with the entry of what was refused by it. */
  Denial(VaultException refusal, Receipt receipt) {
    super(refusal.code(), String.valueOf(refusal.getMessage()), refusal);
    this.receipt = receipt;
  }

  /** Where the denial stands in the log. */
  public Receipt receipt() {
    return receipt;
  }
}
