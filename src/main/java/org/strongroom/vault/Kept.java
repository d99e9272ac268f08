package org.strongroom.vault;

import java.util.List;
import org.strongroom.audit.Receipt;
import org.strongroom.kernel.Id;
import org.strongroom.schema.Problem;

/**
 * What became of one record that was handed to {@link Vault#keep}.
 *
 * @param subject whom it is about; for a refused one perhaps nobody whom the vault holds
 * @param record where it stands; says nothing for a refused one
 * @param version of the record as it now stands; 0 when it was refused
 * @param problems why it was refused, or what is doubtful about it
 */
public record Kept(What what, Id subject, RecordId record, int version, List<Problem> problems) {
  public Kept {
    problems = List.copyOf(problems);
  }

  /** What was done. */
  public enum What {
    KEPT,
    UPDATED,
    UNCHANGED,
    REJECTED
  }

  /**
   * What became of a batch, in its order.
   *
   * @param receipt of the one entry that speaks of the batch
   */
  public record Batch(List<Kept> records, Receipt receipt) {
    public Batch {
      records = List.copyOf(records);
    }
  }
}
