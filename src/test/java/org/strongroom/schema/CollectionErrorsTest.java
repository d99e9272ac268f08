package org.strongroom.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** Every mistake in a declaration is told with the line that it stands on. */
class CollectionErrorsTest {
  private static final String GOOD =
      """
      collection: visits
      description: For tests
      subject: {kind: person, by: id}
      records: many
      key: number
      retention: P1Y
      fields:
        - {name: id, type: cn.resident_id, class: ordinary, required: true}
        - {name: number, type: text, identifier: true, class: ordinary, required: true}
        - {name: full_name, type: name, class: ordinary, aliases: [nom]}
        - {name: born, type: date, class: ordinary}
        - {name: sex, type: enum, values: {male: [M], female: [F]}, class: ordinary}
        - {name: note, type: text, max_chars: 100, class: sensitive}
        - {name: face, type: image, max_bytes: 1000, class: sensitive}
        - {name: phone, type: phone, region: CN, class: ordinary, mask: full}
        - {name: count, type: integer, min: 0, max: 9, class: ordinary}
      indexes:
        - phone
        - [full_name, born]
      checks:
        - {check: birth_date_agrees, field: born, with: id, outcome: error}
        - {check: sex_agrees, field: sex, with: id, outcome: warning}
        - {check: not_in_future, field: born, outcome: warning}
      """;

