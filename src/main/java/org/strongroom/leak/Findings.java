package org.strongroom.leak;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Bytes;
import org.strongroom.leak.judge.Share;
import org.strongroom.leak.judge.Verdicts;
import org.strongroom.leak.judge.Windows;
import org.strongroom.leak.report.Report;
import org.strongroom.leak.report.ReportJson;
import org.strongroom.leak.sample.Sample;
import org.strongroom.leak.sample.Tally;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.vault.Likeness;

/** Puts together what a check found. */
record Findings(String vault, String collection, CollectionSpec spec, Sample sample, Bytes sha256) {
  /** A field that fewer records have shows nothing that could not be of one of them. */
  private static final int LEAST = 10;

  /** Domains of photo links that are told. */
  private static final int DOMAINS = 20;

  /** Duplicates at one distance from their first copies, from which on they are a block. */
  private static final int BLOCK = 20;

  Report.Findings of(
      Comparison comparison,
      Counts counts,
      Windows.Judged times,
      List<Report.CanaryHit> canaries,
      Report.Sources sources) {
    Report.Genuine genuine =
        Share.of(counts.of(Line.State.GENUINE), counts.distinct(), counts.of(Line.State.UNDECIDED));
    Tally tally = comparison.tally();
    List<Report.Column> columns = comparison.columns(sample.columns());
    return new Report.Findings(
        ReportJson.FORMAT,
        vault,
        collection,
        new Report.SampleFacts(sha256.hex(), sample.bytesRead(), sample.parts()),
        comparison.records(),
        counts.duplicates(),
        counts.of(Line.State.INVALID),
        counts.matched(),
        counts.subjects(),
        genuine,
        columns,
        agreement(counts),
        times.window(),
        times.copies(),
        canaries,
        sources,
        new Report.Foreign(
            tally.invalidValues(),
            counts.of(Line.State.STRANGER),
            columns.stream()
                .filter(column -> column.field() == null)
                .map(Report.Column::column)
                .toList(),
            new TreeMap<>(comparison.oddities().counts()),
            counts.repeated(BLOCK),
            tally.photoDomains(DOMAINS)),
        Affected.of(spec, counts),
        Verdicts.of(
            new Verdicts.Counts(
                counts.distinct(),
                counts.of(Line.State.INVALID),
                counts.matched(),
                counts.strong()),
            genuine,
            times.window(),
            times.copies(),
            sources,
            canaries));
  }

  private TreeMap<String, Report.Agreement> agreement(Counts counts) {
    TreeMap<String, Report.Agreement> out = new TreeMap<>();
    for (int i = 0; i < spec.fieldCount(); i++) {
      long now = counts.likeness(i, Likeness.EQUAL_NOW);
      long before = counts.likeness(i, Likeness.EQUAL_BEFORE);
      long near = counts.likeness(i, Likeness.NEAR);
      long different = counts.likeness(i, Likeness.DIFFERENT);
      long notHeld = counts.likeness(i, Likeness.NOT_HELD);
      if (now + before + near + different + notHeld >= LEAST) {
        out.put(
            spec.field(i).name(),
            new Report.Agreement(
                now + before + near + different,
                now,
                before,
                near,
                different,
                notHeld,
                before < LEAST ? null : moment(counts.heldFrom(i)),
                before < LEAST ? null : moment(counts.heldTo(i))));
      }
    }
    return out;
  }

  private static @Nullable Instant moment(long millis) {
    return millis == Long.MAX_VALUE || millis == Long.MIN_VALUE
        ? null
        : Instant.ofEpochMilli(millis);
  }
}
