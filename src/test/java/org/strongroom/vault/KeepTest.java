package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.strongroom.audit.Entry;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.policy.Permission;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.ValidRecord;

final class KeepTest {
  private final World world = World.inMemory();

  @AfterEach
  void close() {
    world.close();
  }

  private Map<String, Object> person(int i) {
    return world.only("residents", Map.of("resident_id", People.residentId(i)));
  }

  @Test
  void keep_newPerson_makesVersionOne() {
    Kept kept = world.keep(world.resident(1, "李梅", "138 0000 0001"));

    assertThat(kept.what()).isEqualTo(Kept.What.KEPT);
    assertThat(kept.version()).isEqualTo(1);
    assertThat(person(1))
        .isEqualTo(
            Map.of("resident_id", People.residentId(1), "name", "李梅", "phone", "+8613800000001"));
  }

  @Test
  void keep_changedRecord_makesNextVersionOfSameRecord() {
    Kept first = world.keep(world.resident(1, "李梅", People.phone(1)));
    Kept second = world.keep(world.resident(1, "李梅", People.phone(2)));

    assertThat(second.what()).isEqualTo(Kept.What.UPDATED);
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.subject()).isEqualTo(first.subject());
    assertThat(second.record()).isEqualTo(first.record());
    assertThat(person(1)).containsEntry("phone", "+8613800000002");
  }

  @Test
  void keep_sameValuesWrittenOtherwise_changesNothing() {
    world.keep(world.resident(1, "Anna Berg", "13800000001"));
    int versions = world.versions().size();
    Kept again = world.keep(world.resident(1, " Anna  Berg ", "+86 138-0000-0001"));

    assertThat(again.what()).isEqualTo(Kept.What.UNCHANGED);
    assertThat(again.version()).isEqualTo(1);
    assertThat(world.versions()).hasSize(versions);
    assertThat(world.lastEntry().written()).isNull();
  }

  @Test
  void keep_recordWithoutAFieldItHad_dropsTheField() {
    world.keep(
        world.record(
            "residents",
            "resident_id",
            People.residentId(1),
            "name",
            "李梅",
            "phone",
            People.phone(1),
            "ethnicity",
            "汉"));
    Kept kept =
        world.keep(
            world.record(
                "residents", "resident_id", People.residentId(1), "name", "李梅", "email", "a@b.cn"));

    assertThat(kept.what()).isEqualTo(Kept.What.UPDATED);
    assertThat(person(1)).containsOnlyKeys("resident_id", "name", "email");
  }

  @Test
  void keep_samePersonAgainAndAgainInOneBatch_appliesInOrder() {
    ValidRecord a = world.resident(1, "A", People.phone(1));
    ValidRecord b = world.resident(1, "B", People.phone(2));

    List<Kept> kept = world.keepAll(a, b, a, a);

    assertThat(kept)
        .extracting(Kept::what)
        .containsExactly(Kept.What.KEPT, Kept.What.UPDATED, Kept.What.UPDATED, Kept.What.UNCHANGED);
    assertThat(kept).extracting(Kept::version).containsExactly(1, 2, 3, 3);
    assertThat(kept).extracting(Kept::subject).containsOnly(kept.get(0).subject());
    assertThat(person(1)).containsEntry("name", "A");
    assertThat(world.investigate("residents", Map.of("phone", People.phone(1)))).hasSize(1);
    assertThat(world.investigate("residents", Map.of("phone", People.phone(2)))).isEmpty();
  }

  @Test
  void keep_heldPersonChangedAndChangedBackInOneBatch_appliesInOrder() {
    ValidRecord a = world.resident(1, "A", People.phone(1));
    ValidRecord b = world.resident(1, "B", People.phone(2));
    world.keep(a);

    List<Kept> kept = world.keepAll(a, b, a);

    assertThat(kept)
        .extracting(Kept::what)
        .containsExactly(Kept.What.UNCHANGED, Kept.What.UPDATED, Kept.What.UPDATED);
    assertThat(kept).extracting(Kept::version).containsExactly(1, 2, 3);
    assertThat(world.investigate("residents", Map.of("phone", People.phone(1)))).hasSize(1);
    assertThat(world.investigate("residents", Map.of("phone", People.phone(2)))).isEmpty();
  }

  @Test
  void keep_sameCaseAgainAndAgainInOneBatch_appliesInOrder() {
    ValidRecord a = world.caseOf(1, "K-1", "first");
    ValidRecord b = world.caseOf(1, "K-1", "second");

    List<Kept> kept = world.keepAll(a, b, a, a);

    assertThat(kept).extracting(Kept::version).containsExactly(1, 2, 3, 3);
    assertThat(kept).extracting(Kept::record).containsOnly(kept.get(0).record());
    assertThat(world.only("cases", Map.of("case_number", "K-1"))).containsEntry("title", "first");
  }

  @Test
  void keep_twoCasesOfOnePersonInOneBatch_areTwoRecordsOfOneSubject() {
    List<Kept> kept =
        world.keepAll(world.caseOf(1, "K-1", "first"), world.caseOf(1, "K-2", "second"));

    assertThat(kept).extracting(Kept::what).containsOnly(Kept.What.KEPT);
    assertThat(kept.get(0).subject()).isEqualTo(kept.get(1).subject());
    assertThat(kept.get(0).record()).isNotEqualTo(kept.get(1).record());
    assertThat(world.dataKeys()).hasSize(1);
  }

  @Test
  void keep_longText_comesBackWhole() {
    String report = "目击者说，".repeat(15_000);
    world.keep(
        world.record(
            "cases", "case_number", "K-1", "resident_id", People.residentId(1), "report", report));

    assertThat(world.only("cases", Map.of("case_number", "K-1"))).containsEntry("report", report);
  }

  @Test
  void keep_nothing_isAnEntryOfNothing() {
    Kept.Batch batch = world.vault.keep(People.CLERK, Permission.KEEP, "residents", List.of());

    assertThat(batch.records()).isEmpty();
    Entry entry = world.lastEntry();
    assertThat(entry.kind()).isEqualTo(Entry.Kind.WRITE);
    assertThat(entry.written()).isNull();
  }

  @Test
  void keep_doubtfulRecord_isKeptWithItsWarning() {
    Kept kept =
        world.keep(
            world.record(
                "residents",
                "resident_id",
                People.residentId(1),
                "name",
                "李梅",
                "date_of_birth",
                "1991-01-01"));

    assertThat(kept.what()).isEqualTo(Kept.What.KEPT);
    assertThat(kept.problems()).hasSize(1);
  }

  @Test
  void keep_byWhomMayNot_isDeniedAndLogged() {
    List<ValidRecord> records = List.of(world.resident(1, "李梅", People.phone(1)));

    assertThatThrownBy(
            () -> world.vault.keep(People.INVESTIGATOR, Permission.KEEP, "residents", records))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DENIED));
    assertThat(world.versions()).isEmpty();
    assertThat(world.lastEntry().kind()).isEqualTo(Entry.Kind.DENIAL);
    assertThat(world.lastEntry().by().name()).isEqualTo("investigator.zhao");
  }

  @Test
  void keep_whenTheStoreFails_failsAndKeepsNothing() {
    ValidRecord record = world.resident(1, "李梅", People.phone(1));
    world.store.intercept(
        (batch, durability, really) -> {
          throw new VaultException(ErrorCode.STORE_FAILED, "no space left");
        });

    assertThatThrownBy(() -> world.keep(record))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_FAILED));
    world.store.intercept((batch, durability, really) -> really.run());
    assertThat(world.versions()).isEmpty();
    assertThat(world.keep(record).what()).isEqualTo(Kept.What.KEPT);
  }

  @Test
  void keep_recordCheckedByAnEarlierDeclaration_isRefused() {
    ValidRecord record = world.resident(1, "李梅", People.phone(1));
    String yaml = CollectionSpec.builtInYaml("residents");
    // A new first field moves every position.
    world.catalogue.apply(
        World.ROOT,
        "residents.yaml",
        yaml.replace(
            "\nfields:\n", "\nfields:\n  - {name: nickname, type: name, class: ordinary}\n"));

    assertThatThrownBy(() -> world.keep(record))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    assertThat(world.versions()).isEmpty();
    assertThat(world.keep(world.resident(1, "李梅", People.phone(1))).what())
        .isEqualTo(Kept.What.KEPT);
  }

  @Test
  void keep_afterAnotherCollectionWasDeclared_goesOn() {
    ValidRecord record = world.resident(1, "李梅", People.phone(1));
    world.catalogue.apply(
        World.ROOT,
        "pets.yaml",
        """
        collection: pets
        subject: {kind: person, by: owner}
        records: many
        key: chip
        fields:
          - {name: chip, type: text, identifier: true, class: ordinary, required: true}
          - {name: owner, type: cn.resident_id, class: ordinary, required: true}
        """);

    assertThat(world.keep(record).what()).isEqualTo(Kept.What.KEPT);
  }
}
