package org.strongroom.ingest;

import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** The first row of a CSV input: which column is which field. Immutable. */
final class CsvHeader {
  /** Tried in this order; the first of those that give the most known columns is taken. */
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

  private static final int MAX_SHOWN = 10;

  private final char delimiter;
  private final List<String> names;
  private final int[] positions;
  private final LongAdder[] unknown;
  private final int known;

  private CsvHeader(char delimiter, List<String> names, Columns columns) {
    this.delimiter = delimiter;
    this.names = names;
    this.positions = names.stream().mapToInt(columns::position).toArray();
    this.unknown =
        names.stream()
            .map(name -> columns.position(name) < 0 ? columns.unknown(name) : new LongAdder())
            .toArray(LongAdder[]::new);
    this.known = (int) Arrays.stream(positions).filter(p -> p >= 0).count();
  }

  /**
   * Reads the header.
   *
   * @param prefix the beginning of the input
   * @throws VaultException {@link ErrorCode#UNREADABLE_INPUT} when no column is known, or two are
   *     the same field; {@link ErrorCode#BAD_REQUEST} when a mapped source is no column
   */
  static CsvHeader read(String file, byte[] prefix, Columns columns, ReadOptions options) {
    @Nullable Character given = options.delimiter();
    List<Character> tried = given == null ? DELIMITERS : List.of(given);
    @Nullable CsvHeader best = null;
    for (char delimiter : tried) {
      Optional<List<String>> names = firstRow(file, prefix, delimiter, options.maxElementBytes());
      if (names.isPresent()) {
        Columns seeing = columns.seeing(new LinkedHashSet<>(names.get()));
        CsvHeader header = new CsvHeader(delimiter, names.get(), seeing);
        if (best == null || header.known > best.known || header.isWiderGuess(best)) {
          best = header;
        }
      }
    }
    if (best == null) {
      throw unreadable(file, "the first row is no CSV header" + advice(tried));
    }
    best.check(file, tried, columns);
    return best;
  }

  private boolean isWiderGuess(CsvHeader other) {
    return known == 0 && other.known == 0 && size() > other.size();
  }

  private void check(String file, List<Character> tried, Columns columns) {
    if (known == 0) {
      throw unreadable(
          file,
          "no column of the first row (" + described() + ") is a known field" + advice(tried));
    }
    Map<Integer, String> seen = new HashMap<>();
    for (int i = 0; i < positions.length; i++) {
      String name = names.get(i);
      @Nullable String before = positions[i] < 0 ? null : seen.put(positions[i], name);
      if (before != null) {
        throw unreadable(
            file,
            "two columns, "
                + ShownNames.path(before)
                + " and "
                + ShownNames.path(name)
                + ", are"
                + " both the field "
                + columns.target(positions[i]).name()
                + "; say which with --map COLUMN="
                + columns.target(positions[i]).name());
      }
    }
    for (String source : columns.mappedSources()) {
      if (!names.contains(source)) {
        throw new VaultException(
            ErrorCode.BAD_REQUEST,
            file + " has no column \"" + source + "\" to map; it has " + described());
      }
    }
  }

  private String described() {
    String count = positions.length == 1 ? "1 column" : positions.length + " columns";
    if (!names.stream().allMatch(ShownNames::looksLikeName)) {
      return count;
    }
    String more = names.size() > MAX_SHOWN ? ", ..." : "";
    return count
        + ": "
        + String.join(", ", names.subList(0, Math.min(MAX_SHOWN, names.size())))
        + more;
  }

  private static String advice(List<Character> tried) {
    List<String> words = new ArrayList<>();
    for (char delimiter : tried) {
      words.add(delimiter == '\t' ? "tab" : "'" + delimiter + "'");
    }
    return "; tried as delimiter: "
        + String.join(" ", words)
        + ". Pass --delimiter, or --map COLUMN=field, or put a header row first";
  }

  private static VaultException unreadable(String file, String reason) {
    return new VaultException(ErrorCode.UNREADABLE_INPUT, file + ": " + reason);
  }

  private static Optional<List<String>> firstRow(
      String file, byte[] prefix, char delimiter, int maxElementBytes) {
    ByteWindow window = new ByteWindow(new ByteArrayInputStream(prefix));
    CsvCutter cutter = new CsvCutter(file, window, () -> 0, maxElementBytes, delimiter);
    BatchBuilder builder = new BatchBuilder(file, 1, 1, 1024);
    if (!cutter.cut(builder)) {
      return Optional.empty();
    }
    RawBatch row = builder.build();
    if (row.problem(0) != null) {
      return Optional.empty();
    }
    if (Utf8.check(row.data(), row.start(0), row.end(0)) != Utf8.Verdict.GOOD) {
      throw unreadable(file, "the header is not UTF-8; convert the file, for example with iconv");
    }
    try {
      return Optional.of(
          CsvPieceParser.csv(delimiter, maxElementBytes)
              .ofSingleCsvRecord(new String(row.raw(0), StandardCharsets.UTF_8))
              .getFields()
              .stream()
              .map(String::strip)
              .toList());
    } catch (CsvParseException e) {
      return Optional.empty();
    }
  }

  char delimiter() {
    return delimiter;
  }

  int size() {
    return positions.length;
  }

  /** The field of a column, or {@link Columns#UNKNOWN}. */
  int position(int column) {
    return positions[column];
  }

  LongAdder unknown(int column) {
    return unknown[column];
  }
}
