package org.strongroom.cli;

import org.strongroom.audit.Receipt;

/** A denial: an answer, not a fault. */
public final class Refusal extends RuntimeException {
  private final String code;
  private final Receipt receipt;

  /**
   * @param code as in {@link org.strongroom.policy.Denied}
   */
  public Refusal(String code, String why, Receipt receipt) {
    super(why);
    this.code = code;
    this.receipt = receipt;
  }

  public String code() {
    return code;
  }

  public Receipt receipt() {
    return receipt;
  }
}
