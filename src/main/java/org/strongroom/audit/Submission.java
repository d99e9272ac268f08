package org.strongroom.audit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.strongroom.kernel.VaultException;

/** What is on its way into the log. */
abstract sealed class Submission {
  private Submission() {}

  /** Tells the caller that it could not be written. */
  abstract void fail(VaultException fault);

  /** One entry with the changes it speaks of. */
  static final class One extends Submission {
    private final SealedEntry entry;
    private final Change change;
    private final CompletableFuture<Optional<Receipt>> result = new CompletableFuture<>();

    One(SealedEntry entry, Change change) {
      this.entry = entry;
      this.change = change;
    }

    SealedEntry entry() {
      return entry;
    }

    Change change() {
      return change;
    }

    /** The receipt once it is durable; empty when a condition of the change did not hold. */
    CompletableFuture<Optional<Receipt>> result() {
      return result;
    }

    @Override
    void fail(VaultException fault) {
      boolean unused = result.completeExceptionally(fault);
    }
  }

  /** Very many, which go in together. */
  static final class Many extends Submission {
    private final Bulk.Run run;
    private final CompletableFuture<Optional<List<Receipt>>> result = new CompletableFuture<>();

    Many(Bulk.Run run) {
      this.run = run;
    }

    Bulk.Run run() {
      return run;
    }

    /** A receipt for each entry; empty when a condition did not hold, or that is not certain. */
    CompletableFuture<Optional<List<Receipt>>> result() {
      return result;
    }

    @Override
    void fail(VaultException fault) {
      boolean unused = result.completeExceptionally(fault);
    }
  }

  /** Nothing: ends the sequencer's wait. */
  static final class Wake extends Submission {
    @Override
    void fail(VaultException fault) {}
  }
}
