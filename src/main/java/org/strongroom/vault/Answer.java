package org.strongroom.vault;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.strongroom.audit.Receipt;
import org.strongroom.kernel.Id;
import org.strongroom.policy.View;

/** What comes out of the vault's one way out: a disclosure, or a denial. Both are in the log. */
public sealed interface Answer {
  /** Where this stands in the log. */
  Receipt receipt();

  /**
   * A yes.
   *
   * @param matches in key order; perhaps none
   * @param next to ask for the following page, if there may be one
   */
  record Disclosed(List<Match> matches, Optional<String> next, Receipt receipt) implements Answer {
    public Disclosed {
      matches = List.copyOf(matches);
    }

    @Override
    public String toString() {
      return "Disclosed[redacted]";
    }
  }

  /**
   * A no.
   *
   * @param code as in {@link org.strongroom.policy.Denied}
   * @param why for people, with what to do next
   */
  record Refused(String code, String why, Receipt receipt) implements Answer {}

  /**
   * One record version as its reader may see it.
   *
   * @param fields by name, in the collection's order: text, number or boolean when clear, text when
   *     masked, absent when hidden
   * @param views by field name, for every field that the record has
   */
  record Match(
      Id subject,
      RecordId record,
      int version,
      Instant keptAt,
      Map<String, Object> fields,
      Map<String, View> views) {
    @Override
    public String toString() {
      return "Match[redacted]";
    }
  }
}
