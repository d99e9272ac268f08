package org.strongroom.ingest;

/**
 * One reason why something was refused.
 *
 * @param code a stable word that programs match on, such as {@code truncated}
 * @param text one clause for people; holds no personal data
 */
public record Problem(String code, String text) {
  public Problem {
    if (code.isEmpty() || text.isEmpty()) {
      throw new IllegalArgumentException("a problem has a code and a text");
    }
  }

  /** What the collection found wrong with a value. */
  static Problem of(org.strongroom.schema.Problem problem) {
    return new Problem(problem.code(), problem.field() + ": " + problem.text());
  }
}
