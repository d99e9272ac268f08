package org.strongroom.leak.lookup;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A leak in which people can look themselves up.
 *
 * @param number from 1, never given again
 * @param name what people know it by
 * @param date when it became known, or whatever day people know it by: {@code 2022-06-30}
 * @param note for people, such as where to turn; may be empty
 * @param since when it got into this state, ISO 8601
 * @param extents what it holds; empty until it is registered
 */
public record Leak(
    int number,
    String name,
    String date,
    String note,
    State state,
    String since,
    List<Extent> extents) {
  /** Number 0 stands for padding. */
  public static final int MAX_NUMBER = 999;

  public Leak {
    if (number < 1 || number > MAX_NUMBER) {
      throw new IllegalArgumentException("leaks are numbered from 1 to 999");
    }
    extents = List.copyOf(extents);
  }

  /** What can be done with it. Words stay for ever. */
  public enum State {
    /** Its keys are being written; not answered yet. */
    REGISTERING(1),
    /** Answered. */
    REGISTERED(2),
    /** No longer answered, and its keys are destroyed. */
    WITHDRAWN(3);

    private final int version;

    State(int version) {
      this.version = version;
    }

    /** Of the row that says so: each state is there once, and none before an earlier one. */
    int version() {
      return version;
    }

    /** The word in answers. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How much it holds of one kind.
   *
   * @param identifiers how many, each once
   * @param largestRange how many share a prefix at most
   */
  public record Extent(
      LookupKind kind, long identifiers, @JsonProperty("largest_range") int largestRange) {}

  /** How many identifiers of a kind share a prefix at most. */
  int largestRange(LookupKind kind) {
    return extents.stream()
        .filter(extent -> extent.kind() == kind)
        .mapToInt(Extent::largestRange)
        .findFirst()
        .orElse(0);
  }

  Leak in(State next, Instant at, List<Extent> what) {
    return new Leak(number, name, date, note, next, at.toString(), what);
  }
}
