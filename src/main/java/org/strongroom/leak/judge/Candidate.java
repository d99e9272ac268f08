package org.strongroom.leak.judge;

import java.util.List;

/**
 * Somebody or something through which a copy may have gone.
 *
 * @param kind {@code user}, {@code application}, {@code agency}, {@code export} or {@code operator}
 * @param name as the report shows it
 */
public record Candidate(String kind, String name) {
  /**
   * From the narrowest evidence to the widest: an export is of one actor, an actor of an agency.
   */
  private static final List<String> KINDS =
      List.of("export", "user", "application", "operator", "agency");

  public Candidate {
    if (!KINDS.contains(kind)) {
      throw new IllegalArgumentException("no kind of source: one of " + KINDS);
    }
  }

  /** How much else the same evidence takes in; the smaller, the better to name. */
  int breadth() {
    return KINDS.indexOf(kind);
  }
}
