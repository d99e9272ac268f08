package org.strongroom.leak.sample;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells from its beginning what form a text has. */
final class FormatGuess {
  private static final Pattern SQL_BEGINS =
      Pattern.compile(
          "\\A\\s*(?:--|/\\*|#|\\\\|(?:INSERT|CREATE|COPY|SET|DROP|BEGIN|PRAGMA|USE|LOCK|REPLACE|START"
              + "|ALTER|SELECT|TRUNCATE|DELETE|COMMIT|GO)\\b)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SQL =
      Pattern.compile(
          "^\\s{0,20}(?:INSERT\\s{1,9}(?:INTO|IGNORE|LOW_PRIORITY|DELAYED|OVERWRITE|OR|\\[)"
              + "|REPLACE\\s{1,9}INTO|COPY\\s[^;\\n]{1,999}\\sFROM\\s{1,9}stdin"
              + "|CREATE\\s[A-Z\\s]{0,50}TABLE\\s)",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern JSON = Pattern.compile("\\A\\s*(?:\\{\\s*[\"}]|\\[\\s*[{\\[\"])");

  private FormatGuess() {}

  /**
   * The reader for a text.
   *
   * @param prefix its beginning
   * @param whole whether that is all of it
   */
  static RowReader reader(
      Reader in, String prefix, boolean whole, String file, Columns columns, SampleLimits limits)
      throws IOException {
    if (JSON.matcher(prefix).find()) {
      return new JsonRows(in, file, columns, limits, JsonShape.envelope(prefix, limits));
    }
    if (SQL_BEGINS.matcher(prefix).find() && SQL.matcher(prefix).find()) {
      return new SqlRows(in, file, columns, limits, SqlDialect.of(prefix));
    }
    Optional<CsvShape> csv = CsvShape.of(prefix, whole);
    return csv.isPresent()
        ? new CsvRows(in, file, columns, limits, csv.get())
        : new TextRows(in, columns, limits);
  }
}
