package org.strongroom.vault;

import java.util.function.Consumer;
import org.strongroom.audit.Fault;

/** Counts faults, and passes on as many as somebody can look at. Thread-safe. */
final class Tally implements Consumer<Fault> {
  private final Consumer<Fault> out;
  private long faults;

  Tally(Consumer<Fault> out) {
    this.out = out;
  }

  @Override
  public synchronized void accept(Fault fault) {
    if (faults++ < Verification.MAX_NAMED) {
      out.accept(fault);
    }
  }

  synchronized long faults() {
    return faults;
  }
}
