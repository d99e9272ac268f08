package org.strongroom.leak.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.report.Report;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.synthetic.Resident;
import org.strongroom.synthetic.Residents;

/** Which column is which field, with columns renamed, reordered and without names. */
final class LearnerTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final CollectionSpec SPEC = SampleReading.residents();
  private static final List<String> FIELDS =
      List.of(
          "resident_id",
          "name",
          "former_name",
          "sex",
          "date_of_birth",
          "ethnicity",
          "address",
          "phone",
          "email",
          "occupation",
          "education",
          "marital_status");

  private static @Nullable String value(Resident r, String field) {
    return switch (field) {
      case "resident_id" -> r.residentId();
      case "name" -> r.name();
      case "former_name" -> r.formerName();
      case "sex" -> r.sex().equals("male") ? "男" : "女";
      case "date_of_birth" -> r.dateOfBirth().replace("-", "");
      case "ethnicity" -> r.ethnicity();
      case "address" -> r.address();
      case "phone" -> r.phone();
      case "email" -> r.email();
      case "occupation" -> r.occupation();
      case "education" -> r.education();
      default -> r.maritalStatus();
    };
  }

  /** What a sample was learnt to be: names of columns to names of fields. */
  private static Map<String, String> learnt(byte[] content, Map<String, String> maps)
      throws IOException {
    Map<String, String> out = new HashMap<>();
    try (Sample sample = Sample.open(new ByteArrayInputStream(content), SampleLimits.DEFAULT)) {
      Mapping mapping = learn(sample, maps);
      for (int column = 0; column < mapping.size(); column++) {
        if (mapping.position(column) != Mapping.NONE) {
          out.put(sample.columns().name(column), SPEC.field(mapping.position(column)).name());
        }
      }
    }
    return out;
  }

  static Mapping learn(Sample sample, Map<String, String> maps) throws IOException {
    Learner learner = new Learner(SPEC, sample.columns(), maps);
    for (Rows rows = sample.next(); rows != null; rows = sample.next()) {
      learner.add(rows);
    }
    return learner.decide();
  }

  private static String csv(
      long seed, int count, List<String> order, @Nullable List<String> header, char delimiter) {
    Residents residents = new Residents(seed, TODAY);
    StringBuilder out = new StringBuilder();
    if (header != null) {
      out.append(String.join(String.valueOf(delimiter), header)).append("\r\n");
    }
    for (int i = 0; i < count; i++) {
      Resident resident = residents.get(i);
      List<String> cells = new ArrayList<>();
      for (String field : order) {
        @Nullable String value = value(resident, field);
        cells.add(value == null ? "" : value);
      }
      out.append(String.join(String.valueOf(delimiter), cells)).append("\r\n");
    }
    return out.toString();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void decide_headerlessGb18030CsvInAnyOrder_mapsByValues(long seed) throws IOException {
    List<String> order =
        new ArrayList<>(FIELDS.stream().filter(f -> !f.equals("former_name")).toList());
    Collections.shuffle(order, new Random(seed));
    byte[] csv = csv(seed, 600, order, null, ';').getBytes(Charset.forName("GB18030"));
    Map<String, String> expected = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      // Texts such as an occupation cannot be told by their values.
      if (!order.get(i).equals("occupation")) {
        expected.put("column " + (i + 1), order.get(i));
      }
    }

    assertThat(learnt(csv, Map.of())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void decide_renamedColumns_mapsByValues(long seed) throws IOException {
    List<String> order = new ArrayList<>(FIELDS);
    Collections.shuffle(order, new Random(seed));
    List<String> header = order.stream().map(field -> "f_" + order.indexOf(field)).toList();
    byte[] csv = csv(seed, 3000, order, header, '|').getBytes(UTF_8);
    Map<String, String> expected = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      if (!order.get(i).equals("occupation")) {
        expected.put("f_" + i, order.get(i));
      }
    }

    assertThat(learnt(csv, Map.of())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void decide_chineseHeader_mapsByNamesAndValues(long seed) throws IOException {
    List<String> header =
        List.of("证件号码", "姓名", "曾用名", "性别", "出生日期", "民族", "住址", "手机", "邮箱", "职业", "学历", "婚姻");
    byte[] csv = csv(seed, 300, FIELDS, header, ',').getBytes(Charset.forName("GB18030"));

    Map<String, String> learnt = learnt(csv, Map.of());

    for (int i = 0; i < header.size(); i++) {
      assertThat(learnt).containsEntry(header.get(i), FIELDS.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43})
  void decide_nestedNdjson_mapsByPathAndValues(long seed) throws IOException {
    Residents residents = new Residents(seed, TODAY);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      Resident r = residents.get(i);
      out.append(
          String.format(
              "{\"meta\":{\"seq\":%d,\"created\":\"2021-05-%02d\"},\"who\":{\"xm\":\"%s\",\"no\":\"%s\"},"
                  + "\"contact\":[{\"kind\":\"m\",\"v\":\"%s\"}],\"dz\":\"%s\",\"d\":\"%s\"}%n",
              i,
              1 + i % 28,
              r.name(),
              r.residentId(),
              r.phone() == null ? "" : r.phone(),
              r.address(),
              r.dateOfBirth()));
    }

    assertThat(learnt(out.toString().getBytes(UTF_8), Map.of()))
        .isEqualTo(
            Map.of(
                "who.xm", "name",
                "who.no", "resident_id",
                "contact.v", "phone",
                "dz", "address",
                "d", "date_of_birth"));
  }

  @Test
  void decide_swappedHeader_believesTheValues() throws IOException {
    byte[] csv =
        csv(
                51,
                200,
                List.of("resident_id", "phone", "name"),
                List.of("phone", "resident_id", "name"),
                ',')
            .getBytes(UTF_8);

    assertThat(learnt(csv, Map.of()))
        .isEqualTo(Map.of("phone", "resident_id", "resident_id", "phone", "name", "name"));
  }

  @Test
  void decide_codesForSex_areToldByTheIdNumber() throws IOException {
    Residents residents = new Residents(61, TODAY);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      Resident r = residents.get(i);
      out.append(r.residentId())
          .append(r.sex().equals("male") ? ",1," : ",2,")
          .append(1 + i % 9)
          .append('\n');
    }

    assertThat(learnt(out.toString().getBytes(UTF_8), Map.of()))
        .isEqualTo(Map.of("column 1", "resident_id", "column 2", "sex"));
  }

  @Test
  void decide_twoAddresses_areCandidatesOfBothFields() throws IOException {
    Residents residents = new Residents(71, TODAY);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      out.append(residents.get(i).residentId())
          .append(',')
          .append(residents.get(1000 + i).address())
          .append(',')
          .append(residents.get(i).address())
          .append('\n');
    }
    try (Sample sample = SampleReading.sample(out.toString().getBytes(UTF_8))) {
      Mapping mapping = learn(sample, Map.of());
      int address = SPEC.position("address");
      int nativePlace = SPEC.position("native_place");

      assertThat(mapping.candidates())
          .containsOnlyKeys(1, 2)
          .allSatisfy(
              (column, positions) ->
                  assertThat(positions).containsExactlyInAnyOrder(address, nativePlace));

      Mapping decided = mapping.with(2, address);

      assertThat(decided.position(2)).isEqualTo(address);
      assertThat(decided.position(1)).isEqualTo(nativePlace);
      assertThat(decided.candidates()).isEmpty();
      assertThatThrownBy(() -> mapping.with(0, address))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void decide_phoneOrEmailInOneColumn_isReadForEach() throws IOException {
    Residents residents = new Residents(81, TODAY);
    StringBuilder out = new StringBuilder("account,nick,sfz\n");
    for (int i = 0; i < 300; i++) {
      Resident r = residents.get(i);
      String account = i % 3 == 0 ? "u" + i + "@example.com" : "1380013" + (1000 + i);
      out.append(account).append(",x").append(i).append(',').append(r.residentId()).append('\n');
    }
    try (Sample sample = SampleReading.sample(out.toString().getBytes(UTF_8))) {
      Mapping mapping = learn(sample, Map.of());

      assertThat(mapping.position(0)).isEqualTo(Mapping.NONE);
      assertThat(mapping.further(0)).isEqualTo(Mapping.MIXED);
      assertThat(mapping.position(2)).isEqualTo(SPEC.position("resident_id"));
    }
  }

  @Test
  void decide_mapOfTheCaller_overrules() throws IOException {
    byte[] csv =
        csv(91, 100, List.of("phone", "name"), List.of("a.b", "name"), ',').getBytes(UTF_8);

    assertThat(learnt(csv, Map.of("b", "occupation", "name", "former_name")))
        .isEqualTo(Map.of("a.b", "occupation", "name", "former_name"));
    try (Sample sample = SampleReading.sample(csv)) {
      assertThat(learn(sample, Map.of("nope", "email")).unmet()).containsExactly("nope");
    }
    assertThatThrownBy(() -> learnt(csv, Map.of("name", "nothing")))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    assertThatThrownBy(() -> learnt(csv, Map.of("name", "email", "a.b", "email")))
        .isInstanceOf(VaultException.class);
  }

  @Test
  void decide_columnsOfNoField_areNone() throws IOException {
    StringBuilder out = new StringBuilder("order_no,product,price,updated,qq\n");
    for (int i = 0; i < 300; i++) {
      out.append(20220000000L + i * 7919L)
          .append(i % 2 == 0 ? ",手机壳," : ",数据线,")
          .append(i % 50)
          .append(".50,2022-0")
          .append(1 + i % 9)
          .append("-01 10:00:00,")
          .append(100_000 + i * 31L)
          .append('\n');
    }

    assertThat(learnt(out.toString().getBytes(UTF_8), Map.of())).isEmpty();
  }

  @Test
  void columns_afterTheWholeSample_tellShareAndConfidence() throws IOException {
    String json =
        """
        {"sfz":"110101199003077731","tel":"13800138000","13900139000":"x"}
        {"sfz":"110101199003077732","tel":"13900139000","13900139000":"y"}
        """;
    try (Sample sample = SampleReading.sample(json.getBytes(UTF_8))) {
      List<Rows> all = new ArrayList<>();
      Learner learner = new Learner(SPEC, sample.columns(), Map.of("sfz", "resident_id"));
      for (Rows rows = sample.next(); rows != null; rows = sample.next()) {
        learner.add(rows);
        all.add(rows);
      }
      Mapping mapping = learner.decide();
      SuspectMaker maker = new SuspectMaker(SPEC, mapping);
      all.forEach(rows -> maker.make(rows, new Collected()));

      List<Report.Column> columns = mapping.columns(sample.columns(), maker.tally());

      assertThat(columns.get(0))
          .isEqualTo(new Report.Column("sfz", "resident_id", "cn.resident_id", "map", 2, 0.5, 1.0));
      assertThat(columns.get(1).field()).isEqualTo("phone");
      assertThat(columns.get(1).by()).isEqualTo("name");
      assertThat(columns.get(1).confidence()).isBetween(0.9, 0.999);
      assertThat(columns.get(2).column()).isEqualTo("(name not shown) 3");
      assertThat(columns.get(2).by()).isEqualTo("none");
    }
  }
}
