package org.strongroom.leak.sample;

/**
 * How much a sample may ask of the machine.
 *
 * @param maxExpandedBytes of all that is packed, unpacked
 * @param maxRatio of unpacked to packed bytes, counted once more than the first MiB was unpacked
 * @param maxDepth packings inside one another; a folder is none
 * @param maxEntries files of a folder and of all archives in it
 * @param maxValueChars of one value, and of one line of text
 * @param maxWorkbookBytes of one Excel workbook, which is held in memory
 */
public record SampleLimits(
    long maxExpandedBytes,
    int maxRatio,
    int maxDepth,
    int maxEntries,
    int maxValueChars,
    int maxWorkbookBytes) {
  public static final SampleLimits DEFAULT =
      new SampleLimits(64L << 30, 1_000, 3, 100_000, 16 << 20, 128 << 20);

  public SampleLimits {
    if (maxExpandedBytes < 1
        || maxRatio < 1
        || maxDepth < 0
        || maxEntries < 1
        || maxValueChars < 64
        || maxWorkbookBytes < 1) {
      throw new IllegalArgumentException("a limit lets something through");
    }
  }
}
