package org.strongroom.ingest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A record that was not kept: where it stood, why, and itself, sealed. One line of the rejects
 * file.
 *
 * @param ciphertext the record as it came, sealed under the vault's rejects keyset, in base64
 */
public record RejectedLine(
    String file,
    long line,
    long record,
    List<Problem> reasons,
    @JsonProperty("sealed") String ciphertext) {
  public RejectedLine {
    reasons = List.copyOf(reasons);
  }
}
