package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.strongroom.store.Table;

/** Which records are about the same subject. */
final class SubjectTest {
  private final World world = World.inMemory();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void keep_caseOfPersonNotYetHeld_makesTheSubjectThatTheResidentThenJoins() {
    Kept file = world.keep(world.caseOf(1, "K-1", "theft"));
    Kept person = world.keep(world.resident(1, "李梅", People.phone(1)));

    assertThat(person.what()).isEqualTo(Kept.What.KEPT);
    assertThat(person.subject()).isEqualTo(file.subject());
    assertThat(world.dataKeys()).hasSize(1);
    assertThat(world.investigate("residents", Map.of("phone", People.phone(1)))).hasSize(1);
  }

  @Test
  void keep_caseOfPersonHeld_joinsThePerson() {
    Kept person = world.keep(world.resident(1, "李梅", People.phone(1)));
    Kept file = world.keep(world.caseOf(1, "K-1", "theft"));

    assertThat(file.subject()).isEqualTo(person.subject());
    List<Answer.Match> cases =
        world.matches(
            People.INVESTIGATOR, Asking.seriousCrime().of("cases").about(person.subject()));
    assertThat(cases).extracting(match -> match.fields().get("title")).containsExactly("theft");
  }

  @Test
  void keep_idNumbersOfOldAndNewForm_areOnePerson() {
    Kept old =
        world.keep(world.record("residents", "resident_id", "110101900307001", "name", "李梅"));
    Kept now = world.keep(world.resident(1, "李梅", People.phone(1)));

    assertThat(now.subject()).isEqualTo(old.subject());
    assertThat(now.version()).isEqualTo(2);
  }

  @Test
  void keep_caseNumberOfAnotherSubject_isRejectedAndTheRestStands() {
    world.keep(world.caseOf(1, "K-1", "theft"));

    List<Kept> kept =
        world.keepAll(
            world.caseOf(2, "K-2", "fraud"),
            world.caseOf(2, "K-1", "mine now"),
            world.caseOf(2, "K-3", "arson"));

    assertThat(kept)
        .extracting(Kept::what)
        .containsExactly(Kept.What.KEPT, Kept.What.REJECTED, Kept.What.KEPT);
    assertThat(kept.get(1).version()).isZero();
    assertThat(kept.get(1).problems())
        .extracting(problem -> problem.code())
        .containsExactly("case_number.taken");
    assertThat(world.only("cases", Map.of("case_number", "K-1"))).containsEntry("title", "theft");
    assertThat(world.investigate("cases", Map.of("resident_id", People.residentId(2)))).hasSize(2);
  }

  @Test
  void keep_caseNumberTakenEarlierInTheBatch_isRejected() {
    List<Kept> kept =
        world.keepAll(world.caseOf(1, "K-1", "theft"), world.caseOf(2, "K-1", "mine now"));

    assertThat(kept).extracting(Kept::what).containsExactly(Kept.What.KEPT, Kept.What.REJECTED);
    assertThat(world.only("cases", Map.of("case_number", "K-1"))).containsEntry("title", "theft");
  }

  @Test
  void keep_rightfulRecordBehindARejectedOne_isKept() {
    world.keep(world.caseOf(1, "K-1", "theft"));

    List<Kept> kept =
        world.keepAll(world.caseOf(2, "K-1", "mine now"), world.caseOf(1, "K-1", "fraud"));

    assertThat(kept).extracting(Kept::what).containsExactly(Kept.What.REJECTED, Kept.What.UPDATED);
    assertThat(world.only("cases", Map.of("case_number", "K-1"))).containsEntry("title", "fraud");
  }

  @Test
  void keep_rejectedRecordOfAPersonNotHeld_leavesNoTraceOfThePerson() {
    world.keep(world.caseOf(1, "K-1", "theft"));
    int identities = world.rows(Table.INDEX).size();

    assertThat(world.keep(world.caseOf(2, "K-1", "mine now")).what()).isEqualTo(Kept.What.REJECTED);

    assertThat(world.rows(Table.INDEX)).hasSize(identities);
    assertThat(world.keep(world.resident(2, "王刚", People.phone(2))).what())
        .isEqualTo(Kept.What.KEPT);
    assertThat(world.keep(world.caseOf(2, "K-2", "fraud")).what()).isEqualTo(Kept.What.KEPT);
  }

  @Test
  void keep_numbersOfDifferentKinds_areDifferentSubjects() {
    for (String number : List.of("staff", "patient")) {
      world.catalogue.apply(
          World.ROOT,
          number + ".yaml",
          """
          collection: %s
          subject: {kind: person, by: %s_number}
          records: one
          fields:
            - {name: %s_number, type: text, identifier: true, class: ordinary, required: true}
          """
              .formatted(number, number, number));
    }

    Kept staff = world.keep(world.record("staff", "staff_number", "1001"));
    Kept patient = world.keep(world.record("patient", "patient_number", "1001"));

    assertThat(staff.subject()).isNotEqualTo(patient.subject());
  }
}
