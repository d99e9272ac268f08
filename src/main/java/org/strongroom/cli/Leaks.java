package org.strongroom.cli;

import java.io.IOException;
import java.util.Optional;
import org.strongroom.kernel.Id;
import org.strongroom.leak.LeakDesk;
import org.strongroom.leak.LeakProgress;
import org.strongroom.leak.LeakRequest;
import org.strongroom.leak.SampleSource;
import org.strongroom.leak.canary.CanaryBook;
import org.strongroom.leak.canary.Planted;
import org.strongroom.leak.report.Report;

/** The leak checks of a vault as the command line asks for them; failures as in {@link Session}. */
public interface Leaks {
  /**
   * Checks a sample.
   *
   * @throws IOException when the sample cannot be read
   */
  Report check(SampleSource sample, LeakRequest request, LeakProgress progress) throws IOException;

  /** The checks that were kept, the newest first. */
  LeakDesk.Listed list();

  /** A report that was kept. */
  LeakDesk.Shown show(Id check);

  /** Whom a check found affected. */
  void affected(Id check, LeakDesk.AffectedSink out) throws IOException;

  /**
   * Plants canaries.
   *
   * @param recipient to whom alone they will be handed; empty for ones that lie in wait
   */
  Planted plant(int count, Optional<String> recipient);

  /** Every canary, those planted last first. */
  CanaryBook.Listed canaries();
}
