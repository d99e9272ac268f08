package org.strongroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

class JsonReadingTest {
  private static Reading read(String text, Columns columns) {
    return Reading.of(new ByteArrayInputStream(Reading.utf8(text)), columns, Reading.options(null));
  }

  @Test
  void read_numbersAndBooleans_keepTheirSpelling() {
    Reading reading =
        Reading.of(
            """
            {"id":110101199003071234,"phone":8613812345678}
            {"id":1.50,"phone":1E3}
            {"id":true,"phone":-0}
            {"id":123456789012345678901234567890}
            """);
    assertThat(reading.values("id"))
        .containsExactly("110101199003071234", "1.50", "true", "123456789012345678901234567890");
    assertThat(reading.values("phone")).containsExactly("8613812345678", "1E3", "-0", null);
  }

  @Test
  void read_nullAndBlank_areAbsent() {
    Reading reading = Reading.of("{\"id\":\" 1 \",\"name\":null,\"phone\":\" \\u3000\"}\n");
    assertThat(reading.values("id")).containsExactly(" 1 ");
    assertThat(reading.values("name")).containsExactly((String) null);
    assertThat(reading.values("phone")).containsExactly((String) null);
  }

  @Test
  void read_nestedObjects_mapByPathOrByTheirOnlyLastName() {
    Columns columns = new Columns(Reading.TARGETS, Map.of("a.b.c", "phone"));
    Reading reading =
        read(
            """
            {"person":{"id":"1","Full-Name":"Li"},"a":{"b":{"c":"138"}}}
            {"person":{"id":"2"},"a":{"b":{"c":null}},"x":{"y":1}}
            """,
            columns);
    assertThat(reading.values("id")).containsExactly("1", "2");
    assertThat(reading.values("name")).containsExactly("Li", null);
    assertThat(reading.values("phone")).containsExactly("138", null);
    assertThat(columns.unknown()).isEqualTo(Map.of("x.y", 1L));
  }

  @Test
  void read_nestedNameBesideAWholeOne_isNotTaken() {
    Columns columns = Reading.columns();
    Reading reading =
        read(
            """
            {"id":"1","phone":"138","employer":{"phone":"010"}}
            {"id":"2","employer":{"phone":"020"}}
            """,
            columns);
    assertThat(reading.values("phone")).containsExactly("138", null);
    assertThat(columns.unknown()).isEqualTo(Map.of("employer.phone", 2L));
  }

  @Test
  void read_nestedNameInTwoPlaces_isNotTaken() {
    Columns columns = Reading.columns();
    Reading reading =
        read("{\"id\":\"1\",\"home\":{\"phone\":\"1\"},\"work\":{\"phone\":\"2\"}}\n", columns);
    assertThat(reading.values("phone")).containsExactly((String) null);
    assertThat(columns.unknown()).isEqualTo(Map.of("home.phone", 1L, "work.phone", 1L));
  }

  @Test
  void read_arrays_takeTheOneValueOrRefuse() {
    Reading reading =
        Reading.of(
            """
            {"id":"1","phone":[null,"","138","138"]}
            {"id":"2","phone":["138","139"]}
            {"id":"3","phone":[]}
            {"id":"4","phone":"138","tel":"139"}
            {"id":"5","phone":"138","tel":"138"}
            """);
    assertThat(reading.values("id")).containsExactly("1", "3", "5");
    assertThat(reading.values("phone")).containsExactly("138", null, "138");
    assertThat(reading.faults()).containsExactly("several_values@2", "several_values@4");
    assertThat(reading.rejects().get(0).problems().get(0).text()).startsWith("field phone: ");
  }

  @Test
  void read_mappedArrays_takeTheFirst() {
    Columns columns = new Columns(Reading.TARGETS, Map.of("phones.number", "phone"));
    Reading reading =
        read(
            "{\"id\":\"1\",\"phones\":[{\"number\":null},{\"number\":\"138\"},{\"number\":\"139\"}]}\n",
            columns);
    assertThat(reading.values("phone")).containsExactly("138");
  }

