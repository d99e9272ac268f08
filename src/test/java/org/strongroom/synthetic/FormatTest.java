package org.strongroom.synthetic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "a,b", "a\"b\"", "two\nlines", "cr\r\n", "\"", "汉·语", "\\u0041\t\u0001"})
  void write_anyText_isReadBackByOthers(String text) throws IOException {
    Row row = new Row();
    for (int field = 0; field < Row.FIELDS.size(); field++) {
      row.field(field % 2 == 0 ? text.getBytes(UTF_8) : new byte[0]);
    }

    List<String> csv =
        CsvReader.builder().ofCsvRecord(write(row, Format.CSV)).iterator().next().getFields();
    JsonNode json = new ObjectMapper().readTree(write(row, Format.NDJSON));

    assertThat(csv).hasSize(Row.FIELDS.size());
    assertThat(Stream.of(0, 2, 10).map(csv::get)).containsOnly(text);
    assertThat(Stream.of(1, 3, 11).map(csv::get)).containsOnly("");
    assertThat(json.size()).isEqualTo(6);
    assertThat(json.get("resident_id").textValue()).isEqualTo(text);
    assertThat(json.get("name")).isNull();
  }

  private static String write(Row row, Format format) throws IOException {
    ByteSink sink = new ByteSink(1);
    format.write(row, true, sink);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sink.writeTo(out);
    return out.toString(UTF_8);
  }
}
