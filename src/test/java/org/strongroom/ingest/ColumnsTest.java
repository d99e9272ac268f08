package org.strongroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

class ColumnsTest {
  private static final List<Target> TARGETS =
      List.of(
          new Target("resident_id", List.of("id card", "number")),
          new Target("phone", List.of("mobile", "number")),
          new Target("mobile_2", List.of("phone")));

  @Test
  void position_namesAndAliases_matchWhateverTheirSpelling() {
    Columns columns = new Columns(TARGETS, Map.of());
    for (String source : List.of("resident_id", "Resident-ID", "residentId", "ID CARD", "idcard")) {
      assertThat(columns.position(source)).as(source).isZero();
    }
    assertThat(columns.position("MOBILE2")).isEqualTo(2);
    assertThat(columns.position("colour")).isEqualTo(Columns.UNKNOWN);
  }

  @Test
  void position_aliasOfTwoFields_isUnknown() {
    assertThat(new Columns(TARGETS, Map.of()).position("number")).isEqualTo(Columns.UNKNOWN);
  }

  @Test
  void position_aliasThatIsAnotherFieldsName_isThatField() {
    assertThat(new Columns(TARGETS, Map.of()).position("PHONE")).isEqualTo(1);
  }

  @Test
  void position_mappedField_goesByNoOtherName() {
    Columns columns = new Columns(TARGETS, Map.of("resident_id", "phone"));
    assertThat(columns.position("resident_id")).isEqualTo(1);
    assertThat(columns.position("phone")).isEqualTo(2);
    assertThat(columns.position("mobile")).isEqualTo(Columns.UNKNOWN);
  }

  @Test
  void new_unknownField_listsTheKnown() {
    assertThatThrownBy(() -> new Columns(TARGETS, Map.of("a", "fone")))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST))
        .hasMessage("no field \"fone\" to map to; known: resident_id, phone, mobile_2");
  }

  @Test
  void new_fieldTwice_isRefused() {
    Map<String, String> maps = new LinkedHashMap<>();
    maps.put("a", "phone");
    maps.put("b", "phone");
    assertThatThrownBy(() -> new Columns(TARGETS, maps))
        .hasMessage(
            "two sources map to \"phone\"; a field takes one. Known: resident_id, phone, mobile_2");
  }
}
