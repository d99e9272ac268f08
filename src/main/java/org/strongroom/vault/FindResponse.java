package org.strongroom.vault;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;
import org.strongroom.policy.View;

/**
 * An answer as it goes out, the same to every face. Holds personal data, so it prints nothing.
 *
 * @param next for {@code after} of the following question; null when there is no more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FindResponse(List<Found> matches, @Nullable String next, Receipt receipt) {
  public FindResponse {
    matches = List.copyOf(matches);
  }

  public static FindResponse of(Answer.Disclosed answer) {
    return new FindResponse(
        answer.matches().stream().map(Found::of).toList(),
        answer.next().orElse(null),
        answer.receipt());
  }

  /** One record version; see {@link Answer.Match}. */
  public record Found(
      String subject,
      String record,
      int version,
      @JsonProperty("kept_at") String keptAt,
      Map<String, Object> fields,
      Map<String, View> views) {

    static Found of(Answer.Match match) {
      return new Found(
          match.subject().toString(),
          match.record().toString(),
          match.version(),
          match.keptAt().toString(),
          match.fields(),
          match.views());
    }

    @Override
    public String toString() {
      return "Found[redacted]";
    }
  }

  @Override
  public String toString() {
    return "FindResponse[redacted]";
  }
}
