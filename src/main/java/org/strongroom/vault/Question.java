package org.strongroom.vault;

import java.util.Map;
import java.util.Optional;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;

/**
 * What someone asks to be shown. Holds personal data, so it prints nothing.
 *
 * @param where field values as people write them, over exactly the fields of one index; empty when
 *     {@code subject} is given instead
 * @param subject whose records to list, newest first
 * @param reason in words, where the policy demands one
 * @param page how much, and from where
 * @param history past versions as well
 */
public record Question(
    String collection,
    Map<String, String> where,
    Optional<Id> subject,
    String purpose,
    Optional<String> reason,
    Page page,
    boolean history) {
  /** Longer than any purpose of a policy. */
  private static final int MAX_PURPOSE_CHARS = 64;

  /** The longest reason that is kept. */
  public static final int MAX_REASON_CHARS = 1000;

  public Question {
    where = Map.copyOf(where);
    if (where.isEmpty() == subject.isEmpty()) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST,
          "give either \"where\" with the fields of an index, or \"subject\"");
    }
    purpose = purpose(purpose);
    reason = reason(reason);
  }

  /** A purpose that the policy may know; even one that it does not goes into the log. */
  public static String purpose(String given) {
    if (given.length() > MAX_PURPOSE_CHARS) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "a purpose has at most " + MAX_PURPOSE_CHARS + " characters");
    }
    return given;
  }

  /** A reason as it goes into the log: stripped, none if blank, and of bounded length. */
  public static Optional<String> reason(Optional<String> given) {
    Optional<String> reason = given.map(String::strip).filter(text -> !text.isEmpty());
    if (reason.map(String::length).orElse(0) > MAX_REASON_CHARS) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "a reason has at most " + MAX_REASON_CHARS + " characters");
    }
    return reason;
  }

  /**
   * A part of a long answer.
   *
   * @param limit matches at most, from 1
   * @param after the {@code next} of the answer before; empty for the first page
   */
  public record Page(int limit, Optional<String> after) {
    /** What an answer holds at most unless asked otherwise. */
    public static final int DEFAULT_LIMIT = 20;

    public static final Page FIRST = new Page(DEFAULT_LIMIT, Optional.empty());

    public Page {
      if (limit < 1) {
        throw new VaultException(ErrorCode.BAD_REQUEST, "the limit is at least 1");
      }
    }
  }

  @Override
  public String toString() {
    return "Question[redacted]";
  }
}
