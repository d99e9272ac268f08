package org.strongroom.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an import came to. {@code kept + updated + unchanged + rejected = read}.
 *
 * @param reasons rejected records by the code of each reason; a record with two counts under both
 * @param warnings kept records by the code of each doubt
 * @param unknownColumns columns that no field goes by, and in how many records they had a value
 * @param faults what is wrong with the input as a whole, such as an array without an end
 * @param receipts where it stands in the log; null when nothing got that far
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImportSummary(
    long read,
    long kept,
    long updated,
    long unchanged,
    long rejected,
    Map<String, Long> reasons,
    Map<String, Long> warnings,
    @JsonProperty("unknown_columns") Map<String, Long> unknownColumns,
    List<Problem> faults,
    double seconds,
    @Nullable Receipts receipts) {
  public ImportSummary {
    reasons = new TreeMap<>(reasons);
    warnings = new TreeMap<>(warnings);
    unknownColumns = new TreeMap<>(unknownColumns);
    faults = List.copyOf(faults);
  }
}
