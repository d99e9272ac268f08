package org.strongroom.ingest;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;
import org.strongroom.vault.Kept;

/** Counts what became of the records. For one thread. */
final class Tally {
  private final Map<String, Long> reasons = new TreeMap<>();
  private final Map<String, Long> warnings = new TreeMap<>();
  private long kept;
  private long updated;
  private long unchanged;
  private long rejected;
  private @Nullable Receipts receipts;

  long read() {
    return kept + updated + unchanged + rejected;
  }

  /** Counts a record that the vault took; one that it rejected counts by {@link #reject}. */
  void count(Kept record) {
    switch (record.what()) {
      case KEPT -> kept++;
      case UPDATED -> updated++;
      case UNCHANGED -> unchanged++;
      case REJECTED -> {
        return;
      }
    }
    record.problems().forEach(doubt -> warnings.merge(doubt.code(), 1L, Long::sum));
  }

  /** Adds what another counted. */
  void add(Tally other) {
    other.reasons.forEach((code, count) -> reasons.merge(code, count, Long::sum));
    other.warnings.forEach((code, count) -> warnings.merge(code, count, Long::sum));
    kept += other.kept;
    updated += other.updated;
    unchanged += other.unchanged;
    rejected += other.rejected;
  }

  /** Notes where a batch stands in the log. */
  void logged(Receipt receipt) {
    receipts = Receipts.with(receipts, receipt);
  }

  void reject(List<Problem> problems) {
    rejected++;
    problems.stream()
        .map(Problem::code)
        .distinct()
        .forEach(code -> reasons.merge(code, 1L, Long::sum));
  }

  ImportSummary summary(Map<String, Long> unknown, List<Problem> faults, double seconds) {
    return new ImportSummary(
        read(), kept, updated, unchanged, rejected, reasons, warnings, unknown, faults, seconds,
        receipts);
  }
}
