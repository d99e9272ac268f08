package org.strongroom.leak;

import java.io.IOException;
import org.strongroom.kernel.Id;

/** Subjects of whom something was exposed, each once. */
public interface AffectedList {
  long size();

  /**
   * Hands over every subject.
   *
   * @throws IOException when the list fails, or the visitor
   */
  void each(Visitor visitor) throws IOException;

  /** Takes subjects one after the other. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Takes one.
     *
     * @param fields bit i is set when the field at position i of the collection was exposed
     */
    void affected(Id subject, long fields) throws IOException;
  }
}
