package org.strongroom.policy;

/**
 * A no. Holds no personal data, nor any text of the question that the policy does not hold itself,
 * so that both parts may be shown and logged.
 *
 * @param code one of the constants of this record; they stay for ever, clients match on them
 * @param why what is missing and what to do next
 */
public record Denied(String code, String why) implements Decision {
  public static final String UNKNOWN_PURPOSE = "unknown_purpose";
  public static final String DUTIES_NOT_SEPARATED = "duties_not_separated";
  public static final String PURPOSE_NOT_GRANTED = "purpose_not_granted";
  public static final String ACT_NOT_GRANTED = "act_not_granted";
  public static final String COLLECTION_NOT_GRANTED = "collection_not_granted";
  public static final String INDEX_NOT_GRANTED = "index_not_granted";
  public static final String FIELD_NOT_GRANTED = "field_not_granted";
  public static final String HISTORY_NOT_GRANTED = "history_not_granted";
  public static final String REASON_REQUIRED = "reason_required";
}
