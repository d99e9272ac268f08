package org.strongroom.vault;

import java.util.List;
import org.strongroom.kernel.Id;

/**
 * Whom the identifiers of a {@link Suspect} lead to. Immutable.
 *
 * @param index the index that led there, by its place among those of the collection, the strongest
 *     first
 * @param subjects one at least; several where people share what was sought
 */
public record Lead(int index, List<Id> subjects) {
  public Lead {
    subjects = List.copyOf(subjects);
    if (index < 0 || subjects.isEmpty()) {
      throw new IllegalArgumentException("a lead names an index and somebody");
    }
  }
}
