package org.strongroom.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.strongroom.schema.Draft;

/**
 * One draft being filled, with what was found wrong. A value that is blank is absent; one that
 * names an image file is replaced by the file at the end. Reused for record after record by one
 * thread.
 */
final class Filling {
  private final Columns columns;
  private final ImageFiles images;
  private final int[] imagePositions;
  private final @Nullable Object[] sources;
  private final List<Problem> problems = new ArrayList<>();
  private Draft draft;
  private int filled;

  Filling(Columns columns, ImageFiles images) {
    this.columns = columns;
    this.images = images;
    this.sources = new @Nullable Object[columns.size()];
    this.draft = new Draft(columns.size());
    this.imagePositions =
        IntStream.range(0, columns.size())
            .filter(position -> columns.target(position).image())
            .toArray();
  }

  void start() {
    draft = new Draft(columns.size());
    Arrays.fill(sources, null);
    problems.clear();
    filled = 0;
  }

  /**
   * Sets a field.
   *
   * @param source what the value stands under, by identity
   * @param firstOnly whether further values of this source are passed over
   */
  void set(int position, String value, Object source, boolean firstOnly) {
    if (value.isBlank()) {
      return;
    }
    @Nullable Object before = sources[position];
    if (before == null) {
      sources[position] = source;
      draft.set(position, value);
      filled++;
      if (hasLoneSurrogate(value)) {
        refuse(Fault.LONE_SURROGATE.problem(inField(position, Fault.LONE_SURROGATE)));
      }
    } else if (!(firstOnly && before == source) && !value.equals(draft.get(position))) {
      refuse(
          Fault.SEVERAL_VALUES.problem(
              inField(position, Fault.SEVERAL_VALUES)
                  + "; map the one to take, and of an array its first is taken"));
    }
  }

  private String inField(int position, Fault fault) {
    return "field " + columns.target(position).name() + ": " + fault.problem().text();
  }

  private void refuse(Problem problem) {
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  /** Drops the values that the caller did not map, and every problem so far. */
  void keepOnly(Predicate<Object> keptSource) {
    problems.clear();
    for (int i = 0; i < sources.length; i++) {
      Object source = sources[i];
      if (source != null && !keptSource.test(source)) {
        sources[i] = null;
        draft.set(i, null);
        filled--;
      }
    }
  }

  Parsed finish(Place place) {
    if (filled == 0) {
      refuse(Fault.NO_KNOWN_FIELD.problem());
    }
    // Files are read only for a record that is otherwise good.
    for (int i = 0; problems.isEmpty() && i < imagePositions.length; i++) {
      String value = draft.get(imagePositions[i]);
      if (value != null && ImageFiles.namesFile(value)) {
        try {
          draft.set(imagePositions[i], images.content(value));
        } catch (Refusal e) {
          refuse(e.problem());
        }
      }
    }
    return problems.isEmpty() ? new Drafted(place, draft) : new Rejected(place, problems);
  }

  private static boolean hasLoneSurrogate(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))) {
        if (i + 1 == value.length()
            || !Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}
