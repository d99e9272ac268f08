package org.strongroom.leak;

import java.io.Closeable;
import org.strongroom.leak.report.Report;

/** What a check came to. To be closed: holds scratch files. For one thread. */
public interface Outcome extends Closeable {
  Report.Findings findings();

  AffectedList affected();

  Sketch sketch();
}
