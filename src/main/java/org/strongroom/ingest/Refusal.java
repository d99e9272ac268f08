package org.strongroom.ingest;

import java.io.IOException;

/** An element, or the rest of an input, is refused for a reason that is no fault of the disk. */
public final class Refusal extends IOException {
  private final transient Problem problem;

  Refusal(Problem problem) {
    super(problem.text(), null);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
