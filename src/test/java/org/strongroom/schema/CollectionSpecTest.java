package org.strongroom.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.VaultException;

class CollectionSpecTest {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T11:00:00Z"), ZoneOffset.UTC);

  private final CollectionSpec residents = builtIn("residents");
  private final CollectionSpec cases = builtIn("cases");

  private static CollectionSpec builtIn(String name) {
    return CollectionSpec.parse(name + ".yaml", CollectionSpec.builtInYaml(name), Map.of(), CLOCK);
  }

  private Draft resident(String... namesAndValues) {
    Draft draft = new Draft(residents.fieldCount());
    draft.set(residents.position("resident_id"), "11010519491231002X");
    draft.set(residents.position("name"), "张三");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      draft.set(residents.position(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return draft;
  }

  private ValidRecord valid(Draft draft) {
    return (ValidRecord) residents.check(draft);
  }

  private static List<String> codes(List<Problem> problems) {
    return problems.stream().map(Problem::code).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"residents", "cases", "activity"})
  void builtIn_everyOne_isReadableAndRefersToThePerson(String name) {
    CollectionSpec spec = builtIn(name);
    assertThat(CollectionSpec.builtIn()).contains(name);
    assertThat(spec.name()).isEqualTo(name);
    assertThat(spec.yaml()).isEqualTo(CollectionSpec.builtInYaml(name));
    assertThat(spec.subjectKind()).isEqualTo("person");
    assertThat(spec.field(spec.subjectField()).name()).isEqualTo("resident_id");
    assertThat(spec.fields().stream().map(Field::tag).toList())
        .isEqualTo(IntStream.rangeClosed(1, spec.fieldCount()).boxed().toList());
  }

  @Test
  void builtInYaml_unknown_isNotFound() {
    assertThatThrownBy(() -> CollectionSpec.builtInYaml("../residents"))
        .isInstanceOf(VaultException.class);
  }

  @Test
  void builtIn_residents_haveThreeIndexesAndSealTheSensitiveApart() {
    assertThat(residents.indexes().stream().map(Index::name))
        .containsExactly("resident_id", "phone", "name+date_of_birth");
    Index identity = residents.indexes().get(0);
    assertThat(identity.identity() && identity.key() && identity.unique()).isTrue();
    Index phone = residents.indexes().get(1);
    assertThat(phone.identity() || phone.key() || phone.unique()).isFalse();
    assertThat(residents.onePerSubject()).isTrue();
    assertThat(residents.keyFields()).containsExactly(residents.subjectField());
    assertThat(residents.retention()).isEmpty();
    assertThat(
            residents.fields().stream()
                .filter(field -> field.sensitivity() == Sensitivity.SENSITIVE)
                .map(Field::name))
        .containsExactly("ethnicity", "photo");
  }

  @Test
  void builtIn_cases_areManyPerSubjectAndKnownByTheirNumber() {
    assertThat(cases.onePerSubject()).isFalse();
    assertThat(cases.keyFields()).containsExactly(cases.position("case_number"));
    assertThat(cases.indexes().stream().map(Index::name))
        .containsExactly("resident_id", "case_number");
    assertThat(cases.indexes().get(0).identity()).isTrue();
    assertThat(cases.indexes().get(0).unique()).isFalse();
    assertThat(cases.indexes().get(1).key()).isTrue();
    assertThat(cases.indexes().get(1).unique()).isTrue();
    assertThat(cases.retention()).contains(Period.ofYears(30));
  }

  @Test
  void builtIn_ethnicities_are56ByNameCodeAndLetters() throws InvalidValue {
    int position = residents.position("ethnicity");
    for (int code = 1; code <= 56; code++) {
      String byCode = residents.normaliseQuery(position, String.format("%02d", code));
      assertThat(residents.normaliseQuery(position, byCode)).isEqualTo(byCode);
    }
    assertThat(residents.normaliseQuery(position, "汉族")).isEqualTo("han");
    assertThat(residents.normaliseQuery(position, "维吾尔")).isEqualTo("uygur");
    assertThat(residents.normaliseQuery(position, "ZA")).isEqualTo("zang");
    assertThat(residents.normaliseQuery(position, "56")).isEqualTo("jino");
  }

  @Test
  void parse_knownTags_areKeptAndNewFieldsGetNumbersNeverUsed() {
    String yaml = CollectionSpec.builtInYaml("cases");
    Map<String, Integer> known = Map.of("case_number", 7, "resident_id", 2, "dropped", 40);
    CollectionSpec spec = CollectionSpec.parse("cases.yaml", yaml, known, CLOCK);
    assertThat(spec.field(spec.position("case_number")).tag()).isEqualTo(7);
    assertThat(spec.field(spec.position("resident_id")).tag()).isEqualTo(2);
    assertThat(spec.field(spec.position("role")).tag()).isEqualTo(41);
    assertThat(spec.fields().stream().map(Field::tag)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "resident_id,resident_id",
    "Resident-ID,resident_id",
    "身份证号,resident_id",
    "SFZH,resident_id",
    "Id Card No,resident_id",
    "XM,name",
    "姓名,name",
    "ＸＭ,name",
    "手机号,phone",
    "Phone Number,phone",
    "出生日期,date_of_birth",
    "民族,ethnicity",
    "住址,address",
    "zp,photo"
  })
  void positionOf_nameInTheWild_findsTheField(String sourceName, String field) {
    assertThat(residents.positionOf(sourceName)).isEqualTo(residents.position(field));
  }

  @Test
  void position_unknown_isMinusOne() {
    assertThat(residents.position("SFZH")).isEqualTo(-1);
    assertThat(residents.positionOf("salary")).isEqualTo(-1);
  }

  @Test
  void check_messyResident_isNormalised() {
    ValidRecord record =
        valid(
            resident(
                "resident_id", "110105 19491231 002x",
                "name", " 张　三 ",
                "sex", "女",
                "date_of_birth", "1949/12/31",
                "ethnicity", "汉族",
                "phone", "138-1234 5678",
                "email", "Z.San@EXAMPLE.org",
                "address", "北京市朝阳区　建国路８８号",
                "occupation", "  "));
    assertThat(record.value(residents.position("resident_id"))).isEqualTo("11010519491231002X");
    assertThat(record.value(residents.position("name"))).isEqualTo("张 三");
    assertThat(record.value(residents.position("sex"))).isEqualTo("female");
    assertThat(record.value(residents.position("date_of_birth"))).isEqualTo("1949-12-31");
    assertThat(record.value(residents.position("ethnicity"))).isEqualTo("han");
    assertThat(record.value(residents.position("phone"))).isEqualTo("+8613812345678");
    assertThat(record.value(residents.position("email"))).isEqualTo("Z.San@example.org");
    assertThat(record.value(residents.position("address"))).isEqualTo("北京市朝阳区 建国路88号");
    assertThat(record.value(residents.position("occupation"))).isNull();
    assertThat(record.image(residents.position("photo"))).isNull();
    assertThat(record.warnings()).isEmpty();
    assertThat(record.spec()).isSameAs(residents);
    assertThat(record).hasToString("ValidRecord[redacted]");
  }

  @Test
  void check_manyMistakes_reportsEveryOne() {
    Draft draft =
        resident(
            "resident_id", "110105194912310021",
            "name", " ",
            "date_of_birth", "1990-02-30",
            "phone", "12345",
            "sex", "x\u0000",
            "photo", "AAAA");
    Invalid invalid = (Invalid) residents.check(draft);
    assertThat(codes(invalid.problems()))
        .containsExactly(
            "resident_id.check_digit",
            "name.missing",
            "sex.control_character",
            "date_of_birth.no_such_day",
            "phone.not_valid",
            "photo.not_an_image");
    assertThat(invalid.toString()).doesNotContain("110105194912310021").doesNotContain("12345");
  }

  @Test
  void check_futureBirthDate_isRefused() {
    Invalid invalid = (Invalid) residents.check(resident("date_of_birth", "2026-03-04"));
    assertThat(codes(invalid.problems())).containsExactly("date_of_birth.in_future");
  }

  @Test
  void check_disagreementWithTheIdNumber_isAWarning() {
    ValidRecord record = valid(resident("date_of_birth", "1949-12-30", "sex", "M"));
    assertThat(codes(record.warnings()))
        .containsExactly("date_of_birth.disagrees", "sex.disagrees");
    assertThat(valid(resident("sex", "unknown")).warnings()).isEmpty();
    assertThat(valid(resident("date_of_birth", "19491231", "sex", "F")).warnings()).isEmpty();
  }

  @Test
  void check_disagreementDeclaredAnError_refuses() {
    String yaml =
        CollectionSpec.builtInYaml("residents").replace("outcome: warning", "outcome: error");
    CollectionSpec strict = CollectionSpec.parse("residents.yaml", yaml, Map.of(), CLOCK);
    Invalid invalid = (Invalid) strict.check(resident("date_of_birth", "1949-12-30"));
    assertThat(codes(invalid.problems())).containsExactly("date_of_birth.disagrees");
  }

  @Test
  void check_countyUnknownToday_isAWarning() {
    String digits = "11010319491231002";
    ValidRecord record = valid(resident("resident_id", digits + ResidentId.checkCharacter(digits)));
    assertThat(codes(record.warnings())).containsExactly("resident_id.unknown_county");
  }

  @Test
  void check_photo_becomesAnImage() throws Exception {
    byte[] file = SamplePictures.png(SamplePictures.noise(4, 3));
    String photo = Base64.getEncoder().encodeToString(file);
    ValidRecord record = valid(resident("photo", photo));
    Image image = Objects.requireNonNull(record.image(residents.position("photo")));
    assertThat(image.width()).isEqualTo(4);
    assertThat(record.value(residents.position("photo"))).isNull();
  }

  @Test
  void check_timestampInTheFuture_isNoted() {
    CollectionSpec activity = builtIn("activity");
    Draft draft = new Draft(activity.fieldCount());
    draft.set(activity.position("event_id"), "e-1");
    draft.set(activity.position("resident_id"), "11010519491231002X");
    draft.set(activity.position("at"), "2026-03-02T19:00:00+08:00");
    assertThat(((ValidRecord) activity.check(draft)).warnings()).isEmpty();
    draft.set(activity.position("at"), "2026-03-02T19:00:01+08:00");
    assertThat(codes(((ValidRecord) activity.check(draft)).warnings()))
        .containsExactly("at.in_future");
  }

  @Test
  void check_draftOfAnotherCollection_isABug() {
    assertThatThrownBy(() -> residents.check(new Draft(1))).isInstanceOf(BugException.class);
  }

  @Test
  void indexFor_exactlyTheFields_inAnyOrder() {
    assertThat(residents.indexFor(Set.of("date_of_birth", "name")))
        .hasValueSatisfying(index -> assertThat(index.name()).isEqualTo("name+date_of_birth"));
    assertThat(residents.indexFor(Set.of("name"))).isEmpty();
    assertThat(residents.indexFor(Set.of("name", "phone"))).isEmpty();
    assertThat(cases.indexFor(Set.of("resident_id"))).isPresent();
  }

  @Test
  void normaliseQuery_looseValue_isCanonical() throws InvalidValue {
    int phone = residents.position("phone");
    assertThat(residents.normaliseQuery(phone, "138-1234 5678")).isEqualTo("+8613812345678");
    assertThatThrownBy(() -> residents.normaliseQuery(phone, " \u3000"))
        .isInstanceOf(InvalidValue.class)
        .hasMessage("is required");
  }

  @Test
  void indexInput_looseNames_meet() {
    Index index = residents.indexFor(Set.of("name", "date_of_birth")).orElseThrow();
    byte[] one = residents.indexInput(index, new String[] {"Li  Na", "1990-01-01"});
    byte[] other = residents.indexInput(index, new String[] {"li na", "1990-01-01"});
    assertThat(one).isEqualTo(other);
    assertThat(one)
        .isEqualTo(
            new byte[] {
              0, 0, 0, 4, 'l', 'i', 'n', 'a', 0, 0, 0, 10, '1', '9', '9', '0', '-', '0', '1', '-',
              '0', '1'
            });
  }

  @Test
  void indexInput_sameTextSplitOtherwise_differs() {
    Index index = residents.indexFor(Set.of("name", "date_of_birth")).orElseThrow();
    byte[] one = residents.indexInput(index, new String[] {"ab", "c"});
    byte[] other = residents.indexInput(index, new String[] {"a", "bc"});
    assertThat(Arrays.equals(one, other)).isFalse();
    assertThatThrownBy(() -> residents.indexInput(index, new String[] {"a"}))
        .isInstanceOf(BugException.class);
  }

  @Test
  void indexInput_ofARecord_isThatOfItsValuesOrNull() {
    Index index = residents.indexFor(Set.of("name", "date_of_birth")).orElseThrow();
    ValidRecord record = valid(resident("date_of_birth", "19491231"));
    assertThat(residents.indexInput(index, record))
        .isEqualTo(residents.indexInput(index, new String[] {"张三", "1949-12-31"}));
    assertThat(residents.indexInput(index, valid(resident()))).isNull();
  }
}
