package org.strongroom.ingest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.vault.BulkKeeping;
import org.strongroom.vault.Kept;

/**
 * A batch as a worker prepared it.
 *
 * @param ready the records that are to be kept; null when there are none
 * @param outcome what the batch comes to once they are kept
 */
record Prepared(BulkKeeping.@Nullable Ready ready, Outcome outcome) {

  /** An element that is not kept, by its place in the batch, and why. */
  record Refused(int piece, List<Problem> problems) {}

  /**
   * What a batch comes to.
   *
   * @param refused every element that is not kept, in input order
   */
  record Outcome(RawBatch raw, Tally tally, List<Refused> refused) {
    /**
     * Counts.
     *
     * @param before what was refused before it came to the vault
     * @param pieces where each element stood that came to the vault
     * @param kept what became of each there
     */
    static Outcome of(RawBatch raw, List<Refused> before, List<Integer> pieces, List<Kept> kept) {
      Tally tally = new Tally();
      List<Refused> all = new ArrayList<>(before);
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
}
