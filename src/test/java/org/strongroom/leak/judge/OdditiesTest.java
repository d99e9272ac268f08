package org.strongroom.leak.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.ResidentId;
import org.strongroom.synthetic.Resident;
import org.strongroom.synthetic.Residents;
import org.strongroom.vault.Suspect;

class OdditiesTest {
  private static final CollectionSpec RESIDENTS = builtIn("residents");
  private static final CollectionSpec CASES = builtIn("cases");
  private static final BitSet NONE = new BitSet();

  private final Oddities oddities = new Oddities(RESIDENTS);

  @ParameterizedTest
  @CsvSource({
    "phone,+8613800138000,phone_sequence",
    "phone,+8613912345678,phone_sequence",
    "phone,+8613898765432,phone_sequence",
    "phone,+8613888888888,phone_repeated_digit",
    "phone,+8613000000000,phone_repeated_digit",
    "email,li@example.com,email_reserved_domain",
    "email,li@mail.example.org,email_reserved_domain",
    "email,li@host.test,email_reserved_domain",
    "email,test123@163.com,email_test_name",
    "email,user_42@qq.com,email_test_name",
    "email,asdf@qq.com,email_test_name",
    "name,测试,name_placeholder",
    "name,测试用户3,name_placeholder",
    "name,张三,name_placeholder",
    "name,John Doe,name_placeholder",
    "name,Lorem  Ipsum,name_placeholder",
    "resident_id,110101199003070000,id_sequence_zero",
  })
  void counts_valueOfATest_isCountedByKind(String field, String value, String kind) {
    see(oddities, List.of(suspect(RESIDENTS, field, value)), NONE);
    assertThat(oddities.counts()).containsExactlyEntriesOf(Map.of(kind, 1L));
  }

  @ParameterizedTest
  @CsvSource({
    "phone,+8613912345687",
    "phone,+8613811118888",
    "email,li@examples.com",
    "email,li@notexample.com",
    "email,user@qq.com",
    "email,tester.wang@qq.com",
    "email,12345@qq.com",
    "name,张三丰",
    "name,李明",
    "resident_id,110101199003070011",
    "address,测试",
  })
  void counts_ordinaryValue_isNothing(String field, String value) {
    see(oddities, List.of(suspect(RESIDENTS, field, value)), NONE);
    assertThat(oddities.counts()).isEmpty();
  }

  @Test
  void counts_recordWithTwoOfAKind_countsOnce() {
    int phone = RESIDENTS.position("phone");
    @Nullable String[] values = new @Nullable String[RESIDENTS.fieldCount()];
    values[phone] = "+8613800138000";
    values[RESIDENTS.position("name")] = "测试";
    List<Suspect.Alternative> others =
        List.of(
            new Suspect.Alternative(phone, "+8613912345678"),
            new Suspect.Alternative(phone, "+8613888888888"));
    see(oddities, List.of(new Suspect(RESIDENTS, values, others)), NONE);
    assertThat(oddities.counts())
        .isEqualTo(
            Map.of("name_placeholder", 1L, "phone_repeated_digit", 1L, "phone_sequence", 1L));
  }

