package org.strongroom.leak.sample;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a file of separated cells is written, found by which delimiter gives most rows the same
 * number of cells.
 *
 * @param delimiter one character, or a few as some lists have
 * @param quote around cells; {@link #NO_QUOTE} where none are quoted
 * @param header whether the first row names the columns
 */
record CsvShape(String delimiter, char quote, boolean header, int width) {
  /** A character that Unicode keeps out of texts. */
  static final char NO_QUOTE = '\uffff';

  private static final int LOOKED_AT = 1 << 16;
  private static final int ROWS = 500;
  private static final List<String> USUAL = List.of("\t", ",", ";", "|", "\u0001", "----");
  private static final String NEVER = "\"'.-_@()[]{}/:\\ \r\n";
  private static final int MAX_RARE = 40;
  private static final List<String> LAST = List.of(" ", ":");

  /** Rows that keep to a number of cells, of all, and how many cells those are. */
  private record Fit(CsvShape shape, double share, int rows) {
    boolean better(@Nullable Fit other) {
      if (other == null) {
        return true;
      }
      return Math.abs(share - other.share) > 0.05
          ? share > other.share
          : shape.width > other.shape.width;
    }
  }

  /**
   * The shape of a file; empty if its lines are not cells.
   *
   * @param prefix its beginning
   * @param whole whether that is all
   */
  static Optional<CsvShape> of(String prefix, boolean whole) {
    String text = prefix;
    if (!whole || prefix.length() > LOOKED_AT) {
      int end = prefix.lastIndexOf('\n', LOOKED_AT);
      if (end < 0) {
        return Optional.empty();
      }
      text = prefix.substring(0, end + 1);
    }
    for (List<String> tried : List.of(USUAL, rare(text), LAST)) {
      @Nullable Fit best = null;
      for (String delimiter : tried) {
        Fit fit = fit(text, delimiter);
        double least = tried == LAST ? 1 : 0.9;
        boolean fits =
            fit.shape.width > 1 && fit.share >= least && (fit.rows > 1 || fit.shape.width > 2);
        if (fits && fit.better(best)) {
          best = fit;
        }
      }
      if (best != null) {
        return Optional.of(best.shape);
      }
    }
    return Optional.empty();
  }

  /** Other marks in the first line. */
  private static List<String> rare(String text) {
    TreeSet<String> out = new TreeSet<>();
    int end = text.indexOf('\n');
    text.substring(0, end < 0 ? text.length() : end)
        .chars()
        .filter(c -> !Character.isLetterOrDigit(c) && NEVER.indexOf(c) < 0 && c > 0)
        .filter(c -> !Character.isSurrogate((char) c) && !Character.isWhitespace(c))
        .forEach(c -> out.add(String.valueOf((char) c)));
    return out.stream().limit(MAX_RARE).toList();
  }

  private static Fit fit(String text, String delimiter) {
    Fit best = fit(text, delimiter, '"');
    if (best.share < 1) {
      Fit plain = fit(text, delimiter, NO_QUOTE);
      if (plain.better(best)) {
        best = plain;
      }
    }
    return text.indexOf('\'') >= 0 && text.stripLeading().startsWith("'")
        ? fit(text, delimiter, '\'')
        : best;
  }

  private static Fit fit(String text, String delimiter, char quote) {
    List<List<String>> rows = new ArrayList<>();
    Map<Integer, Integer> widths = new HashMap<>();
    boolean broken = false;
    try (CloseableIterator<CsvRecord> records =
        reader(delimiter, quote, LOOKED_AT * 2).ofCsvRecord(text).iterator()) {
      while (rows.size() < ROWS && records.hasNext()) {
        List<String> cells = records.next().getFields();
        rows.add(cells);
        widths.merge(cells.size(), 1, Integer::sum);
      }
    } catch (CsvParseException | IOException e) {
      broken = true;
    }
    int width = 0;
    int most = 0;
    for (Map.Entry<Integer, Integer> entry : widths.entrySet()) {
      if (entry.getValue() > most) {
        width = entry.getKey();
        most = entry.getValue();
      }
    }
    double share = rows.isEmpty() || (broken && rows.size() < 3) ? 0 : (double) most / rows.size();
    boolean header = !rows.isEmpty() && Header.isFirst(rows);
    return new Fit(new CsvShape(delimiter, quote, header, width), share, rows.size());
  }

  /** A reader that leaves counting cells to its caller. */
  static CsvReader.CsvReaderBuilder reader(String delimiter, char quote, int maxChars) {
    return CsvReader.builder()
        .fieldSeparator(delimiter)
        .quoteCharacter(quote)
        .skipEmptyLines(true)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .maxBufferSize(maxChars);
  }
}
