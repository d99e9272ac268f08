package org.strongroom.schema;

import org.jspecify.annotations.Nullable;

/**
 * The values of one record as they came in, by field position in its collection; null where a field
 * is absent. Mutable and for one thread; holds personal data, so it prints nothing.
 */
public final class Draft {
  private final @Nullable String[] values;

  public Draft(int fields) {
    this.values = new @Nullable String[fields];
  }

  public int size() {
    return values.length;
  }

  public @Nullable String get(int field) {
    return values[field];
  }

  public void set(int field, @Nullable String value) {
    values[field] = value;
  }

  @Override
  public String toString() {
    return "Draft[redacted]";
  }
}
