package org.strongroom.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an input into elements, parsing none. For one thread; only {@link #bytesRead} may be called
 * from others. Memory is bounded by the batch and the longest element allowed.
 */
public interface PieceReader extends Closeable {
  /**
   * The next elements in input order, or null when there are no more.
   *
   * @param maxBytes no element is added once the batch holds so much, so a batch may exceed this by
   *     one element
   * @throws IOException when the input could not be read on; everything before was handed out
   */
  @Nullable RawBatch next(int maxRecords, int maxBytes) throws IOException;

  /** How many bytes of the input were used so far, as stored (compressed, if it is). */
  long bytesRead();

  /**
   * What is wrong with the input as a whole, such as an array without an end. Complete once {@link
   * #next} gave null: whoever got any must not report the input as read in full.
   */
  List<Problem> fileProblems();
}
