package org.strongroom.leak.lookup;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.strongroom.leak.sample.Rows;
import org.strongroom.leak.sample.Sample;

/** The identifiers in the values of a sample, whatever the columns are. For one thread. */
public final class SampleIdentifiers implements Registrar.Source {
  private final Sample sample;
  private final IdentifierScan scan;
  private final Deque<Identifier> found = new ArrayDeque<>();

  /**
   * @param sample stays the caller's to close
   */
  public SampleIdentifiers(Sample sample, Clock clock) {
    this.sample = sample;
    this.scan = new IdentifierScan(clock);
  }

  @Override
  public @Nullable Identifier next() throws IOException {
    while (found.isEmpty()) {
      Rows rows = sample.next();
      if (rows == null) {
        return null;
      }
      for (int row = 0; row < rows.size(); row++) {
        for (int i = 0; i < rows.values(row); i++) {
          scan.in(rows.value(row, i), found::add);
        }
      }
    }
    return found.remove();
  }
}
