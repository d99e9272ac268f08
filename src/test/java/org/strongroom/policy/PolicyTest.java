package org.strongroom.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

class PolicyTest {
  private static final String YAML =
      """
      purposes:
        - {purpose: look, description: Look, legal-basis: Law 1}
        - {purpose: study, description: Study, legal-basis: Law 2}
        - {purpose: idle, description: Granted to nobody, legal-basis: Law 3}
      roles:
        - role: senior
          description: Sees more
          acts: [open-rejects]
          grants:
            - purpose: study
              collection: people
              search: [phone, name+born]
              show:
                diary: masked
                sensitive: hidden
                "*": clear
              reason: required
              history: true
              max-matches: 7
        - role: junior
          description: Sees less
          grants:
            - purpose: look
              collection: people
              search: [phone, subject]
              show:
                name: clear
                ordinary: masked
            - purpose: study
              collection: people
              show: {"*": masked}
            - purpose: study
              collection: papers
              show: {"*": masked}
        - role: boss
          description: Runs it
          acts: [manage-users, import]
      """;

  private final Policy policy = Policy.parse("test.yaml", YAML);

  private static final String ACTS =
      """
      purposes:
        - {purpose: judge, description: Judge, legal-basis: Law 1}
        - {purpose: study, description: Study, legal-basis: Law 2}
      roles:
        - role: reader
          description: Reads, and judges nothing
          grants:
            - {purpose: study, collection: people, show: {"*": clear}}
        - role: judge
          description: Judges
          acts: [check-leak]
          grants:
            - {purpose: judge, reason: required}
            - {purpose: study, collection: papers, show: {"*": clear}}
      """;

  private static String act(Set<String> roles, String purpose, String collection, boolean reason) {
    Decision decision =
        Policy.parse("test.yaml", ACTS)
            .decide(new ActAsk(roles, Permission.CHECK_LEAK, purpose, collection, reason));
    return decision instanceof Granted granted ? granted.role() : ((Denied) decision).code();
  }

  @Test
  void decide_act_takesTheActAndThePurposeOfOneRole() {
    assertThat(act(Set.of("judge"), "judge", "people", true)).isEqualTo("judge");
    assertThat(act(Set.of("judge"), "study", "papers", false)).isEqualTo("judge");
    assertThat(act(Set.of("judge"), "study", "people", true))
        .isEqualTo(Denied.COLLECTION_NOT_GRANTED);
    assertThat(act(Set.of("judge"), "judge", "people", false)).isEqualTo(Denied.REASON_REQUIRED);
    assertThat(act(Set.of("judge"), "dream", "people", true)).isEqualTo(Denied.UNKNOWN_PURPOSE);
    assertThat(act(Set.of("reader"), "judge", "people", true))
        .isEqualTo(Denied.PURPOSE_NOT_GRANTED);
    assertThat(act(Set.of("reader", "judge"), "study", "people", true))
        .isEqualTo(Denied.ACT_NOT_GRANTED);
  }

  @Test
  void viewOf_fieldNamed_winsOverItsClass() {
    Granted granted = granted(study("senior"));
    assertThat(granted.viewOf("diary", "sensitive")).isEqualTo(View.MASKED);
  }

  @Test
  void viewOf_classNamed_winsOverStar() {
    Granted granted = granted(study("senior"));
    assertThat(granted.viewOf("faith", "sensitive")).isEqualTo(View.HIDDEN);
    assertThat(granted.viewOf("name", "ordinary")).isEqualTo(View.CLEAR);
  }

  @Test
  void viewOf_nothingSaid_isHidden() {
    Granted granted = granted(ask("junior", "look", "people", Optional.of("phone")));
    assertThat(granted.viewOf("faith", "sensitive")).isEqualTo(View.HIDDEN);
    assertThat(granted.viewOf("name", "sensitive")).isEqualTo(View.CLEAR);
  }

  @Test
  void viewOf_fieldThatBearsTheNameOfAClass_isDecidedByItsOwnClass() {
    Granted granted = granted(study("senior"));
    assertThat(granted.viewOf("sensitive", "ordinary")).isEqualTo(View.CLEAR);
    assertThat(granted.viewOf("ordinary", "sensitive")).isEqualTo(View.HIDDEN);
  }

  @Test
  void viewOf_classThatDoesNotExist_isOurBug() {
    Granted granted = granted(study("senior"));
    assertThatThrownBy(() -> granted.viewOf("name", "secret")).isInstanceOf(BugException.class);
  }

  @Test
  void decide_granted_carriesItsTerms() {
    Granted granted = granted(study("senior"));
    assertThat(granted.role()).isEqualTo("senior");
    assertThat(granted.purpose()).isEqualTo("study");
    assertThat(granted.legalBasis()).isEqualTo("Law 2");
    assertThat(granted.maxMatches()).isEqualTo(7);
    assertThat(granted.history()).isTrue();
  }

  @Test
  void decide_historyNotAskedFor_isNotGrantedEither() {
    Ask ask = new Ask(Set.of("senior"), "study", "people", Optional.of("phone"), true, false);
    assertThat(granted(ask).history()).isFalse();
  }

