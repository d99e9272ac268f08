package org.strongroom.leak.judge;

import java.io.IOException;

/**
 * When the genuine records of a sample were true. Read several times, each time in the same order
 * or in any other: nothing depends on it.
 */
public interface Spans {
  /**
   * Shows every genuine record once.
   *
   * @throws IOException if they cannot be read, or what the visitor throws
   */
  void each(Visitor visitor) throws IOException;

  /** Sees one record after another. */
  interface Visitor {
    /**
     * A record.
     *
     * @param fromTo one or more spans [from, to) in milliseconds since 1970, flat, in order of
     *     time, apart from one another; {@link Long#MAX_VALUE} ends one that lasts. The visitor
     *     keeps no hold of the array, so it may be used again
     */
    void record(long[] fromTo) throws IOException;
  }
}
