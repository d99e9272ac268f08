package org.strongroom.leak;

import java.util.List;
import java.util.Set;
import org.strongroom.kernel.Id;
import org.strongroom.leak.report.Report;

/**
 * Knows which subjects are made up. One whose record was changed since it was planted may have
 * become somebody's, and is none any more. Thread-safe.
 */
public interface CanaryWatch {
  /** All of them. */
  Set<Id> all();

  /**
   * Those among {@code seen}, with whom they were planted for and to whom they were shown.
   *
   * @param before only entries of the log below this index count
   * @param until only what was shown before this moment counts, in milliseconds since 1970: whoever
   *     looks somebody up that stands in a leak did not cause it
   * @return by subject
   */
  List<Report.CanaryHit> hits(Set<Id> seen, long before, long until);
}