  @Test
  void decide_nothingSaidOfMatches_allowsTheDefault() {
    assertThat(granted(ask("junior", "look", "people", Optional.of("phone"))).maxMatches())
        .isEqualTo(PolicyReader.DEFAULT_MAX_MATCHES);
  }

  @Test
  void decide_severalRolesGrantThePurpose_firstOfTheFileDecidesAlone() {
    Ask people = ask(Set.of("junior", "senior"), "study", "people", Optional.of("phone"));
    assertThat(granted(people).role()).isEqualTo("senior");
    Ask papers = ask(Set.of("junior", "senior"), "study", "papers", Optional.empty());
    assertThat(denied(papers).code()).isEqualTo(Denied.COLLECTION_NOT_GRANTED);
  }

  @Test
  void decide_firstRoleLacksThePurpose_nextDecides() {
    Ask ask = ask(Set.of("junior", "senior"), "look", "people", Optional.of("phone"));
    assertThat(granted(ask).role()).isEqualTo("junior");
  }

  @Test
  void decide_unknownPurpose_isDeniedWithoutRepeatingIt() {
    Denied denied = denied(ask("junior", "110101199003071233", "people", Optional.empty()));
    assertThat(denied.code()).isEqualTo(Denied.UNKNOWN_PURPOSE);
    assertThat(denied.why()).doesNotContain("110101").contains("[look, study]");
  }

  @Test
  void decide_purposeOfAnotherRole_isDeniedAndSaysWhatIsOpen() {
    Denied denied = denied(ask("senior", "look", "people", Optional.empty()));
    assertThat(denied.code()).isEqualTo(Denied.PURPOSE_NOT_GRANTED);
    assertThat(denied.why()).contains("[study]");
  }

  @Test
  void decide_noRoleOrAnUnknownOne_isDenied() {
    assertThat(denied(ask(Set.of(), "look", "people", Optional.empty())).code())
        .isEqualTo(Denied.PURPOSE_NOT_GRANTED);
    Denied denied = denied(ask("nobody", "look", "people", Optional.empty()));
    assertThat(denied.code()).isEqualTo(Denied.PURPOSE_NOT_GRANTED);
    assertThat(denied.why()).contains("ask your administrator");
  }

  @Test
  void decide_otherCollection_isDeniedWithoutRepeatingIt() {
    Denied denied = denied(ask("junior", "study", "zhang_wei", Optional.empty()));
    assertThat(denied.code()).isEqualTo(Denied.COLLECTION_NOT_GRANTED);
    assertThat(denied.why()).doesNotContain("zhang").contains("[people, papers]");
  }

  @Test
  void decide_otherIndex_isDeniedAndSaysWhichOnesAreOpen() {
    Denied denied = denied(ask("junior", "look", "people", Optional.of("13800138000")));
    assertThat(denied.code()).isEqualTo(Denied.INDEX_NOT_GRANTED);
    assertThat(denied.why()).doesNotContain("138").contains("[phone, subject]");
  }

  @Test
  void decide_subjectNotListed_isDenied() {
    Ask ask = new Ask(Set.of("senior"), "study", "people", Optional.of("subject"), true, false);
    assertThat(denied(ask).code()).isEqualTo(Denied.INDEX_NOT_GRANTED);
  }

  @Test
  void decide_historyWithoutAGrant_isDenied() {
    Ask ask = new Ask(Set.of("junior"), "look", "people", Optional.of("phone"), true, true);
    assertThat(denied(ask).code()).isEqualTo(Denied.HISTORY_NOT_GRANTED);
  }

  @Test
  void decide_noReasonWhereOneIsRequired_isDenied() {
    Ask ask = new Ask(Set.of("senior"), "study", "people", Optional.of("phone"), false, false);
    assertThat(denied(ask).code()).isEqualTo(Denied.REASON_REQUIRED);
  }

  @Test
  void decide_administratorWhoAlsoReads_isDenied() {
    Set<String> both = Set.of("boss", "junior");
    assertThat(denied(ask(both, "look", "people", Optional.of("phone"))).code())
        .isEqualTo(Denied.DUTIES_NOT_SEPARATED);
    assertThat(policy.dutiesConflict(both)).get().asString().contains("boss", "junior");
    assertThat(policy.dutiesConflict(Set.of("junior", "senior"))).isEmpty();
    assertThat(policy.dutiesConflict(Set.of("boss"))).isEmpty();
  }

  @Test
  void may_administratorWhoAlsoReads_keepsHisOtherActsButOpensNothing() {
    Set<String> both = Set.of("boss", "senior");
    assertThat(policy.may(Set.of("senior"), Permission.OPEN_REJECTS)).isTrue();
    assertThat(policy.may(both, Permission.OPEN_REJECTS)).isFalse();
    assertThat(policy.may(both, Permission.IMPORT)).isTrue();
    assertThat(policy.may(both, Permission.KEEP)).isFalse();
  }

