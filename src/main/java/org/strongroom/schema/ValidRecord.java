package org.strongroom.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that its collection accepts: every value canonical, nothing missing. Only {@link
 * CollectionSpec#check} makes one, so whoever holds one need not check again. Immutable; holds
 * personal data, so it prints nothing.
 */
public final class ValidRecord implements Checked {
  private final CollectionSpec spec;
  private final @Nullable String[] values;
  private final @Nullable Image @Nullable [] images;
  private final List<Problem> warnings;

  /** Takes the arrays over. */
  ValidRecord(
      CollectionSpec spec,
      @Nullable String[] values,
      @Nullable Image @Nullable [] images,
      List<Problem> warnings) {
    this.spec = spec;
    this.values = values;
    this.images = images;
    this.warnings = warnings;
  }

  public CollectionSpec spec() {
    return spec;
  }

  /** The canonical text at {@code position}; null if absent, or an image. */
  public @Nullable String value(int position) {
    return values[position];
  }

  /** The image at {@code position}; null if absent, or no image. */
  public @Nullable Image image(int position) {
    return images == null ? null : images[position];
  }

  /** What is doubtful but no reason to refuse; mostly empty. */
  public List<Problem> warnings() {
    return warnings;
  }

  @Override
  public String toString() {
    return "ValidRecord[redacted]";
  }
}
