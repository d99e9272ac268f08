package org.strongroom.leak.report;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CountsCsvTest {
  @Test
  void csv_ofCounts_isTheseLines() {
    Report.Affected affected =
        new Report.Affected(
            40,
            12,
            new TreeMap<>(),
            List.of(
                new Report.Count("31", "18-29", "ordinary", 21),
                new Report.Count("83", "60+", "sensitive", 12),
                new Report.Count("unknown", "unknown", "ordinary", 10)),
            9);

    assertThat(new String(CountsCsv.of(affected), StandardCharsets.UTF_8))
        .isEqualTo(
            String.join(
                "\r\n",
                "region,region_name,age,fields,subjects",
                "31,上海,18-29,ordinary,21",
                "83,,60+,sensitive,12",
                "unknown,,unknown,ordinary,10",
                "withheld,,,,9",
                ""));
  }

  @Test
  void csv_ofACopy_readsBackAsItsCounts() throws Exception {
    Report.Affected affected = HandBuilt.copy().findings().affected();
    String text = new String(CountsCsv.of(affected), StandardCharsets.UTF_8);
    List<NamedCsvRecord> rows;
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(text)) {
      rows = csv.stream().toList();
    }

    assertThat(rows).hasSize(affected.counts().size() + 1);
    assertThat(rows.subList(0, rows.size() - 1))
        .map(
            row ->
                new Report.Count(
                    row.getField("region"),
                    row.getField("age"),
                    row.getField("fields"),
                    Long.parseLong(row.getField("subjects"))))
        .isEqualTo(affected.counts());
    assertThat(rows).anyMatch(row -> row.getField("region_name").equals("广东"));
  }

  @Test
  void csv_ofHostileTexts_quotesThem() throws Exception {
    Report.Affected affected =
        new Report.Affected(
            1, 0, new TreeMap<>(), List.of(new Report.Count("a,\"b\r\n", "x", "y", 10)), 0);
    String text = new String(CountsCsv.of(affected), StandardCharsets.UTF_8);

    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(text)) {
      assertThat(csv.stream().findFirst().orElseThrow().getField("region")).isEqualTo("a,\"b\r\n");
    }
  }
}
