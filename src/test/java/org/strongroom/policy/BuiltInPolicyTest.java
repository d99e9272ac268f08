package org.strongroom.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInPolicyTest {
  private final Policy policy = Policy.parse("policy.yaml", Policy.builtInYaml());

  @Test
  void builtIn_rolesAndPurposes_areThoseOfTheDesign() {
    assertThat(policy.roles())
        .containsExactly(
            "clerk",
            "officer",
            "investigator",
            "auditor",
            "protection-officer",
            "enquirer",
            "administrator");
    assertThat(policy.purposes())
        .containsExactly(
            "identity-check", "case-work", "serious-crime", "leak-check", "audit", "data-quality");
  }

  @ParameterizedTest
  @CsvSource({
    "clerk,identity-check,residents,clear,masked,hidden,false",
    "officer,identity-check,residents,clear,masked,hidden,false",
    "officer,case-work,residents,clear,clear,masked,false",
    "officer,case-work,cases,clear,clear,masked,false",
    "officer,case-work,activity,clear,clear,masked,false",
    "investigator,serious-crime,residents,clear,clear,clear,true",
    "investigator,serious-crime,cases,clear,clear,clear,true",
    "investigator,serious-crime,activity,clear,clear,clear,true",
    "protection-officer,data-quality,residents,masked,masked,hidden,false",
  })
  void decide_builtInGrant_showsWhatItsPurposeNeeds(
      String role,
      String purpose,
      String collection,
      String name,
      String ordinary,
      String sensitive,
      boolean history) {
    Decision decision =
        policy.decide(new Ask(Set.of(role), purpose, collection, Optional.empty(), true, history));

    assertThat(decision).isInstanceOf(Granted.class);
    Granted granted = (Granted) decision;
    assertThat(granted.viewOf("name", "ordinary").text()).isEqualTo(name);
    assertThat(granted.viewOf("a_field_added_later", "ordinary").text()).isEqualTo(ordinary);
    assertThat(granted.viewOf("another_one", "sensitive").text()).isEqualTo(sensitive);
    assertThat(granted.legalBasis()).startsWith("PIPL Art. ");
    assertThat(granted.history()).isEqualTo(history);
  }

  @ParameterizedTest
  @CsvSource({
    "officer,case-work,residents",
    "officer,case-work,cases",
    "officer,case-work,activity",
    "investigator,serious-crime,residents",
    "investigator,serious-crime,cases",
    "investigator,serious-crime,activity",
    "protection-officer,data-quality,residents",
  })
  void decide_builtInGrantBeyondMasks_takesAReason(String role, String purpose, String collection) {
    assertThat(
            policy.decide(
                new Ask(Set.of(role), purpose, collection, Optional.empty(), false, false)))
        .isInstanceOfSatisfying(
            Denied.class, denied -> assertThat(denied.code()).isEqualTo(Denied.REASON_REQUIRED));
  }

  @Test
  void decide_everyOtherRoleAndPurpose_isDenied() {
    List<String> granted =
        List.of(
            "clerk identity-check residents",
            "officer identity-check residents",
            "officer case-work residents",
            "officer case-work cases",
            "officer case-work activity",
            "investigator serious-crime residents",
            "investigator serious-crime cases",
            "investigator serious-crime activity",
            "protection-officer data-quality residents");
    int denials = 0;
    for (String role : policy.roles()) {
      for (String purpose : policy.purposes()) {
        for (String collection : List.of("residents", "cases", "activity", "unheard_of")) {
          if (!granted.contains(role + " " + purpose + " " + collection)) {
            assertThat(
                    policy.decide(
                        new Ask(Set.of(role), purpose, collection, Optional.empty(), true, false)))
                .isInstanceOf(Denied.class);
            denials++;
          }
        }
      }
    }
    assertThat(denials).isEqualTo(7 * 6 * 4 - granted.size());
  }

  @ParameterizedTest
  @CsvSource({
    "clerk,keep",
    "officer,keep",
    "investigator,check-leak look-up-leak",
    "auditor,read-audit verify",
    "protection-officer,keep open-rejects notify-affected plant-canaries register-leak look-up-leak verify",
    "enquirer,look-up-leak",
    "administrator,import manage-users change-policy change-collections verify",
  })
  void may_builtInRole_doesItsActsAlone(String role, String acts) {
    List<String> allowed = List.of(acts.split(" "));
    for (Permission act : Permission.values()) {
      assertThat(policy.may(Set.of(role), act))
          .as("%s: %s", role, act.text())
          .isEqualTo(allowed.contains(act.text()));
    }
  }

  @Test
  void decide_leakCheck_isForTheInvestigatorAlone() {
    for (String role : policy.roles()) {
      for (String purpose : policy.purposes()) {
        Decision decision =
            policy.decide(
                new ActAsk(Set.of(role), Permission.CHECK_LEAK, purpose, "residents", true));
        boolean granted =
            role.equals("investigator")
                && (purpose.equals("leak-check") || purpose.equals("serious-crime"));
        assertThat(decision instanceof Granted).as("%s: %s", role, purpose).isEqualTo(granted);
      }
    }
  }

  @Test
  void explain_auditor_isShownNoField() {
    Explanation explained =
        policy.explain(
            "auditor",
            "audit",
            "residents",
            List.of(new FieldRef("name", "ordinary")),
            List.of("phone"));

    assertThat(explained.granted()).isFalse();
    assertThat(explained.because()).contains("no records at all");
    assertThat(explained.fields())
        .extracting(Explanation.FieldView::view)
        .containsExactly(View.HIDDEN);
    assertThat(explained.indexes())
        .extracting(Explanation.IndexAccess::searchable)
        .containsExactly(false, false);
  }
}
