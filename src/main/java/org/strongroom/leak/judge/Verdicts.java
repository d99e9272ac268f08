package org.strongroom.leak.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.strongroom.leak.report.Report;

/**
 * What a sample is: a copy of this vault, a mixture, nothing to do with it, or not to be decided;
 * in one sentence, with the evidence. Dates are days in UTC.
 */
public final class Verdicts {
  /** Fewer distinct records with a valid identifier decide nothing: one more or less is 5 %. */
  public static final int LEAST_RECORDS = 20;

  /**
   * Up to this share of the valid records may be this vault's by accident: a vault shares people
   * with every large register, and some values with any.
   */
  public static final double FOREIGN_SHARE = 0.01;

  /** A copy of this vault has this share of its records genuine; what is missing is retyping. */
  public static final double COPY_GENUINE = 0.9;

  /** And this share of the genuine ones true at one moment; other copies hardly show below it. */
  public static final double COPY_IN_WINDOW = 0.9;

  private final Counts counts;
  private final Report.Genuine genuine;
  private final Report.@Nullable Window window;
  private final List<Report.Copy> copies;
  private final Report.Sources sources;
  private final List<Report.CanaryHit> canaries;

  /** Valid records of which something beside the identifier could be compared, or none is ours. */
  private final long decided;

  /**
   * What there was to judge.
   *
   * @param distinct records
   * @param invalid those without any valid identifier
   * @param matched those whose identifier is this vault's
   * @param strong those among the matched that were found by an identifier that hardly anybody
   *     shares: ID number, phone, e-mail
   */
  public record Counts(long distinct, long invalid, long matched, long strong) {
    public Counts {
      if (invalid < 0 || strong < 0 || strong > matched || invalid + matched > distinct) {
        throw new IllegalArgumentException("the parts of a sample exceed the whole");
      }
    }

    /** Records with a valid identifier. */
    public long valid() {
      return distinct - invalid;
    }
  }

  private Verdicts(
      Counts counts,
      Report.Genuine genuine,
      Report.@Nullable Window window,
      List<Report.Copy> copies,
      Report.Sources sources,
      List<Report.CanaryHit> canaries) {
    this.counts = counts;
    this.genuine = genuine;
    this.window = window;
    this.copies = copies;
    this.sources = sources;
    this.canaries = canaries;
    this.decided = counts.valid() - genuine.undecided();
  }

  /**
   * The verdict.
   *
   * @param window and {@code copies} as {@link Windows} found them
   */
  public static Report.Verdict of(
      Counts counts,
      Report.Genuine genuine,
      Report.@Nullable Window window,
      List<Report.Copy> copies,
      Report.Sources sources,
      List<Report.CanaryHit> canaries) {
    if (genuine.records() + genuine.undecided() > counts.matched()) {
      throw new IllegalArgumentException("only what is matched is genuine or undecided");
    }
    return new Verdicts(counts, genuine, window, copies, sources, canaries).judge();
  }

  private Report.Verdict judge() {
    String undecided = undecided();
    if (undecided != null) {
      return verdict("undecided", "Cannot be decided: " + undecided + ".");
    }
    if (canaries.isEmpty() && isSmall(counts.strong()) && isSmall(genuine.records())) {
      return verdict(
          "foreign",
          counts.strong() == 0
              ? "Nothing to do with this vault: none of its identifiers is of anybody in here."
              : "Nothing to do with this vault: only "
                  + percent(counts.strong(), counts.valid())
                  + " of its records are of people in here, as with any register.");
    }
    if (window == null || isSmall(genuine.records())) {
      return canaries.isEmpty()
          ? verdict(
              "foreign",
              "Nothing to do with this vault: it knows people in here, but what it says of them was"
                  + " never held.")
          : verdict(
              "mixture",
              "A mixture: it holds made-up residents of this vault, but hardly anything else that"
                  + " was held here.");
    }
    boolean ours = genuine.records() >= COPY_GENUINE * decided;
    if (ours && window.records() >= COPY_IN_WINDOW * genuine.records()) {
      String when = Days.between(window.from(), window.to());
      return verdict("copy", "A copy of this vault taken " + when + ".");
    }
    return verdict("mixture", "A mixture: " + parts() + ".");
  }

