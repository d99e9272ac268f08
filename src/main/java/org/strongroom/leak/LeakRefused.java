package org.strongroom.leak;

import org.strongroom.audit.Receipt;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** A check that is denied, by policy or by a limit; the log says so. */
public final class LeakRefused extends VaultException {
  /** Fewer distinct records with a valid identifier than findings are told of. */
  public static final String SAMPLE_TOO_SMALL = "sample_too_small";

  /** Nearly the same people were checked too often of late. */
  public static final String SAMPLE_NEARLY_SAME = "sample_nearly_same";

  /** The actor has made as many checks as are allowed in a day. */
  public static final String CHECKS_SPENT = "checks_spent";

  private final String word;
  private final transient Receipt receipt;

  LeakRefused(String word, String why, Receipt receipt) {
    super(ErrorCode.DENIED, why);
    this.word = word;
    this.receipt = receipt;
  }

  /** One of the constants here or of {@link org.strongroom.policy.Denied}; stays for ever. */
  public String word() {
    return word;
  }

  /** Where the denial stands in the log. */
  public Receipt receipt() {
    return receipt;
  }
}
