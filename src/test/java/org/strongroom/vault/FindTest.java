package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.schema.ValidRecord;

/** The way from a question to records. */
final class FindTest {
  private final World world = World.inMemory();

  @AfterEach
  void close() {
    world.close();
  }

  private List<Answer.Match> byPhone(String phone) {
    return world.matches(People.CLERK, new Asking().where("phone", phone));
  }

  private ValidRecord named(int i, String name, String birth) {
    return world.record(
        "residents", "resident_id", People.residentId(i), "name", name, "date_of_birth", birth);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "13812345678",
        "138-1234 5678",
        "+86 138 1234 5678",
        "0086 13812345678",
        "１３８１２３４５６７８"
      })
  void find_phoneHoweverWritten_findsItsOwner(String phone) {
    world.keep(world.resident(1, "李梅", "13812345678"));
    world.keep(world.resident(2, "王刚", "13812345679"));

    assertThat(byPhone(phone))
        .extracting(match -> match.fields().get("name"))
        .containsExactly("李梅");
  }

  @Test
  void find_afterPhoneChanged_findsUnderTheNewOneOnly() {
    world.keep(world.resident(1, "李梅", People.phone(1)));
    world.keep(world.resident(1, "李梅", People.phone(2)));

    assertThat(byPhone(People.phone(1))).isEmpty();
    assertThat(byPhone(People.phone(2))).hasSize(1);
  }

  @Test
  void find_afterPhoneWasRemoved_findsNothing() {
    world.keep(world.resident(1, "李梅", People.phone(1)));
    world.keep(world.record("residents", "resident_id", People.residentId(1), "name", "李梅"));

    assertThat(byPhone(People.phone(1))).isEmpty();
    assertThat(world.matches(People.CLERK, new Asking().person(1))).hasSize(1);
  }

  @Test
  void find_sharedPhone_findsAllWhoHaveIt() {
    for (int i = 0; i < 5; i++) {
      world.keep(world.resident(i, "成员 " + (char) ('a' + i), People.phone(1)));
    }
    world.keep(world.resident(3, "moved out", People.phone(2)));

    assertThat(byPhone(People.phone(1)))
        .extracting(match -> match.fields().get("name"))
        .containsExactlyInAnyOrder("成员 a", "成员 b", "成员 c", "成员 e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Anna Maria Berg", "anna maria berg", "ANNA  MARIABERG", "ＡＮＮＡ Maria Berg"})
  void find_nameAndBirthDateSpeltLoosely_findsThePerson(String name) {
    world.keep(named(1, "Anna Maria Berg", "1990-03-07"));
    world.keep(named(2, "Anna Maria Berg", "1990-03-08"));
    world.keep(named(3, "Anna Maria Borg", "1990-03-07"));

    List<Answer.Match> matches =
        world.matches(
            People.OFFICER,
            Asking.caseWork().where(Map.of("name", name, "date_of_birth", "1990/3/7")));

    assertThat(matches)
        .extracting(match -> match.fields().get("resident_id"))
        .containsExactly(People.residentId(1));
  }

  @Test
  void find_personWithoutBirthDate_isNotUnderTheNameAlone() {
    world.keep(world.resident(1, "李梅", People.phone(1)));

    assertThat(
            world.matches(
                People.CLERK,
                new Asking().where(Map.of("name", "李梅", "date_of_birth", "1990-03-07"))))
        .isEmpty();
  }

  @Test
  void find_caseByNumber_findsThatOneOnly() {
    world.keepAll(world.caseOf(1, "K-1", "theft"), world.caseOf(1, "K-2", "fraud"));

    assertThat(world.only("cases", Map.of("case_number", "K-2"))).containsEntry("title", "fraud");
    assertThat(world.investigate("cases", Map.of("case_number", "K-3"))).isEmpty();
  }

  @Test
  void find_fieldsThatNoIndexCovers_isABadRequest() {
    for (Map<String, String> where :
        List.of(
            Map.of("name", "李梅"),
            Map.of("phone", People.phone(1), "name", "李梅"),
            Map.of("unheard_of", "x"))) {
      assertThatThrownBy(() -> world.matches(People.CLERK, new Asking().where(where)))
          .isInstanceOfSatisfying(
              VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST))
          .hasMessageNotContaining("李梅")
          .hasMessageNotContaining(People.phone(1));
    }
  }

  @Test
  void find_unknownCollection_isNotFound() {
    assertThatThrownBy(() -> world.matches(People.CLERK, new Asking().of("pets").person(1)))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  @ParameterizedTest
  @ValueSource(strings = {"110101199003070012", "11010119900307", "1101011990", "abc", " "})
  void find_valueThatCannotBe_isRefusedWithoutRepeatingIt(String value) {
    assertThatThrownBy(() -> world.matches(People.CLERK, new Asking().where("resident_id", value)))
        .isInstanceOfSatisfying(
            VaultException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_VALUE);
              assertThat(e.getMessage()).startsWith("resident_id: ");
              if (!value.isBlank()) {
                assertThat(e).hasMessageNotContaining(value);
                assertThat(String.valueOf(e.getCause())).doesNotContain(value);
              }
            });
  }

  @Test
  void findRequest_withANullValue_isABadRequest() {
    Map<String, String> where = new HashMap<>();
    where.put("phone", nothing());
    FindRequest request = new FindRequest(where, null, "identity-check", null, null, null, null);

    assertThatThrownBy(() -> request.question("residents"))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST));
  }

  /** What JSON may hold where a text should be. */
  @SuppressWarnings("NullAway")
  private static String nothing() {
    return null;
  }

  @Test
  void findRequest_thatIsNoQuestion_isABadRequest() {
    Map<String, String> where = Map.of("phone", "13800000001");
    String id = "0123456789abcdef0123456789abcdef";
    for (FindRequest request :
        List.of(
            new FindRequest(null, null, "identity-check", null, null, null, null),
            new FindRequest(where, id, "identity-check", null, null, null, null),
            new FindRequest(where, null, " ", null, null, null, null),
            new FindRequest(where, null, "p".repeat(65), null, null, null, null),
            new FindRequest(where, null, null, null, null, null, null),
            new FindRequest(where, null, "identity-check", null, 0, null, null),
            new FindRequest(where, null, "identity-check", "r".repeat(1001), null, null, null),
            new FindRequest(null, "17", "identity-check", null, null, null, null))) {
      assertThatThrownBy(() -> request.question("residents"))
          .isInstanceOfSatisfying(
              VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }
  }
}
