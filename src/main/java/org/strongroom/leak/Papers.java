package org.strongroom.leak;

import org.strongroom.leak.report.CountsCsv;
import org.strongroom.leak.report.Notice;
import org.strongroom.leak.report.Report;
import org.strongroom.leak.report.ReportPage;

/** A report in the forms in which people are handed it. Thread-safe. */
public final class Papers {
  private final ReportPage page = new ReportPage();
  private final Notice notice = new Notice();

  /** One self-contained HTML page, in UTF-8. */
  public byte[] page(Report report) {
    return page.of(report);
  }

  /** The draft of a notice: HTML, in UTF-8. */
  public byte[] notice(Report report) {
    return notice.of(report);
  }

  /** How many are affected, by region, age band and class of field: CSV in UTF-8. */
  public byte[] counts(Report report) {
    return CountsCsv.of(report.findings().affected());
  }
}
