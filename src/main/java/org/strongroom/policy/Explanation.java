package org.strongroom.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a role sees of a collection for a purpose, and which line of the policy file says so. Lines
 * count from 1; 0 means that no line speaks, so that the default, which is no, holds.
 *
 * @param granted whether the collection is open to this role for this purpose at all
 * @param because why it is, or why not and what to do about it
 * @param line where that is decided
 * @param reasonRequired whether a reason must be given in words
 * @param history whether past versions may be asked for
 * @param maxMatches how many records one answer may hold; 0 if not granted
 */
public record Explanation(
    String role,
    String purpose,
    @JsonProperty("legal_basis") String legalBasis,
    String collection,
    boolean granted,
    String because,
    int line,
    @JsonProperty("reason_required") boolean reasonRequired,
    boolean history,
    @JsonProperty("max_matches") int maxMatches,
    List<FieldView> fields,
    List<IndexAccess> indexes) {
  public Explanation {
    fields = List.copyOf(fields);
    indexes = List.copyOf(indexes);
  }

  /**
   * The view of one field.
   *
   * @param rule the rule that decides, as it stands in the file, or that there is none
   */
  public record FieldView(String field, String sensitivity, View view, String rule, int line) {}

  /** Whether one index may be searched. */
  public record IndexAccess(String index, boolean searchable, String why, int line) {}
}
