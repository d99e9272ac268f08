package org.strongroom.ingest;

import java.util.List;

/**
 * A record that is refused, here or by a later check, with every reason found.
 *
 * @param problems at least one
 */
public record Rejected(Place place, List<Problem> problems) implements Parsed {
  public Rejected {
    problems = List.copyOf(problems);
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("a rejection has a reason");
    }
  }
}
