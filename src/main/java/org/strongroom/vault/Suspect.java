package org.strongroom.vault;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.schema.CollectionSpec;

/**
 * What one record of a sample says of somebody, in a collection's canonical texts. Holds what is
 * perhaps personal data, so it prints nothing. Immutable.
 */
public final class Suspect {
  private final CollectionSpec spec;
  private final @Nullable String[] values;
  private final List<Alternative> others;

  /**
   * @param values canonical, by the position of the field; null where the sample says nothing.
   *     Taken over without a copy
   * @param others further values of the same fields, where the sample gives several
   */
  public Suspect(CollectionSpec spec, @Nullable String[] values, List<Alternative> others) {
    if (values.length != spec.fieldCount()) {
      throw new IllegalArgumentException("a suspect has a place for each field");
    }
    this.spec = spec;
    this.values = values;
    this.others = List.copyOf(others);
  }

  /**
   * One more value of a field.
   *
   * @param value canonical
   */
  public record Alternative(int position, String value) {
    @Override
    public String toString() {
      return "Alternative[redacted]";
    }
  }

  public CollectionSpec spec() {
    return spec;
  }

  /** The canonical value at a position; null where the sample says nothing. */
  public @Nullable String at(int position) {
    return values[position];
  }

  public List<Alternative> others() {
    return others;
  }

  @Override
  public String toString() {
    return "Suspect[redacted]";
  }
}
