package org.strongroom.leak.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.strongroom.leak.report.StackedBar.Part;

/** What the page of a report shows, worked out. Public for the templates only. Immutable. */
public final class ReportView {
  /** The most sources that the page ranks; the JSON has all. */
  public static final int MOST_SOURCES = 15;

  private static final List<String> AGES =
      List.of("0-13", "14-17", "18-29", "30-44", "45-59", "60+", "unknown");

  private final Report report;
  private final Report.Findings findings;

  ReportView(Report report) {
    this.report = report;
    this.findings = report.findings();
  }

  public Report report() {
    return report;
  }

  public Report.Findings findings() {
    return findings;
  }

  /** The verdict in the fewest words. */
  public String headline() {
    return switch (findings.verdict().code()) {
      case "copy" -> "A copy of this vault";
      case "mixture" -> "A mixture";
      case "foreign" -> "Not from this vault";
      default -> "It cannot be told";
    };
  }

  /** The verdict's colour. */
  public String style() {
    String code = findings.verdict().code();
    return List.of("copy", "mixture", "foreign").contains(code) ? code : "undecided";
  }

  /** Records that are counted once. */
  public long distinct() {
    return Math.max(0, findings.records() - findings.duplicates());
  }

  /** Width of a share on the gauge, which is 618 wide. */
  public String gauge(double share) {
    return String.format(Locale.ROOT, "%.1f", 618 * share);
  }

  /** Place of a share on the gauge, which begins at 11. */
  public String gaugeAt(double share) {
    return String.format(Locale.ROOT, "%.1f", 11 + 618 * share);
  }

  /** By when GDPR Art. 33 asks the authority to be told. */
  public Instant deadline() {
    return Deadlines.gdprAuthority(report.check().at());
  }

  /** What the distinct records are. */
  public StackedBar composition() {
    Report.Genuine genuine = findings.genuine();
    long matched = findings.matched();
    long neverHeld = findings.foreign().neverHeld();
    long stale = matched - genuine.records() - genuine.undecided();
    long rest = distinct() - matched - neverHeld - findings.invalid();
    return StackedBar.of(
        List.of(
            new Part("genuine", "good", genuine.records()),
            new Part("ours, nothing to compare", "fair", genuine.undecided()),
            new Part("ours, but not all true at once", "poor", stale),
            new Part("never held here", "none", neverHeld),
            new Part("no valid identifier", "bad", findings.invalid()),
            new Part("other", "rest", rest)));
  }

  /** How a field agrees. */
  public static StackedBar agreement(Report.Agreement of) {
    return StackedBar.of(
        List.of(
            new Part("equal now", "good", of.equalNow()),
            new Part("equal before", "fair", of.equalBefore()),
            new Part("near", "poor", of.near()),
            new Part("different", "bad", of.different())));
  }

  /** The curve of the window; null when there is nothing to draw. */
  public @Nullable CurveChart curve() {
    Report.Window window = findings.window();
    return window == null ? null : CurveChart.of(window, report.check().at());
  }

  /** The sources that the page ranks. */
  public List<Report.Source> sources() {
    List<Report.Source> ranked = findings.sources().ranked();
    return ranked.subList(0, Math.min(MOST_SOURCES, ranked.size()));
  }

  /** What to say of the sources before anything else; the check's own sentence follows it. */
  public String accusation() {
    return switch (findings.sources().conclusion()) {
      case "proved" -> "Proved by planted records";
      case "likely" -> "Likely, by statistics";
      case "no_one_stands_out" -> "Nobody stands out";
      default -> "Too few to tell";
    };
  }

  /** Whether the sources accuse anybody. */
  public boolean accuses() {
    String conclusion = findings.sources().conclusion();
    return conclusion.equals("proved") || conclusion.equals("likely");
  }

  /** The longest bar among the sources' figures. */
  public double mostShown() {
    return sources().stream()
        .mapToDouble(source -> Math.max((double) source.shown(), source.expected()))
        .max()
        .orElse(1);
  }

  /** A figure's place on a bar that ends at another. */
  public static String place(double figure, double end) {
    return StackedBar.percent(Math.round(1000 * Math.min(figure, end)), Math.round(1000 * end));
  }

  /** Fields that were exposed, those of most people first. */
  public List<Map.Entry<String, Long>> exposed() {
    List<Map.Entry<String, Long>> fields = new ArrayList<>(findings.affected().fields().entrySet());
    fields.sort(Map.Entry.<String, Long>comparingByValue().reversed());
    return fields;
  }

  /** The age bands that any count has. */
  public List<String> ages() {
    Set<String> found = new LinkedHashSet<>(AGES);
    found.retainAll(findings.affected().counts().stream().map(Report.Count::age).toList());
    return List.copyOf(found);
  }

  /** The regions that any count has, in the order of their codes. */
  public List<String> regions() {
    Set<String> found = new TreeSet<>();
    findings.affected().counts().forEach(count -> found.add(count.region()));
    return List.copyOf(found);
  }

  /** The classes of fields that any count has. */
  public List<String> classes() {
    Set<String> found = new TreeSet<>();
    findings.affected().counts().forEach(count -> found.add(count.fields()));
    return List.copyOf(found);
  }

  /** How many people; a dash where the row was left out. */
  public String people(String fields, String region, String age) {
    return findings.affected().counts().stream()
        .filter(count -> count.fields().equals(fields))
        .filter(count -> count.region().equals(region) && count.age().equals(age))
        .findFirst()
        .map(count -> Shown.count(count.subjects()))
        .orElse("–");
  }

  /** A region with its name. */
  public static String region(String code) {
    return Regions.label(code);
  }
}
