package org.strongroom.audit;

import java.security.SecureRandom;
import org.strongroom.kernel.Bytes;

/**
 * How large sets of rows are compared in fixed memory; see {@link RowSums} and {@link RowJoin}.
 *
 * @param secret 32 random bytes, drawn for one comparison
 * @param parts in which sums are kept
 * @param rowsAtATime held in memory to name those that differ
 */
public record Comparison(Bytes secret, int parts, long rowsAtATime) {
  private static final int SECRET_BYTES = 32;
  private static final int PARTS = 4096;

  /** Some 200 bytes each. */
  private static final int ROWS_AT_A_TIME = 200_000;

  /** For sets of any size. */
  public static Comparison drawn(SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new Comparison(Bytes.owned(secret), PARTS, ROWS_AT_A_TIME);
  }

  /** The sums of a set without rows. */
  public RowSums sums() {
    return new RowSums(secret.unsafeArray(), parts);
  }

  /** Of two sets whose sums are known. */
  public RowJoin join(RowSums expected, RowSums there) {
    return new RowJoin(expected, there, rowsAtATime);
  }

  @Override
  public String toString() {
    return "Comparison[redacted]";
  }
}
