package org.strongroom.ingest;

import org.jspecify.annotations.Nullable;

/**
 * How to read an input.
 *
 * @param format null to detect it from the content
 * @param delimiter of CSV cells, an ASCII character; null to detect it from the header
 * @param maxElementBytes an element that is longer is refused
 */
public record ReadOptions(
    @Nullable Format format, @Nullable Character delimiter, int maxElementBytes) {
  /** Holds a photo of 8 MiB as base64 and a record around it. */
  public static final int DEFAULT_MAX_ELEMENT_BYTES = 16 << 20;

  private static final int LEAST = 64;
  private static final int MOST = 64 << 20;

  public static final ReadOptions DEFAULT = new ReadOptions(null, null, DEFAULT_MAX_ELEMENT_BYTES);

  public ReadOptions {
    if (maxElementBytes < LEAST || maxElementBytes > MOST) {
      throw new IllegalArgumentException("maxElementBytes is from " + LEAST + " to " + MOST);
    }
    if (delimiter != null && !isDelimiter(delimiter)) {
      throw new IllegalArgumentException("a delimiter is one ASCII character, not a quote");
    }
  }

  /** Whether cells can be parted by it: an ASCII character that is no quote or line end. */
  public static boolean isDelimiter(char c) {
    return c < 0x7f && "\"\r\n\0".indexOf(c) < 0;
  }
}
