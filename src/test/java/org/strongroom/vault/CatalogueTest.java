package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.strongroom.audit.Entry;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Field;
import org.strongroom.store.Table;

final class CatalogueTest {
  private static final String STAFF =
      """
      collection: staff
      subject: {kind: person, by: resident_id}
      records: many
      key: number
      fields:
        - {name: number, type: text, identifier: true, class: ordinary, required: true}
        - {name: resident_id, type: cn.resident_id, class: ordinary, required: true}
        - {name: rank, type: text, class: ordinary}
        - {name: badge, type: text, identifier: true, class: sensitive}
      indexes:
        - badge
      """;

  private World world = World.inMemory();

  @AfterEach
  void close() {
    world.close();
  }

  private int apply(String yaml) {
    return world.catalogue.apply(World.ROOT, "staff.yaml", yaml).version();
  }

  private static String with(String yaml, String field) {
    return yaml.replace("indexes:\n", "  - {name: " + field + "}\nindexes:\n");
  }

  private Map<String, Integer> tags(String collection) {
    Map<String, Integer> out = new TreeMap<>();
    for (Field field : world.catalogue.spec(collection).fields()) {
      out.put(field.name(), field.tag());
    }
    return out;
  }

  /** The numbers by which the indexes of all records begin, from the rows themselves. */
  private Set<Integer> indexNumbers() {
    Set<Integer> out = new HashSet<>();
    for (Bytes key : world.rows(Table.INDEX).keySet()) {
      byte[] row = key.toArray();
      out.add((row[0] & 0xff) << 8 | (row[1] & 0xff));
    }
    return out;
  }

  @Test
  void apply_newDeclaration_isVersionOneAndLogged() {
    assertThat(apply(STAFF)).isEqualTo(1);

    assertThat(world.catalogue.version("staff")).isEqualTo(1);
    Entry entry = world.lastEntry();
    assertThat(entry.kind()).isEqualTo(Entry.Kind.COLLECTION);
    assertThat(entry.outcome()).isEqualTo("staff version 1");
    assertThat(entry.by()).isEqualTo(World.ROOT);
  }

  @Test
  void apply_sameFileAgain_changesNothing() {
    apply(STAFF);
    int entries = world.log().size();
    int rows = world.rows(Table.META).size();

    assertThat(apply(STAFF)).isEqualTo(1);

    assertThat(world.log()).hasSize(entries);
    assertThat(world.rows(Table.META)).hasSize(rows);
  }

  @Test
  void apply_newField_isTheNextVersionAndOldRecordsStayReadable() {
    apply(STAFF);
    Kept old =
        world.keep(
            world.record(
                "staff", "number", "1", "resident_id", People.residentId(1), "rank", "captain"));

    assertThat(apply(with(STAFF, "desk, type: text, class: ordinary"))).isEqualTo(2);

    assertThat(world.lastEntry().outcome()).isEqualTo("staff version 2");
    Kept again =
        world.keep(
            world.record(
                "staff", "number", "1", "resident_id", People.residentId(1), "rank", "captain"));
    assertThat(again.what()).isEqualTo(Kept.What.UNCHANGED);
    Kept now =
        world.keep(
            world.record(
                "staff",
                "number",
                "1",
                "resident_id",
                People.residentId(1),
                "rank",
                "captain",
                "desk",
                "4"));
    assertThat(now.what()).isEqualTo(Kept.What.UPDATED);
    assertThat(now.subject()).isEqualTo(old.subject());
  }

