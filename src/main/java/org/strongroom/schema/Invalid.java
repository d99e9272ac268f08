package org.strongroom.schema;

import java.util.List;

/**
 * A record that is refused.
 *
 * @param problems every one of them, in field order, cross-field checks last; at least one
 */
public record Invalid(List<Problem> problems) implements Checked {
  public Invalid {
    problems = List.copyOf(problems);
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("a refusal has a reason");
    }
  }
}
