package org.strongroom.leak.canary;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;

/**
 * What was planted. Whoever knows what canaries look like can leave them out, so it prints nothing.
 *
 * @param plantedFor to whom alone the records are to be handed; null for ones that lie in wait
 * @param planted when: ISO 8601, UTC
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Planted(
    List<MadeUp> canaries, @Nullable String plantedFor, String planted, Receipt receipt) {
  public Planted {
    canaries = List.copyOf(canaries);
  }

  /**
   * A made-up resident.
   *
   * @param subject its id, 32 hexadecimal digits
   * @param record field names to values, in the order of the declaration; null for one that lies in
   *     wait, which nobody should be shown
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record MadeUp(String subject, @Nullable Map<String, String> record) {
    public MadeUp {
      record = record == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(record));
    }

    @Override
    public String toString() {
      return "MadeUp[" + subject + "]";
    }
  }

  @Override
  public String toString() {
    return "Planted[redacted]";
  }
}
