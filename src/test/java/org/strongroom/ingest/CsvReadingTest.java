package org.strongroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** CSV, against FastCSV reading the whole text, and what its header may and may not be. */
class CsvReadingTest {
  private static final String[] CHARS = {"a", "é", "芳", "😀", "\"", "\n", "\r\n", "\r", " ", "|"};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 64, 1_000_000})
  void read_randomRows_givesTheCellsOfAWholeParse(int most) {
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      char delimiter = ",;\t|".charAt(random.nextInt(4));
      String text = randomCsv(delimiter, random);
      Reading reading =
          Reading.of(
              Reading.trickle(Reading.utf8(text), most, random),
              Reading.columns(),
              new ReadOptions(Format.CSV, null, 4096));
      assertThat(reading.rejects()).isEmpty();
      List<CsvRecord> model =
          CsvReader.builder().fieldSeparator(delimiter).ofCsvRecord(text).stream().skip(1).toList();
      assertThat(reading.all()).as("seed %s", seed).hasSameSizeAs(model);
      for (int i = 0; i < model.size(); i++) {
        List<@Nullable String> cells = new ArrayList<>();
        model.get(i).getFields().forEach(cell -> cells.add(cell.isBlank() ? null : cell));
        var draft = reading.drafts().get(i);
        assertThat(cells).containsExactly(draft.get(1), draft.get(0), draft.get(2));
        assertThat(reading.all().get(i).place().line())
            .isEqualTo(model.get(i).getStartingLineNumber());
      }
    }
  }

  private static String randomCsv(char delimiter, Random random) {
    StringBuilder out = new StringBuilder("name").append(delimiter);
    out.append("id").append(delimiter).append("phone");
    String end = random.nextBoolean() ? "\n" : random.nextBoolean() ? "\r\n" : "\r";
    int rows = random.nextInt(12);
    for (int i = 0; i < rows; i++) {
      out.append(end).append(random.nextInt(8) == 0 ? end : "");
      out.append(cell(random, delimiter)).append(delimiter).append('i').append(i).append(delimiter);
      out.append(cell(random, delimiter));
    }
    return out.append(random.nextBoolean() ? end : "").toString();
  }

  private static String cell(Random random, char delimiter) {
    StringBuilder out = new StringBuilder();
    int length = random.nextInt(6);
    for (int i = 0; i < length; i++) {
      out.append(random.nextInt(9) == 0 ? delimiter : CHARS[random.nextInt(CHARS.length)]);
    }
    String text = out.toString();
    boolean plain = text.chars().noneMatch(c -> c == delimiter || c == '\n' || c == '\r');
    return plain && !text.startsWith("\"") && random.nextBoolean()
        ? text
        : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Test
  void read_delimiterThatGivesMoreKnownColumns_isTaken() {
    for (String d : new String[] {",", ";", "\t", "|"}) {
      Reading reading =
          Reading.of(
              String.join(d, "id", "a, b; c|d\te".replace(d, ""), "full name\n1", "x", "y\n"));
      assertThat(reading.values("id")).containsExactly("1");
      assertThat(reading.values("name")).containsExactly("y");
    }
  }

  @Test
  void read_givenDelimiter_isUsed() {
    Reading reading =
        Reading.of(
            new ByteArrayInputStream(Reading.utf8("id^name\n1^Li\n")),
            Reading.columns(),
            new ReadOptions(null, '^', 4096));
    assertThat(reading.values("name")).containsExactly("Li");
  }

  @Test
  void read_unknownColumns_areCountedWhereTheyHaveValues() {
    Columns columns = Reading.columns();
    Reading.of(
        new ByteArrayInputStream(
            Reading.utf8("id,colour,x1234567\n1,red,1\n2,,2\n3,\" \",3\n4,blue,\n")),
        columns,
        Reading.options(null));
    assertThat(columns.unknown()).isEqualTo(Map.of("colour", 2L, ShownNames.HIDDEN, 3L));
  }

  @Test
  void read_headerAlone_hasNoRecords() {
    assertThat(Reading.of("id,name\n").all()).isEmpty();
  }

  @Test
  void read_noKnownColumn_saysWhatTheHeaderIs() {
    assertThatThrownBy(() -> Reading.of("uid^full^mobile no\n1^2^3\n"))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREADABLE_INPUT))
        .hasMessage(
            "input: no column of the first row (1 column) is a known field; tried as delimiter:"
                + " ',' ';' tab '|'. Pass --delimiter, or --map COLUMN=field, or put a header row"
                + " first");
    assertThatThrownBy(() -> Reading.of("uid,colour\n1,2\n"))
        .hasMessageContaining("(2 columns: uid, colour)");
  }

  @Test
  void read_dataInPlaceOfTheHeader_isNotShown() {
    for (String row : List.of("张三,110101199003071234", "Li,1990-03-07", "Li,a@example.org")) {
      assertThatThrownBy(() -> Reading.of(row + "\n" + row + "\n"))
          .hasMessageContaining("(2 columns)")
          .hasMessageNotContainingAny("张三", "Li", "1990", "example");
    }
  }

  @Test
  void read_twoColumnsOfOneField_asksWhich() {
    assertThatThrownBy(() -> Reading.of("id,phone,mobile\n1,2,3\n"))
        .hasMessage(
            "input: two columns, phone and mobile, are both the field phone; say which with --map"
                + " COLUMN=phone");
    Reading reading =
        Reading.of(
            new ByteArrayInputStream(Reading.utf8("id,phone,mobile\n1,2,3\n")),
            new Columns(Reading.TARGETS, Map.of("mobile", "phone")),
            Reading.options(null));
    assertThat(reading.values("phone")).containsExactly("3");
  }

  @Test
  void read_mappedSourceThatIsNoColumn_isABadRequest() {
    assertThatThrownBy(
            () ->
                Reading.of(
                    new ByteArrayInputStream(Reading.utf8("id,cell\n1,2\n")),
                    new Columns(Reading.TARGETS, Map.of("Cell", "phone")),
                    Reading.options(null)))
        .hasMessage("input has no column \"Cell\" to map; it has 2 columns: id, cell");
  }

  @Test
  void read_headerInAnotherEncoding_saysSo() throws Exception {
    assertThatThrownBy(() -> Reading.of("id,姓名\n1,2\n".getBytes("GB18030"), null))
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void read_rowWithFarTooManyCells_isRefusedAlone() {
    Reading reading =
        Reading.of(
            new ByteArrayInputStream(
                Reading.utf8("id,name\n1,a\n2" + ",".repeat(20_000) + "\n3,c\n")),
            Reading.columns(),
            ReadOptions.DEFAULT);
    assertThat(reading.faults()).containsExactly("cells@3");
    assertThat(reading.values("id")).containsExactly("1", "3");
  }
}