  /** What the vault holds is no invention: neither the domain nor the ID number counts. */
  @Test
  void counts_matchedRecord_isSparedWhereTheVaultKnowsBetter() {
    BitSet all = new BitSet();
    all.set(0, 100);
    List<Suspect> batch = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      batch.add(suspect(RESIDENTS, "resident_id", id(i)));
    }
    batch.add(suspect(RESIDENTS, "email", "li@example.com"));
    batch.add(suspect(RESIDENTS, "name", "测试"));
    see(oddities, batch, all);
    assertThat(oddities.counts()).containsExactlyEntriesOf(Map.of("name_placeholder", 1L));
  }

  @Test
  void counts_numbersThatGoUpOneByOne_areCountedFromEightOn() {
    List<Suspect> batch = new ArrayList<>();
    for (int i = 1; i <= 7; i++) {
      batch.add(suspect(RESIDENTS, "resident_id", id(i)));
    }
    see(oddities, batch, NONE);
    assertThat(oddities.counts()).isEmpty();
    batch.add(suspect(RESIDENTS, "resident_id", id(8)));
    batch.add(suspect(RESIDENTS, "resident_id", id(9)));
    batch.add(suspect(RESIDENTS, "resident_id", id(11)));
    batch.add(suspect(RESIDENTS, "name", "李明"));
    see(oddities, batch, NONE);
    assertThat(oddities.counts()).containsExactlyEntriesOf(Map.of("id_counting_up", 9L));
  }

  @Test
  void counts_valueSharedByMany_isCountedPerField() {
    List<Suspect> batch = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String phone = i % 20 == 0 ? "+8613812345699" : "+86138" + (20_000_000 + 7_919 * i);
      batch.add(suspect(RESIDENTS, "phone", phone));
    }
    see(oddities, batch, NONE);
    assertThat(oddities.counts()).containsExactlyEntriesOf(Map.of("shared_phone", 50L));
  }

  /** One subject's cases all have the subject's number. */
  @Test
  void counts_collectionWithManyRecordsOfASubject_sharesByRight() {
    Oddities cases = new Oddities(CASES);
    String subject = CASES.field(CASES.subjectField()).name();
    List<Suspect> batch = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      batch.add(suspect(CASES, subject, "110101199003070011"));
    }
    see(cases, batch, NONE);
    assertThat(cases.counts()).isEmpty();
  }

  @Test
  void merge_anyShareOfTheBatches_comesToTheSame() {
    List<List<Suspect>> batches = new ArrayList<>();
    for (int b = 0; b < 20; b++) {
      List<Suspect> batch = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        batch.add(suspect(RESIDENTS, i % 2 == 0 ? "phone" : "resident_id", value(b, i)));
      }
      batches.add(batch);
    }
    batches.forEach(batch -> see(oddities, batch, NONE));
    Oddities one = new Oddities(RESIDENTS);
    Oddities other = new Oddities(RESIDENTS);
    for (int b = 19; b >= 0; b--) {
      see(b % 3 == 0 ? one : other, batches.get(b), NONE);
    }
    one.merge(other);
    assertThat(one.counts()).isEqualTo(oddities.counts()).containsKey("shared_phone");
    assertThatThrownBy(() -> one.merge(new Oddities(CASES)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String value(int batch, int i) {
    if (i % 2 == 0) {
      return i % 10 == 0 ? "+8613812345699" : "+86138" + (30_000_000 + 50 * batch + i);
    }
    return id(i);
  }

  /** Nobody of 20,000 synthetic residents looks made up, were it not for the domains. */
  @Test
  void counts_likelyPopulation_doesNotShow() {
    Residents residents = new Residents(3, LocalDate.of(2026, 3, 1));
    List<Suspect> batch = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      Resident resident = residents.get(i);
      @Nullable String[] values = new @Nullable String[RESIDENTS.fieldCount()];
      values[RESIDENTS.position("resident_id")] = resident.residentId();
      values[RESIDENTS.position("name")] = resident.name();
      values[RESIDENTS.position("phone")] = resident.phone();
      values[RESIDENTS.position("email")] = resident.email();
      batch.add(new Suspect(RESIDENTS, values, List.of()));
    }
    see(oddities, batch, NONE);
    assertThat(oddities.counts()).containsOnlyKeys("email_reserved_domain");
  }

  private static void see(Oddities oddities, List<Suspect> batch, BitSet matched) {
    BitSet counting = oddities.counting(batch);
    for (int i = 0; i < batch.size(); i++) {
      oddities.see(batch.get(i), matched.get(i), counting.get(i));
    }
  }

  /** People of one place and day, numbered from {@code sequence}. */
  private static String id(int sequence) {
    String digits = "11010119900307" + String.format("%03d", sequence);
    return digits + ResidentId.checkCharacter(digits);
  }

  private static Suspect suspect(CollectionSpec spec, String field, String value) {
    @Nullable String[] values = new @Nullable String[spec.fieldCount()];
    values[spec.position(field)] = value;
    return new Suspect(spec, values, List.of());
  }

  private static CollectionSpec builtIn(String name) {
    return CollectionSpec.parse(
        name, CollectionSpec.builtInYaml(name), Map.of(), Clock.systemUTC());
  }
}
