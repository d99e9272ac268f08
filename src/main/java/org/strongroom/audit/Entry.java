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
 * @param written what stands for the rows that were written with it; null when there were none.
 *     Filled in by the {@link Sequencer}, whatever it was
 */
public record Entry(
    Kind kind,
    Instant at,
    By by,
    @Nullable About about,
    @Nullable Basis basis,
    @Nullable String outcome,
    @Nullable Written written) {

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
    AUDIT,
    /** Somebody verified the vault. */
    VERIFY,
    /** Somebody judged a sample of data, or was shown what that found. */
    LEAK
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

  /**
   * The rows written with an entry; see {@link RowList}.
   *
   * @param commitment the RFC 6962 root over them
   * @param manifest SHA-256 of their list beside the log, so that an altered list can be told from
   *     an altered row
   */
  public record Written(Bytes commitment, Bytes manifest) {}

  /** The same entry, written with other rows. */
  Entry with(@Nullable Written rows) {
    return new Entry(kind, at, by, about, basis, outcome, rows);
  }

  /** An entry without records, basis or rows. */
  public static Entry of(Kind kind, Instant at, By by, String outcome) {
    return new Entry(kind, at, by, null, null, outcome, null);
  }
}