  /** Why nothing can be said; null if something can. */
  private @Nullable String undecided() {
    if (counts.distinct() == 0) {
      return "the sample holds no record";
    }
    if (counts.valid() == 0) {
      return "no record has an identifier that is valid, so that nothing can be looked up";
    }
    if (counts.valid() < LEAST_RECORDS) {
      return String.format(
          Locale.ROOT,
          "%s with a valid identifier; at least %d are needed",
          records(counts.valid()),
          LEAST_RECORDS);
    }
    if (decided < LEAST_RECORDS || genuine.undecided() > decided) {
      return percent(counts.matched(), counts.valid())
          + " of the identifiers are of people in here, but most of their records say nothing else"
          + " that could be compared";
    }
    return null;
  }

  private boolean isSmall(long records) {
    return records <= FOREIGN_SHARE * counts.valid();
  }

  /** What fits each copy, then what was true at no copy's moment, then what is not ours. */
  private String parts() {
    List<String> out = new ArrayList<>();
    long explained = 0;
    for (Report.Copy copy : copies) {
      out.add(
          percent(copy.records(), decided)
              + " "
              + (out.isEmpty() ? "fit a copy" : "more fit one")
              + " taken "
              + Days.between(copy.from(), copy.to()));
      explained += copy.records();
    }
    long scattered = genuine.records() - explained;
    if (scattered > 0) {
      out.add(percent(scattered, decided) + " were true at other times");
    }
    long foreign = decided - genuine.records();
    if (foreign > 0) {
      out.add(percent(foreign, decided) + " are not from here");
    }
    int last = out.size() - 1;
    return last == 0
        ? out.get(0)
        : String.join(", ", out.subList(0, last)) + " and " + out.get(last);
  }

  private Report.Verdict verdict(String code, String text) {
    return new Report.Verdict(code, text, evidence());
  }

  private List<String> evidence() {
    List<String> out = new ArrayList<>();
    out.add(
        String.format(
            Locale.ROOT,
            "Of %s, %d have a valid identifier, and %d of those are of people in this vault.",
            records(counts.distinct()),
            counts.valid(),
            counts.matched()));
    if (counts.matched() > 0) {
      out.add(
          String.format(
              Locale.ROOT,
              "Of %s all other values were true together at some moment: %s of the sample"
                  + " (95 per cent interval %s to %s).",
              records(genuine.records()),
              percent(genuine.share()),
              percent(genuine.low()),
              percent(genuine.high())));
    }
    if (genuine.undecided() > 0) {
      out.add(
          records(genuine.undecided())
              + " of people in here say nothing else that could be compared.");
    }
    if (window != null) {
      out.add(
          String.format(
              Locale.ROOT,
              "%s of the genuine records were true at once %s.",
              percent(window.share()),
              Days.during(window.from(), window.to())));
      Report.Copy next = window.next();
      if (next != null) {
        out.add(
            String.format(
                Locale.ROOT,
                "At the next best time, %s, %s of them were.",
                Days.during(next.from(), next.to()),
                percent(next.records(), genuine.records())));
      }
    }
    if (!canaries.isEmpty()) {
      out.add(
          canaries.size() == 1
              ? "It holds a made-up resident who is nowhere but in this vault."
              : "It holds "
                  + canaries.size()
                  + " made-up residents who are nowhere but in this vault.");
    }
    if (genuine.records() > 0) {
      out.add(sources.text());
    }
    return out;
  }

  private static String records(long count) {
    return count == 1 ? "1 record" : count + " records";
  }

  private static String percent(long part, long whole) {
    return percent(whole == 0 ? 0 : (double) part / whole);
  }

  /** To the tenth; what is not all or nothing is never told as such. */
  static String percent(double share) {
    double tenths = Math.rint(share * 1000) / 10;
    if (share > 0 && tenths == 0) {
      return "less than 0.1 %";
    }
    if (share < 1 && tenths == 100) {
      return "more than 99.9 %";
    }
    return (tenths == Math.rint(tenths) ? String.valueOf((long) tenths) : String.valueOf(tenths))
        + " %";
  }
}
