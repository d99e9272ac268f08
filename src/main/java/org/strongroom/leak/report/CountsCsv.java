package org.strongroom.leak.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Who is affected, as counts by region, age band and class of field: CSV (RFC 4180) in UTF-8 with a
 * header row. Rows below 10 people are not in the report; the last row counts the people in them.
 * Thread-safe.
 */
public final class CountsCsv {
  private CountsCsv() {}

  /** The counts of a report. */
  public static byte[] of(Report.Affected affected) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
      csv.writeRecord("region", "region_name", "age", "fields", "subjects");
      for (Report.Count count : affected.counts()) {
        csv.writeRecord(
            count.region(),
            Regions.name(count.region()).orElse(""),
            count.age(),
            count.fields(),
            Long.toString(count.subjects()));
      }
      csv.writeRecord("withheld", "", "", "", Long.toString(affected.withheld()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
