package org.strongroom.vault;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Entry;
import org.strongroom.kernel.Id;

/**
 * An entry of the audit log as it is shown to an auditor, the same to every face. A reason may hold
 * personal data, so it prints nothing.
 *
 * @param kind of {@link Entry.Kind}, in lower case
 * @param at ISO 8601, UTC
 * @param subjects null when it is about none; empty for a bulk write
 * @param searchedBy the name of an index, or that records were listed by whom they are about
 * @param views what was shown of each field, {@code clear} or {@code masked}
 * @param commitment to the rows written, in hexadecimal
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShownEntry(
    long index,
    String kind,
    String at,
    By actor,
    @Nullable String collection,
    @Nullable List<String> subjects,
    @Nullable Long records,
    @Nullable String purpose,
    @Nullable String reason,
    @JsonProperty("searched_by") @Nullable String searchedBy,
    @Nullable Map<String, String> views,
    @Nullable String outcome,
    @Nullable String commitment) {

  /** Who acted; see {@link Entry.By}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record By(String id, String name, @Nullable String role) {}

  static ShownEntry of(long index, Entry entry) {
    Entry.@Nullable About about = entry.about();
    Entry.@Nullable Basis basis = entry.basis();
    Entry.@Nullable Written written = entry.written();
    return new ShownEntry(
        index,
        LogRequest.word(entry.kind()),
        entry.at().toString(),
        new By(entry.by().actor().toString(), entry.by().name(), entry.by().role()),
        about == null ? null : about.collection(),
        about == null ? null : about.subjects().stream().map(Id::toString).toList(),
        about == null ? null : about.records(),
        basis == null ? null : basis.purpose(),
        basis == null ? null : basis.reason(),
        basis == null ? null : basis.index(),
        basis == null ? null : new TreeMap<>(basis.views()),
        entry.outcome(),
        written == null ? null : written.commitment().hex());
  }

  @Override
  public String toString() {
    return "ShownEntry[redacted]";
  }
}