  @Test
  void read_dump_takesTheDocumentOutOfItsWrapper() {
    Columns columns = Reading.columns();
    Reading reading =
        read(
            """
            {"_index":"r","_id":"9","id":"outer","_source":{"id":"1","name":"Li"},"name":"x"}
            {"_source":{"id":"2","colour":1},"_score":1}
            {"id":"3","_source":"a text"}
            """,
            columns);
    assertThat(reading.values("id")).containsExactly("1", "2", "3");
    assertThat(reading.values("name")).containsExactly("Li", null, null);
    assertThat(columns.unknown()).isEqualTo(Map.of("_source", 1L, "colour", 1L));
  }

  @Test
  void read_dumpWithMappedWrapperKeys_readsThose() {
    for (String source : new String[] {"_source.tel1", "tel1"}) {
      Columns columns = new Columns(Reading.TARGETS, Map.of("_id", "id", source, "phone"));
      Reading reading =
          read(
              """
              {"_id":"9","_source":{"tel1":"138"}}
              {"_source":{"tel1":"139"},"_id":"8"}
              """,
              columns);
      assertThat(reading.values("id")).containsExactly("9", "8");
      assertThat(reading.values("phone")).containsExactly("138", "139");
    }
  }

  @Test
  void read_bulk_skipsTheActions() {
    Reading reading =
        Reading.of(
            """
            {"index":{"_id":"a"}}
            {"id":"1"}
            { "create" : {} }
            {"index":{"id":"x"},"id":"2"}
            {"delete":{"_id":"b"}}
            {"update":{"_id":"c"}}
            {"doc":{"id":"3"}}

            {"index":{}}
            {"id":"4"}
            """);
    assertThat(reading.values("id")).containsExactly("1", "2", "4");
    assertThat(reading.faults()).containsExactly("bulk_action@5", "bulk_action@7");
  }

  @Test
  void read_unknownNames_areCountedOnceARecordAndHiddenIfTheyLookLikeValues() {
    Columns columns = Reading.columns();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      text.append("{\"id\":\"1\",\"tags\":[1,2],\"x\":null,\"1381234").append(5000 + i);
      text.append("\":1,\"n").append(i).append("\":2}\n");
    }
    read(text.toString(), columns);
    Map<String, Long> unknown = columns.unknown();
    assertThat(unknown).hasSizeLessThanOrEqualTo(1001).containsEntry("tags", 3000L);
    assertThat(unknown).containsEntry(ShownNames.HIDDEN, 3000L).doesNotContainKey("x");
    assertThat(unknown.keySet()).noneMatch(name -> name.matches(".*[0-9]{5}.*"));
  }

  @Test
  void read_noKnownNameInTheFirstRecords_isRefusedAsAWhole() {
    assertThatThrownBy(() -> Reading.of("{\"a\":1,\"b\":{\"c\":2}}\n"))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREADABLE_INPUT))
        .hasMessage(
            "input: none of the 2 names in the first records is a known field; pass --map"
                + " NAME=field");
  }

  @Test
  void read_manyLongPaths_areCountedWithoutHoldingThem() {
    // Held in full, these paths would take 50 KB each, half a gigabyte together.
    StringBuilder text = new StringBuilder("{\"id\":\"1\"");
    text.append((",\"" + "k".repeat(900) + "\":{\"a\":1").repeat(55));
    for (int i = 0; i < 9_000; i++) {
      text.append(",\"k").append(i).append("\":1");
    }
    text.append("}".repeat(56)).append('\n');
    Columns columns = Reading.columns();
    byte[] input = Reading.utf8(text.toString());
    Reading reading = Reading.of(new ByteArrayInputStream(input), columns, ReadOptions.DEFAULT);
    assertThat(reading.values("id")).containsExactly("1");
    assertThat(columns.unknown()).isEqualTo(Map.of(ShownNames.HIDDEN, 1L));
  }
}
