package org.strongroom.leak.report;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The report as one HTML page for people: no scripts, nothing from any network, charts as SVG; for
 * screens from 360 pixels, in light and dark, and for paper. Names that the sample's author chose
 * are escaped and shown with all their invisible characters. The same report is the same bytes.
 * Thread-safe.
 */
public final class ReportPage {
  private final Pages pages = new Pages();

  /** The page, in UTF-8. */
  public byte[] of(Report report) {
    return pages
        .fill("report.jte", Map.of("view", new ReportView(report)))
        .getBytes(StandardCharsets.UTF_8);
  }
}