  @Test
  void purposesOf_roles_areListedInFileOrder() {
    assertThat(policy.purposesOf(Set.of("junior")))
        .extracting(Purpose::name)
        .containsExactly("look", "study");
    assertThat(policy.purposesOf(Set.of("boss"))).isEmpty();
  }

  @Test
  void yaml_isTheFileAsRead() {
    assertThat(policy.yaml()).isEqualTo(YAML);
  }

  @Test
  void references_nameEveryCollectionFieldAndIndexWithItsLine() {
    assertThat(policy.references())
        .containsExactly(
            new Reference("people", "people", Reference.Kind.COLLECTION, 11),
            new Reference("people", "phone", Reference.Kind.INDEX, 12),
            new Reference("people", "name+born", Reference.Kind.INDEX, 12),
            new Reference("people", "diary", Reference.Kind.FIELD, 14),
            new Reference("people", "people", Reference.Kind.COLLECTION, 24),
            new Reference("people", "phone", Reference.Kind.INDEX, 25),
            new Reference("people", "name", Reference.Kind.FIELD, 27),
            new Reference("people", "people", Reference.Kind.COLLECTION, 30),
            new Reference("papers", "papers", Reference.Kind.COLLECTION, 33));
  }

  @Test
  void explain_granted_namesTheDecidingLines() {
    Explanation explained =
        policy.explain(
            "senior",
            "study",
            "people",
            List.of(
                new FieldRef("diary", "sensitive"),
                new FieldRef("faith", "sensitive"),
                new FieldRef("name", "ordinary")),
            List.of("phone", "email"));

    assertThat(explained.granted()).isTrue();
    assertThat(explained.line()).isEqualTo(10);
    assertThat(explained.reasonRequired()).isTrue();
    assertThat(explained.history()).isTrue();
    assertThat(explained.maxMatches()).isEqualTo(7);
    assertThat(explained.legalBasis()).isEqualTo("Law 2");
    assertThat(explained.fields())
        .containsExactly(
            new Explanation.FieldView("diary", "sensitive", View.MASKED, "diary: masked", 14),
            new Explanation.FieldView("faith", "sensitive", View.HIDDEN, "sensitive: hidden", 15),
            new Explanation.FieldView("name", "ordinary", View.CLEAR, "\"*\": clear", 16));
    assertThat(explained.indexes())
        .extracting(
            Explanation.IndexAccess::index,
            Explanation.IndexAccess::searchable,
            Explanation.IndexAccess::line)
        .containsExactly(
            tuple("phone", true, 12), tuple("email", false, 0), tuple("subject", false, 0));
  }

  @Test
  void explain_noRuleForAField_saysSo() {
    Explanation explained =
        policy.explain(
            "junior", "look", "people", List.of(new FieldRef("faith", "sensitive")), List.of());
    assertThat(explained.fields())
        .containsExactly(
            new Explanation.FieldView(
                "faith", "sensitive", View.HIDDEN, "nothing said, so hidden", 0));
  }

  @Test
  void explain_purposeNotGranted_hidesAllAndSaysWhy() {
    Explanation explained =
        policy.explain(
            "junior", "idle", "people", List.of(new FieldRef("name", "ordinary")), List.of());
    assertThat(explained.granted()).isFalse();
    assertThat(explained.because()).isEqualTo("The role junior does not have the purpose idle.");
    assertThat(explained.line()).isEqualTo(20);
    assertThat(explained.fields().get(0).view()).isEqualTo(View.HIDDEN);
  }

  @Test
  void explain_unknownRoleOrPurpose_listsThoseThereAre() {
    assertThatThrownBy(() -> policy.explain("clerk", "look", "people", List.of(), List.of()))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
        .hasMessageContaining("[senior, junior, boss]");
    assertThatThrownBy(() -> policy.explain("junior", "fun", "people", List.of(), List.of()))
        .hasMessageContaining("[look, study, idle]");
  }

  @Test
  void explanation_asJson_usesTheWordsOfTheFile() throws JsonProcessingException {
    String json =
        new ObjectMapper()
            .writeValueAsString(
                policy.explain(
                    "junior",
                    "look",
                    "people",
                    List.of(new FieldRef("name", "ordinary")),
                    List.of("phone")));
    assertThat(json)
        .contains(
            "\"view\":\"clear\"",
            "\"rule\":\"name: clear\"",
            "\"granted\":true",
            "{\"index\":\"phone\",\"searchable\":true");
  }

  private static Ask study(String role) {
    return new Ask(Set.of(role), "study", "people", Optional.of("phone"), true, true);
  }

  private static Ask ask(String role, String purpose, String collection, Optional<String> index) {
    return ask(Set.of(role), purpose, collection, index);
  }

  private static Ask ask(
      Set<String> roles, String purpose, String collection, Optional<String> index) {
    return new Ask(roles, purpose, collection, index, true, false);
  }

  private Granted granted(Ask ask) {
    Decision decision = policy.decide(ask);
    assertThat(decision).isInstanceOf(Granted.class);
    return (Granted) decision;
  }

  private Denied denied(Ask ask) {
    Decision decision = policy.decide(ask);
    assertThat(decision).isInstanceOf(Denied.class);
    return (Denied) decision;
  }
}
