package org.strongroom.ingest;

/**
 * Where a record came from.
 *
 * @param file what the input is called
 * @param line the line on which the record starts, from 1
 * @param record which record of the input it is, from 1
 */
public record Place(String file, long line, long record) {
  public Place {
    if (line < 1 || record < 1) {
      throw new IllegalArgumentException("lines and records count from 1");
    }
  }
}