  @Test
  void parse_withoutAMistake_works() {
    CollectionSpec spec =
        CollectionSpec.parse("visits.yaml", GOOD, Map.of(), CollectionSpecTest.CLOCK);
    assertThat(spec.name()).isEqualTo("visits");
    assertThat(spec.fieldCount()).isEqualTo(9);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        // The file as a whole.
        mistake("collection: visits", "collection: Visits", 1, "a name is lower-case letters"),
        mistake("collection: visits", "collection: 1visits", 1, "a name is lower-case letters"),
        mistake("collection: visits\n", "", 1, "the key \"collection\" is missing"),
        mistake("description:", "comment:", 2, "unknown key \"comment\""),
        mistake("description:", "records:", 4, "stands here twice"),
        mistake("records: many", "records: several", 4, "one of [one, many]"),
        mistake("records: many", "records: [many", 5, "expected"),
        mistake("retention: P1Y", "retention: 1 year", 6, "a period such as"),
        mistake("retention: P1Y", "retention: P0D", 6, "a period such as"),
        mistake("retention: P1Y", "retention: P-1Y", 6, "a period such as"),
        // Subject and key.
        mistake("kind: person", "kind: dog", 3, "one of [person, organisation]"),
        mistake(", by: id", "", 3, "the key \"by\" is missing"),
        mistake("by: id}", "by: id, of: x}", 3, "unknown key \"of\""),
        mistake("by: id", "by: ident", 3, "there is no field named \"ident\""),
        mistake("by: id", "by: full_name", 3, "cannot tell one subject from another"),
        mistake("by: id", "by: phone", 3, "\"phone\" must be required"),
        mistake("key: number", "key: nummer", 5, "there is no field named \"nummer\""),
        mistake("key: number", "key: phone", 5, "\"phone\" must be required"),
        mistake("key: number", "key: id", 5, "the key must tell them apart"),
        mistake("key: number", "key: [number, number]", 5, "each once"),
        mistake("key: number\n", "", 1, "the key \"key\" is missing"),
        mistake("records: many", "records: one", 5, "the subject field is the key"),
        // Fields.
        mistake("{name: id, type", "{name: ID, type", 8, "a name is lower-case letters"),
        mistake("{name: id, type", "{type", 8, "the key \"name\" is missing"),
        mistake("type: date, ", "", 11, "the key \"type\" is missing"),
        mistake("type: date", "type: datum", 11, "one of the types [address, boolean"),
        mistake("type: date, class: ordinary", "type: date", 11, "the key \"class\" is missing"),
        mistake(
            "type: date, class: ordinary", "type: date, class: secret", 11, "[ordinary, sensit"),
        mistake("name: born", "name: sex", 12, "there are two fields named \"sex\""),
        mistake("aliases: [nom]", "aliases: [Note]", 13, "\"note\" already stands for"),
        mistake(
            "aliases: [nom]", "aliases: [I-D]", 10, "\"I-D\" already stands for the field \"id\""),
        mistake("aliases: [nom]", "aliases: ['']", 10, "a word without needless"),
        mistake("aliases: [nom]", "aliases: ['ｎｏｍ']", 10, "a word without needless"),
        mistake("aliases: [nom]", "aliases: {nom: 1}", 10, "a list is expected"),
        mistake(
            "required: true}\n  - {name: number", "required: yes}\n  - {name: number", 8, "true"),
        mistake("identifier: true", "identifier: 1", 9, "true or false"),
        mistake("identifier: true", "colour: red", 9, "unknown key \"colour\""),
        mistake("region: CN", "region: China", 15, "a region by ISO 3166-1"),
        mistake("region: CN, ", "", 15, "the key \"region\" is missing"),
        mistake("max_chars: 100", "region: CN", 13, "\"region\" belongs to type phone, not to"),
        mistake("max_chars: 100", "max_chars: 0", 13, "a whole number from 1"),
        mistake("max_chars: 100", "max_chars: many", 13, "a whole number from 1"),
        mistake("max_bytes: 1000", "max_bytes: 999999999", 14, "a whole number from 1"),
        mistake("max_bytes: 1000", "mask: full", 14, "an image is shown or hidden"),
        mistake("mask: full", "mask: some", 15, "one of [none, full, first, last-four]"),
        mistake("min: 0", "min: 10", 16, "\"max\" is less than \"min\""),
        mistake("values: {male: [M], female: [F]}, ", "", 12, "the key \"values\" is missing"),
        mistake("{male: [M], female: [F]}", "[]", 12, "an enum has values"),
        mistake(
            "{male: [M], female: [F]}", "{male: [M], female: [m]}", 12, "stands for two values"),
        mistake("{male: [M], female: [F]}", "{male: [Female], female: []}", 12, "for two values"),
        mistake("{male: [M], female: [F]}", "[male, male]", 12, "stands here twice"),
        mistake("{male: [M], female: [F]}", "[male, MALE]", 12, "stands for two values"),
        mistake("{male: [M], female: [F]}", "{male: }", 12, "a word without needless"),
        // Indexes: what has few values gives them away by its counts.
        mistake("  - phone", "  - phones", 18, "there is no field named \"phones\""),
        mistake("  - phone", "  - full_name", 18, "\"full_name\" cannot be indexed alone"),
        mistake("  - phone", "  - born", 18, "\"born\" cannot be indexed alone"),
        mistake("  - phone", "  - sex", 18, "\"sex\" cannot be indexed alone"),
        mistake("  - phone", "  - note", 18, "\"note\" cannot be indexed alone"),
        mistake("  - phone", "  - [count]", 18, "\"count\" cannot be indexed alone"),
        mistake("  - phone", "  - [phone, face]", 18, "an image cannot be indexed"),
        mistake("  - phone", "  - [sex, born]", 18, "too few values to be indexed"),
        mistake("  - phone", "  - [phone, phone]", 18, "each once"),
        mistake("  - phone", "  - []", 18, "each once"),
        mistake("  - phone", "  - [born, full_name]", 19, "this index is declared twice"),
        mistake("  - phone", "  - {on: phone}", 18, "a list is expected"),
        // Checks.
        mistake("check: sex_agrees", "check: sex", 22, "[birth_date_agrees, sex_agrees, not_in"),
        mistake("check: sex_agrees, ", "", 22, "the key \"check\" is missing"),
        mistake("outcome: error", "outcome: fatal", 21, "one of [warning, error]"),
        mistake(", outcome: error", "", 21, "the key \"outcome\" is missing"),
        mistake("field: sex, with: id", "field: sex", 22, "the key \"with\" is missing"),
        mistake("field: sex, with: id", "field: sex, with: phone", 22, "needs a field of type cn"),
        mistake(
            "field: sex, with: id", "field: born, with: id", 22, "needs an enum with the values"),
        mistake(
            "field: born, with: id", "field: sex, with: id", 21, "birth_date_agrees needs a date"),
        mistake("field: born, with: id", "field: birth, with: id", 21, "there is no field named"),
        mistake("not_in_future, field: born", "not_in_future, field: sex", 23, "needs a date or a"),
        mistake("born, outcome: warning", "born, with: id, outcome: warning", 23, "one field only"),
        mistake("born, outcome: warning", "born, when: now, outcome: error", 23, "unknown key"));
  }

  private static Arguments mistake(String good, String bad, int line, String reason) {
    assertThat(GOOD).contains(good);
    int at = GOOD.indexOf(good);
    String yaml = GOOD.substring(0, at) + bad + GOOD.substring(at + good.length());
    return Arguments.of(bad, yaml, line, reason);
  }

  @ParameterizedTest(name = "line {2}: {3}")
  @MethodSource("mistakes")
  void parse_withAMistake_namesItsLine(String bad, String yaml, int line, String reason) {
    VaultException error =
        catchThrowableOfType(
            VaultException.class,
            () -> CollectionSpec.parse("visits.yaml", yaml, Map.of(), CollectionSpecTest.CLOCK));
    assertThat(error).as(bad).isNotNull();
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_DECLARATION);
    assertThat(error).hasMessageStartingWith("visits.yaml:" + line + ": ");
    assertThat(error).hasMessageContaining(reason);
  }

  @Test
  void parse_noFieldsAtAll_isRefused() {
    String yaml = GOOD.substring(0, GOOD.indexOf("  - {name: id")) + "  []\n";
    VaultException error =
        catchThrowableOfType(
            VaultException.class,
            () -> CollectionSpec.parse("visits.yaml", yaml, Map.of(), CollectionSpecTest.CLOCK));
    assertThat(error).hasMessageContaining("from 1 to 200 fields");
  }
}
