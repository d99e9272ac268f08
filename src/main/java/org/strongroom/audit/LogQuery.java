package org.strongroom.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Id;

/**
 * Which entries of the log are meant: those that fit every part that is not null.
 *
 * @param from the earliest time
 * @param to no longer in it
 * @param purpose of a disclosure or denial
 */
public record LogQuery(
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Id actor,
    @Nullable Id subject,
    @Nullable String purpose,
    Entry.@Nullable Kind kind) {
  private static final long SECONDS_AN_HOUR = 3600;

  boolean fits(Entry entry) {
    return (from == null || !entry.at().isBefore(from))
        && (to == null || entry.at().isBefore(to))
        && (actor == null || entry.by().actor().equals(actor))
        && (subject == null
            || (entry.about() != null && entry.about().subjects().contains(subject)))
        && (purpose == null || (entry.basis() != null && entry.basis().purpose().equals(purpose)))
        && (kind == null || entry.kind() == kind);
  }

  boolean isTimed() {
    return from != null || to != null;
  }

  /** Whether an entry of that hour, as {@link LogIndex#hour} counts, can fit. */
  boolean reaches(long hour) {
    // Compared by seconds: an hour far off may be no Instant.
    boolean late = to != null && hour * SECONDS_AN_HOUR > to.getEpochSecond();
    boolean early = from != null && (hour + 1) * SECONDS_AN_HOUR <= from.getEpochSecond();
    return !late && !early;
  }
}
