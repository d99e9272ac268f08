package org.strongroom.vault;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;

/**
 * A question as it comes in, the same from every face. Holds personal data, so it prints nothing.
 *
 * @param where field values; null or empty when {@code subject} is given
 * @param subject 32 hexadecimal digits, or null
 * @param limit matches at most; null for {@value Question.Page#DEFAULT_LIMIT}
 * @param after the {@code next} of the answer before, or null
 * @param history past versions as well; null for no
 */
public record FindRequest(
    @Nullable Map<String, String> where,
    @Nullable String subject,
    @Nullable String purpose,
    @Nullable String reason,
    @Nullable Integer limit,
    @Nullable String after,
    @Nullable Boolean history) {

  /**
   * The question this asks of a collection.
   *
   * @throws VaultException {@code BAD_REQUEST} when it is none
   */
  public Question question(String collection) {
    if (purpose == null || purpose.isBlank()) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "a purpose is required, such as identity-check");
    }
    if (where != null && where.values().stream().anyMatch(Objects::isNull)) {
      throw new VaultException(ErrorCode.BAD_REQUEST, "every field in \"where\" has a value");
    }
    return new Question(
        collection,
        where == null ? Map.of() : where,
        Optional.ofNullable(subject).map(Id::parse),
        purpose,
        Optional.ofNullable(reason),
        new Question.Page(
            limit == null ? Question.Page.DEFAULT_LIMIT : limit, Optional.ofNullable(after)),
        history != null && history);
  }

  @Override
  public String toString() {
    return "FindRequest[redacted]";
  }
}
