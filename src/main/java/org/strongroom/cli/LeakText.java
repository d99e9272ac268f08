package org.strongroom.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.strongroom.leak.KeptCheck;
import org.strongroom.leak.report.Report;

/** Reports of leak checks for people at a terminal. Names of columns are what strangers wrote. */
final class LeakText {
  private static final int MOST_SOURCES = 10;
  private static final int DAY = "2026-03-02".length();

  private LeakText() {}

  /** One line of a list. */
  static String line(KeptCheck check) {
    return EntryText.plain(
        String.format(
            "%s  %s  %-16s  %,d records, %,d matched, %,d affected: %s",
            check.id(),
            check.at().substring(0, DAY),
            check.by(),
            check.records(),
            check.matched(),
            check.affected(),
            check.text()));
  }

  /** What a report comes to. */
  static String summary(Report report) {
    Report.Findings found = report.findings();
    StringBuilder out = new StringBuilder();
    line(out, found.verdict().text());
    found.verdict().evidence().forEach(each -> line(out, "  - " + each));
    line(out, "");
    row(
        out,
        "sample",
        "sha256 " + found.sample().sha256() + ", " + count(found.sample().bytes()) + " bytes");
    row(out, "records", records(found));
    row(out, "genuine", genuine(found.genuine()));
    window(out, found);
    columns(out, found.mapping());
    sources(out, found);
    row(
        out,
        "affected",
        count(found.affected().subjects())
            + " subjects, "
            + count(found.affected().sensitive())
            + " with something sensitive");
    row(
        out,
        "check",
        report.check().id()
            + " by "
            + report.check().by()
            + " at "
            + report.check().at().truncatedTo(ChronoUnit.SECONDS));
    if (report.receipt() != null) {
      row(out, "entry", report.receipt().index() + " of the log " + report.receipt().log());
    }
    return out.toString().stripTrailing();
  }

  private static String records(Report.Findings found) {
    return count(found.records())
        + ": "
        + count(found.matched())
        + " matched ("
        + count(found.subjects())
        + " subjects), "
        + count(found.duplicates())
        + " duplicates, "
        + count(found.invalid())
        + " without a valid identifier, "
        + count(found.foreign().neverHeld())
        + " of nobody held here";
  }

  private static String genuine(Report.Genuine genuine) {
    return String.format(
        Locale.ROOT,
        "%s: %.1f %% of the distinct records (%.1f to %.1f, with 95 %% confidence)",
        count(genuine.records()),
        100 * genuine.share(),
        100 * genuine.low(),
        100 * genuine.high());
  }

  private static void window(StringBuilder out, Report.Findings found) {
    Report.Window window = found.window();
    if (window == null) {
      return;
    }
    row(
        out,
        "taken",
        span(window.from(), window.to())
            + ", when "
            + count(window.records())
            + " of them were true at once");
    Report.Copy next = window.next();
    if (next != null) {
      row(out, "else", span(next.from(), next.to()) + ", with " + count(next.records()));
    }
    if (found.copies().size() > 1) {
      found
          .copies()
          .forEach(
              copy ->
                  row(out, "copy", span(copy.from(), copy.to()) + ", " + count(copy.records())));
    }
  }

  private static void columns(StringBuilder out, List<Report.Column> mapping) {
    for (Report.Column column : mapping) {
      String field = column.field() == null ? "no field" : column.field();
      row(
          out,
          "column",
          String.format(
              Locale.ROOT,
              "%s: %s (by %s, confidence %.2f)",
              column.column(),
              field,
              column.by(),
              column.confidence()));
    }
  }

  private static void sources(StringBuilder out, Report.Findings found) {
    found
        .canaries()
        .forEach(
            canary ->
                row(
                    out,
                    "canary",
                    canary.subject()
                        + (canary.plantedFor() == null
                            ? ""
                            : ", planted for " + canary.plantedFor())
                        + ", shown to "
                        + (canary.shownTo().isEmpty()
                            ? "nobody"
                            : String.join(", ", canary.shownTo()))));
    if (!found.verdict().evidence().contains(found.sources().text())) {
      row(out, "through", found.sources().text());
    }
    row(
        out,
        "sources",
        count(found.sources().examined())
            + " of the subjects and "
            + count(found.sources().control())
            + " others looked up in the log; sources compared: "
            + count(found.sources().tested()));
    found.sources().ranked().stream().limit(MOST_SOURCES).forEach(each -> source(out, each));
    found.sources().pairs().stream().limit(MOST_SOURCES).forEach(each -> source(out, each));
  }

  private static void source(StringBuilder out, Report.Source source) {
    row(
        out,
        source.named() ? "  likely" : "",
        String.format(
            Locale.ROOT,
            "%s %s: shown %s, expected %s, p %.2g corrected",
            source.kind(),
            source.name(),
            count(source.shown()),
            String.format(Locale.ROOT, "%,.1f", source.expected()),
            source.adjusted()));
  }

  private static String span(Instant from, @Nullable Instant to) {
    return from + " to " + (to == null ? "now" : to.toString());
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static void row(StringBuilder out, String name, String text) {
    line(out, String.format("%-9s ", name) + text);
  }

  private static void line(StringBuilder out, String text) {
    out.append(EntryText.plain(text).stripTrailing()).append('\n');
  }
}
