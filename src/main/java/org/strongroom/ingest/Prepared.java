package org.strongroom.ingest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.vault.KeepPlan;
import org.strongroom.vault.Kept;

/**
 * A batch as a worker prepared it.
 *
 * @param plan of the records that are to be kept; null when there are none
 * @param pieces where each planned record stood in the batch
 * @param refused what was refused before
 */
record Prepared(
    RawBatch raw, @Nullable KeepPlan plan, List<Integer> pieces, List<Refused> refused) {

  /** An element that is not kept, by its place in the batch, and why. */
  record Refused(int piece, List<Problem> problems) {}

  /**
   * What a batch comes to.
   *
   * @param refused every element that is not kept, in input order
   */
  record Outcome(RawBatch raw, Tally tally, List<Refused> refused) {}

  /** The same batch with another plan for the same records. */
  Prepared with(KeepPlan again) {
    return new Prepared(raw, again, pieces, refused);
  }

  /**
   * What the batch comes to.
   *
   * @param kept what became of the planned records
   */
  Outcome outcome(List<Kept> kept) {
    Tally tally = new Tally();
    List<Refused> all = new ArrayList<>(refused);
    for (int i = 0; i < kept.size(); i++) {
      tally.count(kept.get(i));
      if (kept.get(i).what() == Kept.What.REJECTED) {
        List<Problem> problems = kept.get(i).problems().stream().map(Problem::of).toList();
        all.add(new Refused(pieces.get(i), problems));
      }
    }
    all.sort((a, b) -> Integer.compare(a.piece(), b.piece()));
    all.forEach(each -> tally.reject(each.problems()));
    return new Outcome(raw, tally, all);
  }
}
