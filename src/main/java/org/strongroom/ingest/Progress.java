package org.strongroom.ingest;

/** Hears how far a long act is. Called by one thread at a time, often. */
@FunctionalInterface
public interface Progress {
  Progress NONE = (bytes, records) -> {};

  /**
   * Told again and again.
   *
   * @param bytes of the input done, as stored; 0 where that means nothing
   * @param records done, whatever became of them
   */
  void at(long bytes, long records);
}
