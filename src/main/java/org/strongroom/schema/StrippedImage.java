package org.strongroom.schema;

import org.strongroom.kernel.Bytes;

/**
 * A picture file without its metadata.
 *
 * @param content the file
 * @param width in pixels
 * @param height in pixels
 */
record StrippedImage(Bytes content, int width, int height) {
  /** More pixels than any camera has; keeps a small file from claiming to be a huge picture. */
  private static final long MAX_PIXELS = 200_000_000;

  static void requireSize(long width, long height) throws InvalidValue {
    if (width < 1 || height < 1 || width * height > MAX_PIXELS) {
      throw new InvalidValue("bad_size", "has no pixels, or more than " + MAX_PIXELS);
    }
  }
}