  @Test
  void apply_fieldsInAnotherOrder_keepTheirTagsAndValues() {
    String one =
        """
        collection: staff
        subject: {kind: person, by: resident_id}
        records: one
        fields:
          - {name: resident_id, type: cn.resident_id, class: ordinary, required: true}
          - {name: rank, type: text, class: ordinary}
          - {name: post, type: text, class: ordinary}
        """;
    String other =
        """
        collection: staff
        subject: {kind: person, by: resident_id}
        records: one
        fields:
          - {name: nickname, type: text, class: ordinary}
          - {name: post, type: text, class: ordinary}
          - {name: rank, type: text, class: ordinary}
          - {name: resident_id, type: cn.resident_id, class: ordinary, required: true}
        """;
    apply(one);
    Map<String, Integer> before = tags("staff");
    world.keep(
        world.record(
            "staff", "resident_id", People.residentId(1), "rank", "captain", "post", "north"));

    apply(other);
    world = world.reopened();

    assertThat(tags("staff")).containsAllEntriesOf(before).hasSize(4);
    assertThat(
            world
                .keep(
                    world.record(
                        "staff",
                        "post",
                        "north",
                        "rank",
                        "captain",
                        "resident_id",
                        People.residentId(1)))
                .what())
        .isEqualTo(Kept.What.UNCHANGED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7|{name: rank, type: text, class: ordinary}|{name: grade, type: text, class: ordinary}|is"
            + " gone",
        "8|{name: rank, type: text, class: ordinary}|{name: rank, type: name, class: ordinary}|"
            + "another type",
        "8|{name: rank, type: text, class: ordinary}|{name: rank, type: text, identifier: true,"
            + " class: ordinary}|another type",
        "8|{name: rank, type: text, class: ordinary}|{name: rank, type: text, class: sensitive}|"
            + "another class",
        "1|key: number|key: [number, badge]|must be required",
        "1|- badge|- [badge, rank]|indexes differ",
        "1|kind: person|kind: organisation|differ",
      })
  void apply_changeThatRecordsWouldNotSurvive_isRefusedWithItsLine(
      int line, String from, String to, String why) {
    apply(STAFF);
    int entries = world.log().size();
    String changed = STAFF.replace(from, to);
    assertThat(changed).isNotEqualTo(STAFF);

    assertThatThrownBy(() -> apply(changed))
        .isInstanceOfSatisfying(
            VaultException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DECLARATION))
        .hasMessageMatching("(?s)staff.yaml:\\d+: .*")
        .hasMessageContaining(why);
    if (why.startsWith("another")) {
      assertThatThrownBy(() -> apply(changed)).hasMessageStartingWith("staff.yaml:" + line + ":");
    }
    assertThat(world.log()).hasSize(entries);
    assertThat(world.catalogue.version("staff")).isEqualTo(1);
  }

  @Test
  void apply_fileWithAMistake_isRefusedWithItsLine() {
    assertThatThrownBy(() -> apply(STAFF.replace("type: cn.resident_id", "type: passport")))
        .isInstanceOfSatisfying(
            VaultException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DECLARATION))
        .hasMessageStartingWith("staff.yaml:7:");
  }

  @Test
  void numbers_afterReopening_areNeverUsedAgain() {
    apply(STAFF);
    world.keep(
        world.record("staff", "number", "1", "resident_id", People.residentId(1), "badge", "B1"));
    Set<Integer> before = indexNumbers();
    world = world.reopened();

    apply(with(STAFF, "desk, type: text, class: ordinary"));
    String pets = STAFF.replace("staff", "pets");
    world.catalogue.apply(World.ROOT, "pets.yaml", pets);
    Map<Bytes, byte[]> rows = world.rows(Table.INDEX);
    world.keep(
        world.record("pets", "number", "1", "resident_id", People.residentId(1), "badge", "B1"));

    // The same person, hence the same identity row; key and badge lie under numbers of their own.
    Set<Integer> fresh = new HashSet<>();
    for (Bytes key : world.rows(Table.INDEX).keySet()) {
      if (!rows.containsKey(key)) {
        byte[] row = key.toArray();
        fresh.add((row[0] & 0xff) << 8 | (row[1] & 0xff));
      }
    }
    assertThat(fresh).hasSize(2).doesNotContainAnyElementsOf(before);
    assertThat(world.catalogue.shelf("pets").id())
        .isNotIn(
            List.of(
                world.catalogue.shelf("staff").id(),
                world.catalogue.shelf("residents").id(),
                world.catalogue.shelf("cases").id(),
                world.catalogue.shelf("activity").id()));
    assertThat(world.catalogue.version("staff")).isEqualTo(2);
    assertThat(tags("staff")).containsEntry("desk", 5);
  }

  @Test
  void reopened_hasTheSameDeclarationsAndFindsTheSameRecords() {
    world.keep(world.resident(1, "李梅", People.phone(1)));
    List<String> before = new ArrayList<>();
    world.catalogue.specs().forEach(spec -> before.add(spec.yaml()));

    world = world.reopened();

    assertThat(world.catalogue.specs()).extracting(CollectionSpec::yaml).isEqualTo(before);
    assertThat(world.investigate("residents", Map.of("phone", People.phone(1)))).hasSize(1);
  }

  @Test
  void reopened_withADeclarationThatWasMoved_refuses() {
    world.swap(
        Table.META,
        Bytes.owned(Layout.meta("collection/cases")),
        Bytes.owned(Layout.meta("collection/activity")));

    assertThatThrownBy(() -> world.reopened())
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
  }

  @Test
  void apply_afterAWriteThatSeemedToFail_findsItMade() {
    world.store.intercept(
        (batch, durability, really) -> {
          really.run();
          throw new VaultException(ErrorCode.STORE_FAILED, "the cable was pulled");
        });
    assertThatThrownBy(() -> apply(STAFF))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_FAILED));
    world.store.intercept((batch, durability, really) -> really.run());

    assertThat(apply(STAFF)).isEqualTo(1);
    assertThat(apply(with(STAFF, "desk, type: text, class: ordinary"))).isEqualTo(2);
  }

  @Test
  void spec_unknownName_isNotFound() {
    assertThatThrownBy(() -> world.catalogue.spec("pets"))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }
}
