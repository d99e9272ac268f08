package org.strongroom.leak;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.strongroom.leak.report.Report;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Sensitivity;
import org.strongroom.vault.Compared;

/** Who is affected, in numbers that show nobody. */
final class Affected {
  /** A row with fewer subjects could show who they are. */
  private static final int LEAST = 10;

  private static final String UNKNOWN = "unknown";

  private Affected() {}

  static Report.Affected of(CollectionSpec spec, Counts counts) {
    TreeMap<String, Long> fields = new TreeMap<>();
    for (int i = 0; i < spec.fieldCount(); i++) {
      if (counts.exposed(i) >= LEAST) {
        fields.put(spec.field(i).name(), counts.exposed(i));
      }
    }
    Map<Row, Long> bands = new TreeMap<>(ROWS);
    counts
        .groups()
        .forEach(
            (group, count) ->
                bands.merge(
                    new Row(region(group.region()), age(group.age()), word(group.fields())),
                    count,
                    Long::sum));
    List<Report.Count> rows = new ArrayList<>();
    long[] withheld = {0};
    bands.forEach(
        (row, count) -> {
          if (count >= LEAST) {
            rows.add(new Report.Count(row.region(), row.age(), row.fields(), count));
          } else {
            withheld[0] += count;
          }
        });
    return new Report.Affected(counts.affected(), counts.sensitive(), fields, rows, withheld[0]);
  }

  private static final Comparator<Row> ROWS =
      Comparator.comparing(Row::region).thenComparing(Row::age).thenComparing(Row::fields);

  private record Row(String region, String age, String fields) {}

  private static String word(Sensitivity sensitivity) {
    return sensitivity.name().toLowerCase(Locale.ROOT);
  }

  private static String region(int digits) {
    return digits == Compared.UNKNOWN ? UNKNOWN : String.format(Locale.ROOT, "%02d", digits);
  }

  /** The bands of the report; 14 is the age below which PIPL Art. 28 calls everything sensitive. */
  private static String age(int years) {
    if (years == Compared.UNKNOWN) {
      return UNKNOWN;
    }
    return years < 14
        ? "0-13"
        : years < 18
            ? "14-17"
            : years < 30 ? "18-29" : years < 45 ? "30-44" : years < 60 ? "45-59" : "60+";
  }
}
