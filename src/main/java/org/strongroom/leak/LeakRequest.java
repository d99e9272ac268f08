package org.strongroom.leak;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.vault.Question;

/**
 * What to check, and why. A reason may hold personal data, so it prints nothing.
 *
 * @param collection whose records the sample is held against
 * @param reason in words, where the policy demands one
 * @param maps from a column of the sample to the field that it holds, where that is known
 */
public record LeakRequest(
    String collection, String purpose, Optional<String> reason, Map<String, String> maps) {
  /** More columns than any sample that is worth a look. */
  private static final int MAX_MAPS = 1000;

  private static final int MAX_COLUMN_CHARS = 1000;

  /** The purpose of the built-in policy. */
  public static final String PURPOSE = "leak-check";

  public LeakRequest {
    purpose = Question.purpose(purpose);
    reason = Question.reason(reason);
    maps = Map.copyOf(new TreeMap<>(maps));
    if (maps.size() > MAX_MAPS
        || maps.keySet().stream().anyMatch(column -> column.length() > MAX_COLUMN_CHARS)) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST,
          "at most "
              + MAX_MAPS
              + " columns are mapped, each called by at most "
              + MAX_COLUMN_CHARS
              + " characters");
    }
  }

  @Override
  public String toString() {
    return "LeakRequest[redacted]";
  }
}
