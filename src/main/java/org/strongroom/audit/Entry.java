package org.strongroom.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.Id;

/**
 * One entry of the audit log, as it is before sealing. Says who did what on what basis to whom, and
 * never what the data is.
 *
 * @param by who acted
 * @param about whom and what it touched; null when it touched no records
 * @param basis on what grounds; null for acts other than disclosures
 * @param outcome for a denial its code; else a word about the act, or null
 * @param commitment SHA-256 of the one record version written, or the RFC 6962 root over those of a
 *     batch in its order; null when none was written
 */
public record Entry(
    Kind kind,
    Instant at,
    By by,
    @Nullable About about,
    @Nullable Basis basis,
    @Nullable String outcome,
    @Nullable Bytes commitment) {

  /** What kind of act. Names are written to the log and stay for ever. */
  public enum Kind {
    DISCLOSURE,
    DENIAL,
    WRITE,
    USER,
    POLICY,
    COLLECTION,
    VAULT,
    /** Somebody read the log. */
    AUDIT
  }

  /**
   * Who acted.
   *
   * @param role in which; null for acts that no role grants
   */
  public record By(Id actor, String name, @Nullable String role) {}

  /**
   * What was touched.
   *
   * @param subjects each once; empty for a bulk write, whose commitment stands for them
   * @param records how many record versions
   */
  public record About(@Nullable String collection, List<Id> subjects, long records) {
    public About {
      subjects = List.copyOf(subjects);
    }
  }

  /**
   * The grounds of a disclosure or denial.
   *
   * @param index by which it searched
   * @param views by field, the words of the policy
   */
  public record Basis(
      String purpose, @Nullable String reason, @Nullable String index, Map<String, String> views) {
    public Basis {
      views = Map.copyOf(views);
    }
  }

  /** An entry without records, basis or commitment. */
  public static Entry of(Kind kind, Instant at, By by, String outcome) {
    return new Entry(kind, at, by, null, null, outcome, null);
  }
}
