package org.strongroom.leak.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;

/**
 * What a leak check found. Holds no personal data of any subject: counts, names of columns and of
 * actors, times. The same sample and the same state of the log give the same {@link Findings}, byte
 * for byte; what differs from one run to the next stands beside them.
 *
 * @param check which run this was
 * @param signature a C2SP signed note over the findings' digest, by the log's key; null until
 *     signed
 * @param receipt of the check's entry in the log; null until logged
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Report(
    @JsonUnwrapped Findings findings,
    Check check,
    @Nullable String signature,
    @Nullable Receipt receipt) {

  /**
   * Who checked, and when.
   *
   * @param id 32 hexadecimal digits, by which the results are found again
   * @param at when the check ended, from which deadlines count
   * @param by the actor's name
   * @param findings SHA-256 of the findings as JSON, in hexadecimal
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Check(String id, Instant at, String by, String purpose, String findings) {}

  /**
   * The reproducible part.
   *
   * @param format of this document: 1
   * @param records read from the sample, whatever became of them
   * @param duplicates records that say the same as an earlier one; counted once everywhere else
   * @param invalid distinct records without any valid identifier
   * @param matched distinct records whose identifier is this vault's
   * @param subjects distinct subjects among them
   * @param genuine those of which all else was true together at some moment
   * @param agreement by name of the field
   * @param window null when nothing was genuine
   * @param copies the moments at which copies were taken that explain the genuine records, the one
   *     that explains most first; one in a sharp leak
   * @param sources ranked, the likeliest first
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Findings(
      int format,
      String vault,
      String collection,
      SampleFacts sample,
      long records,
      long duplicates,
      long invalid,
      long matched,
      long subjects,
      Genuine genuine,
      List<Column> mapping,
      TreeMap<String, Agreement> agreement,
      @Nullable Window window,
      List<Copy> copies,
      List<CanaryHit> canaries,
      Sources sources,
      Foreign foreign,
      Affected affected,
      Verdict verdict) {
    public Findings {
      mapping = List.copyOf(mapping);
      copies = List.copyOf(copies);
      canaries = List.copyOf(canaries);
    }
  }

  /**
   * What was read.
   *
   * @param sha256 in hexadecimal: of the file; of a folder, over its files' names and hashes
   * @param bytes as stored
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record SampleFacts(String sha256, long bytes, List<Part> parts) {
    public SampleFacts {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Files of one form.
   *
   * @param format {@code json}, {@code csv}, {@code sql}, {@code xlsx}, {@code text}
   * @param encoding {@code UTF-8}, {@code UTF-16LE}, {@code UTF-16BE}, {@code GB18030}
   * @param packed {@code gzip}, {@code zip}, {@code zstd} or {@code none}
   */
  public record Part(String format, String encoding, String packed, long files, long records) {}

  /**
   * How much is genuine.
   *
   * @param records distinct genuine records
   * @param share of all distinct records
   * @param low of the 95 per cent confidence interval, the sample taken for a random one
   * @param undecided matched records that say nothing that could be compared beside what follows
   *     from the identifier
   */
  public record Genuine(long records, double share, double low, double high, long undecided) {}

  /**
   * A column of the sample and what it was taken for.
   *
   * @param column as the sample calls it, cut at 100 characters; a path in nested data
   * @param field null when it is none of the collection's
   * @param type the kind of value that it holds, if known
   * @param by {@code map} (given), {@code name}, {@code values}, {@code agreement}; {@code none}
   * @param values that are not blank, in all of the sample
   * @param valid share of those that are valid for the type
   * @param confidence that the mapping is right, 0 to 1
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Column(
      String column,
      @Nullable String field,
      @Nullable String type,
      String by,
      long values,
      double valid,
      double confidence) {
    public Column {
      column = wellFormed(column);
    }
  }

  /**
   * How a field of the matched records compares with what is held.
   *
   * @param compared equalNow + equalBefore + near + different
   * @param notHeld the subject never had a value there
   * @param from the earliest moment from which a past value that was met was held; null if none
   * @param to the latest moment until which one was held
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Agreement(
      long compared,
      long equalNow,
      long equalBefore,
      long near,
      long different,
      long notHeld,
      @Nullable Instant from,
      @Nullable Instant to) {}

  /**
   * When the most records were true at once.
   *
   * @param to null when that still holds
   * @param records true in all of it
   * @param share of the genuine records
   * @param next the best moment outside; null if there is none
   * @param curve how many were true at once, by time, for the chart; at most some 500 points
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Window(
      Instant from,
      @Nullable Instant to,
      long records,
      double share,
      @Nullable Copy next,
      List<Point> curve) {
    public Window {
      curve = List.copyOf(curve);
    }
  }

  /**
   * A copy that was taken between two moments.
   *
   * @param to null when it may be of now
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Copy(Instant from, @Nullable Instant to, long records) {}

  /** How many records were true at a moment. */
  public record Point(Instant at, long records) {}

  /**
   * A made-up resident that the sample holds.
   *
   * @param plantedFor to whom alone it was handed; null for one that lies in wait
   * @param shownTo names of the actors to whom the log says it was shown
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record CanaryHit(String subject, @Nullable String plantedFor, List<String> shownTo) {
    public CanaryHit {
      shownTo = List.copyOf(shownTo);
    }
  }

  /**
   * Through whom it may have gone.
   *
   * @param examined how many of the matched subjects were looked up in the log, evenly drawn
   * @param control subjects of the vault that they were compared with, drawn evenly from the same
   *     provinces
   * @param tested how many sources there were to choose from, for the correction
   * @param conclusion {@code proved}, {@code likely}, {@code no_one_stands_out} or {@code too_few}
   * @param ranked at most 50, the likeliest first
   * @param pairs combinations of two that explain clearly more than either, the likeliest first
   */
  public record Sources(
      long examined,
      long control,
      long tested,
      String conclusion,
      String text,
      List<Source> ranked,
      List<Source> pairs) {
    public Sources {
      ranked = List.copyOf(ranked);
      pairs = List.copyOf(pairs);
    }
  }

  /**
   * Somebody or something that had been shown subjects of the sample before the window's end.
   *
   * @param kind {@code user}, {@code application}, {@code agency}, {@code export}, {@code operator}
   *     or {@code pair}
   * @param name of the account or agency; of an export the log's index and the account
   * @param shown how many of the examined subjects
   * @param expected how many by chance, from the control group
   * @param lift shown / expected; null when nothing was expected
   * @param p probability of as many or more by chance (hypergeometric)
   * @param adjusted the same, corrected for how many sources were tested (Holm)
   * @param named whether this source is named as a likely one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Source(
      String kind,
      String name,
      long shown,
      double expected,
      @Nullable Double lift,
      double p,
      double adjusted,
      boolean named) {}

  /**
   * What is not ours.
   *
   * @param invalidValues by type and then by the code of the problem
   * @param neverHeld distinct records whose valid identifiers belong to nobody in the vault
   * @param notHeldColumns columns that are no field of the collection
   * @param generated distinct records with a value that test data have, by what kind
   * @param repeated records in blocks that come again
   * @param photoDomains how many links to each domain, most first, at most 20
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Foreign(
      TreeMap<String, TreeMap<String, Long>> invalidValues,
      long neverHeld,
      List<String> notHeldColumns,
      TreeMap<String, Long> generated,
      long repeated,
      List<Domain> photoDomains) {
    public Foreign {
      notHeldColumns = notHeldColumns.stream().map(Report::wellFormed).toList();
      photoDomains = List.copyOf(photoDomains);
    }
  }

  /** A domain that photo links lead to. */
  public record Domain(String domain, long links) {}

  /**
   * Who is affected: subjects with a genuine record.
   *
   * @param sensitive those of whom something sensitive was exposed
   * @param fields by field, how many had it exposed
   * @param counts by region, age band and class of field; rows below 10 are left out
   * @param withheld subjects in rows that were left out
   */
  public record Affected(
      long subjects,
      long sensitive,
      TreeMap<String, Long> fields,
      List<Count> counts,
      long withheld) {
    public Affected {
      counts = List.copyOf(counts);
    }
  }

  /**
   * One row of the counts.
   *
   * @param region the first two digits of GB/T 2260, or {@code unknown}
   * @param age {@code 0-13}, {@code 14-17}, {@code 18-29}, {@code 30-44}, {@code 45-59}, {@code
   *     60+} or {@code unknown}
   * @param fields the class: {@code ordinary} or {@code sensitive}
   */
  public record Count(String region, String age, String fields, long subjects) {}

  /**
   * The verdict.
   *
   * @param code {@code copy}, {@code mixture}, {@code foreign}, {@code undecided}
   * @param text in one sentence
   * @param evidence why, a sentence each
   */
  public record Verdict(String code, String text, List<String> evidence) {
    public Verdict {
      evidence = List.copyOf(evidence);
    }
  }

  /** Half of a surrogate pair, as a sample or the cutting of a name may leave it, is no Unicode. */
  private static String wellFormed(String fromSample) {
    return new String(fromSample.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** The order in which maps are written, so that the same findings are the same bytes. */
  static <V> TreeMap<String, V> sorted(Map<String, V> of) {
    return new TreeMap<>(of);
  }
}
