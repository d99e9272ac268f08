package org.strongroom.ingest;

/**
 * Parses elements into drafts. Each worker has its own: not thread-safe, but any number may work at
 * the same time, on any batches.
 */
public interface PieceParser {
  /**
   * Hands over the outcome of every element of {@code batch}, in order, one at a time. An outcome
   * with images may take some 11 MiB for each, so a sink should not gather a batch of them.
   */
  void parse(RawBatch batch, Sink sink);

  /** Takes outcomes. */
  @FunctionalInterface
  interface Sink {
    /** Takes the outcome of the element with this index in its batch. */
    void accept(int piece, Parsed parsed);
  }
}
