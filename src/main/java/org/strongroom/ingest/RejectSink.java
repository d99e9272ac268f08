package org.strongroom.ingest;

import java.io.IOException;

/** Takes what could not be kept. Called in input order, by one thread at a time. */
@FunctionalInterface
public interface RejectSink {
  void accept(RejectedLine line) throws IOException;
}
