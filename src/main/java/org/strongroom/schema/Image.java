package org.strongroom.schema;

import org.strongroom.kernel.Bytes;

/**
 * A picture whose metadata has been removed. Personal data: prints nothing of its content.
 *
 * @param contentType {@code image/jpeg} or {@code image/png}, by content
 * @param content the file
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param sha256 of {@code content}
 */
public record Image(String contentType, Bytes content, int width, int height, Bytes sha256) {
  public Image {
    if (width < 1 || height < 1 || sha256.length() != 32) {
      throw new IllegalArgumentException("an image has pixels and a SHA-256");
    }
  }

  @Override
  public String toString() {
    return "Image[redacted]";
  }
}
