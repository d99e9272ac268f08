package org.strongroom.cli;

import java.io.IOException;

/** Keeps a failure of the caller's own sink apart from those of the connection. */
final class SinkFailed extends RuntimeException {
  private final IOException failure;

  SinkFailed(IOException failure) {
    super(failure);
    this.failure = failure;
  }

  IOException failure() {
    return failure;
  }
}
