package org.strongroom.leak;

import java.io.IOException;

/** Holds a sample against a collection. Asks nobody whether that is allowed, and keeps nothing. */
@FunctionalInterface
public interface Checking {
  /**
   * Checks a sample.
   *
   * @throws org.strongroom.kernel.VaultException {@code UNREADABLE_INPUT} with what is wrong with
   *     the sample; {@code CANCELLED} once {@code progress} says so; {@code NOT_FOUND} for an
   *     unknown collection, {@code BAD_REQUEST} for a map to a field that is none
   * @throws IOException when the sample, or the scratch files, fail
   */
  Outcome run(SampleSource sample, LeakRequest request, LeakProgress progress) throws IOException;
}
