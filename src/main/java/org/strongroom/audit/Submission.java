package org.strongroom.audit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An entry on its way into the log, sealed, with the changes it speaks of. */
final class Submission {
  private final byte[] leaf;
  private final long hour;
  private final List<byte[]> terms;
  private final Change change;
  private final byte[] rowList;
  private final CompletableFuture<Optional<Receipt>> result = new CompletableFuture<>();

  /**
   * @param hour of the entry; see {@link LogIndex#hour}
   * @param terms by which the entry is found
   * @param rowList of the rows that the entry commits to; empty for none
   */
  Submission(byte[] leaf, long hour, List<byte[]> terms, Change change, byte[] rowList) {
    this.leaf = leaf;
    this.hour = hour;
    this.terms = terms;
    this.change = change;
    this.rowList = rowList;
  }

  byte[] leaf() {
    return leaf;
  }

  long hour() {
    return hour;
  }

  List<byte[]> terms() {
    return terms;
  }

  Change change() {
    return change;
  }

  byte[] rowList() {
    return rowList;
  }

  /** The receipt once it is durable; empty when a condition of the change did not hold. */
  CompletableFuture<Optional<Receipt>> result() {
    return result;
  }
}
