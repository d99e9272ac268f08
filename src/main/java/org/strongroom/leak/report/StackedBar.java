package org.strongroom.leak.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Counts as one bar of slices, as wide as they are many. Public for the templates only.
 *
 * @param slices those that are not empty, from left to right
 * @param total of all counts
 */
public record StackedBar(List<Slice> slices, long total) {
  public StackedBar {
    slices = List.copyOf(slices);
  }

  /**
   * A slice.
   *
   * @param style class of its colour
   * @param x left end in per cent of the bar
   * @param width in per cent of the bar
   */
  public record Slice(String label, String style, long count, String x, String width) {}

  /** What is counted. */
  public record Part(String label, String style, long count) {}

  /** The bar of some counts; negative ones are taken for 0. */
  public static StackedBar of(List<Part> parts) {
    long total = parts.stream().mapToLong(part -> Math.max(0, part.count())).sum();
    List<Slice> slices = new ArrayList<>();
    long before = 0;
    for (Part part : parts) {
      if (part.count() > 0) {
        String x = percent(before, total);
        slices.add(
            new Slice(part.label(), part.style(), part.count(), x, percent(part.count(), total)));
        before += part.count();
      }
    }
    return new StackedBar(slices, total);
  }

  /** The slices in words, for those who do not see them. */
  public String words() {
    List<String> words = new ArrayList<>();
    slices.forEach(slice -> words.add(slice.label() + " " + Shown.percent(slice.count(), total)));
    return words.isEmpty() ? "nothing" : String.join(", ", words);
  }

  /** A part of a whole in per cent, as an SVG has it. */
  public static String percent(long part, long whole) {
    return whole <= 0 ? "0" : String.format(Locale.ROOT, "%.3f", 100.0 * part / whole);
  }
}
