package org.strongroom.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

class PolicyReaderTest {
  /** Three lines; what a test adds starts on line 4, the entries of a role. */
  private static final String HEAD =
      """
      purposes: [{purpose: look, description: Look, legal-basis: Law 1}]
      roles:
        - {role: other, description: Another}
      """;

  private static final String ROLE =
      HEAD
          + """
            - role: reader
              description: Reads
          """;

  private static final String GRANT =
      ROLE
          + """
              grants:
                - purpose: look
                  collection: people
          """;

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("", 1, "empty file"),
        Arguments.of("roles: []\n", 1, "\"purposes\" is missing"),
        Arguments.of("purposes: []\n", 1, "\"roles\" is missing"),
        Arguments.of("purposes: []\nroles: []\nbudget: 3\n", 3, "unknown key \"budget\""),
        Arguments.of("purposes: [{purpose: a, description: b}]\nroles: []", 1, "legal-basis"),
        Arguments.of(
            "purposes:\n  - {purpose: a, description: b, legal-basis: ''}\nroles: []",
            2,
            "a text of 1 to 500"),
        Arguments.of(
            "purposes:\n  - {purpose: Look Up, description: b, legal-basis: c}\nroles: []",
            2,
            "a name"),
        Arguments.of(
            "purposes:\n- {purpose: a, description: b, legal-basis: c}\n"
                + "- {purpose: a, description: b, legal-basis: c}\nroles: []",
            3,
            "declared twice"),
        Arguments.of(HEAD + "  - {role: other, description: Again}", 4, "declared twice"),
        Arguments.of(HEAD + "  - {role: silent}", 4, "\"description\" is missing"),
        Arguments.of(ROLE + "    acts: [keep, fly]", 6, "one of [keep, import, manage-users"),
        Arguments.of(ROLE + "    acts: [keep, keep]", 6, "twice"),
        Arguments.of(ROLE + "    second-person: true", 6, "unknown key \"second-person\""),
        Arguments.of(ROLE + "    grants:\n      - collection: people", 7, "\"purpose\" is missing"),
        Arguments.of(ROLE + "    grants:\n      - purpose: fun", 7, "\"fun\" is not declared"),
        Arguments.of(
            ROLE + "    grants:\n      - purpose: look\n        search: [phone]",
            7,
            "\"collection\" is missing"),
        Arguments.of(
            ROLE
                + "    grants:\n      - purpose: look\n"
                + "      - {purpose: look, collection: people, show: {}}",
            8,
            "granted already, on line 7"),
        Arguments.of(GRANT, 7, "\"show\" is missing"),
        Arguments.of(GRANT + "        show: {name: plain}", 9, "one of [clear, masked, hidden]"),
        Arguments.of(GRANT + "        show: {Name: clear}", 9, "field names"),
        Arguments.of(GRANT + "        show: clear", 9, "a mapping"),
        Arguments.of(GRANT + "        show: {a: clear}\n        search: [a b]", 10, "an index"),
        Arguments.of(GRANT + "        show: {a: clear}\n        search: ['*']", 10, "an index"),
        Arguments.of(GRANT + "        show: {a: clear}\n        search: [a, a]", 10, "twice"),
        Arguments.of(GRANT + "        show: {a: clear}\n        reason: maybe", 10, "\"required\""),
        Arguments.of(GRANT + "        show: {a: clear}\n        history: 2", 10, "true or false"),
        Arguments.of(
            GRANT + "        show: {a: clear}\n        max-matches: 0", 10, "from 1 to 1000"),
        Arguments.of(GRANT + "        show: {a: clear}\n        budget: 9", 10, "unknown key"),
        Arguments.of(
            GRANT
                + "        show: {a: clear}\n      - {purpose: look, collection: people, show: {}}",
            10,
            "granted already, on line 7"),
        Arguments.of(
            GRANT + "        show: {a: clear}\n      - purpose: look",
            10,
            "granted already, on line 7"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void parse_fault_isRefusedWithItsLine(String yaml, int line, String message) {
    assertThatThrownBy(() -> Policy.parse("p.yaml", yaml))
        .isInstanceOfSatisfying(
            VaultException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DECLARATION))
        .hasMessageStartingWith("p.yaml:" + line + ": ")
        .hasMessageContaining(message);
  }

  static Stream<String> administeringActs() {
    return Stream.of("manage-users", "change-policy", "change-collections");
  }

  @ParameterizedTest
  @MethodSource("administeringActs")
  void parse_roleThatAdministersAndReads_isRefusedAndSaysWhy(String act) {
    String yaml = GRANT + "        show: {\"*\": masked}\n    acts: [" + act + "]\n";
    assertThatThrownBy(() -> Policy.parse("p.yaml", yaml))
        .hasMessageStartingWith("p.yaml:7: ")
        .hasMessageContaining("must see no one's data");
  }

  @ParameterizedTest
  @MethodSource("administeringActs")
  void parse_roleThatAdministersAndOpensRejects_isRefused(String act) {
    assertThatThrownBy(
            () -> Policy.parse("p.yaml", ROLE + "    acts: [" + act + ", open-rejects]\n"))
        .hasMessageStartingWith("p.yaml:6: ")
        .hasMessageContaining("open-rejects");
  }

  @Test
  void parse_roleThatAdministersWithAPurposeButNoRecords_isAccepted() {
    Policy policy =
        Policy.parse(
            "p.yaml",
            ROLE + "    acts: [manage-users, read-audit]\n    grants: [{purpose: look}]\n");
    assertThat(policy.roles()).containsExactly("other", "reader");
    assertThat(policy.references()).isEmpty();
  }
}
