package org.strongroom.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.strongroom.ingest.ImportSummary;
import org.strongroom.ingest.Problem;
import org.strongroom.ingest.Receipts;

/** Adds up the imports of several files. */
final class Totals {
  private final Map<String, Long> reasons = new TreeMap<>();
  private final Map<String, Long> warnings = new TreeMap<>();
  private final Map<String, Long> unknown = new TreeMap<>();
  private final List<Problem> faults = new ArrayList<>();
  private final long[] counts = new long[5];
  private int files;
  private double seconds;
  private @Nullable Receipts receipts;

  void add(ImportSummary one) {
    files++;
    long[] more = {one.read(), one.kept(), one.updated(), one.unchanged(), one.rejected()};
    for (int i = 0; i < counts.length; i++) {
      counts[i] += more[i];
    }
    one.reasons().forEach((name, count) -> reasons.merge(name, count, Long::sum));
    one.warnings().forEach((name, count) -> warnings.merge(name, count, Long::sum));
    one.unknownColumns().forEach((name, count) -> unknown.merge(name, count, Long::sum));
    faults.addAll(one.faults());
    seconds += one.seconds();
    receipts = Receipts.spanning(receipts, one.receipts());
  }

  /** Whether no file was imported. */
  boolean isEmpty() {
    return files == 0;
  }

  ImportSummary summary() {
    return new ImportSummary(
        counts[0], counts[1], counts[2], counts[3], counts[4], reasons, warnings, unknown, faults,
        seconds, receipts);
  }
}
