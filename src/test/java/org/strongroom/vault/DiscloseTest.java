package org.strongroom.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.strongroom.audit.Denial;
import org.strongroom.audit.Entry;
import org.strongroom.audit.LogQuery;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.policy.Denied;
import org.strongroom.policy.Permission;
import org.strongroom.policy.View;
import org.strongroom.store.Table;

/** Who sees what, and what the log says of it. */
final class DiscloseTest {
  private final World world = World.inMemory();
  private Id subject = new Id(0, 0);

  @BeforeEach
  void keepOne() {
    subject =
        world
            .keep(
                world.record(
                    "residents",
                    "resident_id",
                    People.residentId(1),
                    "name",
                    "欧阳锋",
                    "ethnicity",
                    "汉",
                    "phone",
                    "13812345678",
                    "email",
                    "feng@example.cn"))
            .subject();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Answer.Match shownTo(Actor actor, Asking ask) {
    List<Answer.Match> matches = world.matches(actor, ask.person(1));
    assertThat(matches).hasSize(1);
    return matches.get(0);
  }

  // ---- views -------------------------------------------------------------------------------

  @Test
  void disclose_toAClerk_showsTheNameAndMasksTheRest() {
    Answer.Match match = shownTo(People.CLERK, new Asking());

    assertThat(match.fields())
        .isEqualTo(
            Map.of(
                "name",
                "欧阳锋",
                "resident_id",
                "110101**********" + People.residentId(1).substring(16),
                "phone",
                "***5678",
                "email",
                "f***@example.cn"));
    assertThat(match.views())
        .containsEntry("name", View.CLEAR)
        .containsEntry("phone", View.MASKED)
        .containsEntry("ethnicity", View.HIDDEN);
    assertThat(match.subject()).isEqualTo(subject);
    assertThat(match.version()).isEqualTo(1);
    assertThat(match.keptAt()).isEqualTo(world.clock.instant());
  }

  @Test
  void disclose_toAnOfficer_clearsWhatIsOrdinaryAndMasksWhatIsSensitive() {
    Answer.Match match = shownTo(People.OFFICER, Asking.caseWork());

    assertThat(match.fields())
        .containsEntry("phone", "+8613812345678")
        .containsEntry("ethnicity", "***");
    assertThat(match.views()).containsEntry("ethnicity", View.MASKED);
  }

  @Test
  void disclose_toAnInvestigator_clearsAll() {
    assertThat(shownTo(People.INVESTIGATOR, Asking.seriousCrime()).fields())
        .containsEntry("ethnicity", "han");
  }

  @Test
  void disclose_hiddenFields_doNotTellWhetherThereIsAValue() {
    world.keep(world.resident(2, "欧阳锋", "13812345678"));

    Answer.Match with = shownTo(People.CLERK, new Asking());
    Answer.Match without = world.matches(People.CLERK, new Asking().person(2)).get(0);

    for (String field : List.of("ethnicity", "photo")) {
      assertThat(with.views()).containsEntry(field, View.HIDDEN);
      assertThat(without.views()).containsEntry(field, View.HIDDEN);
      assertThat(with.fields()).doesNotContainKey(field);
    }
  }

  @Test
  void disclose_numbersAndBooleans_areJsonValuesWhenClear() {
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
          - {name: weight, type: integer, class: ordinary}
          - {name: tame, type: boolean, class: sensitive}
        """);
    world.policies.apply(
        World.ROOT,
        "policy.yaml",
        """
        purposes:
          - {purpose: audit, description: Look, legal-basis: Art. 1}
        roles:
          - role: clerk
            description: Serves
            acts: [keep]
            grants:
              - {purpose: audit, collection: pets, search: [chip], show: {"*": clear}}
        """);
    world.keep(
        world.record(
            "pets", "chip", "C1", "owner", People.residentId(1), "weight", "-07", "tame", "yes"));

    assertThat(
            world
                .matches(People.CLERK, new Asking().of("pets").purpose("audit").where("chip", "C1"))
                .get(0)
                .fields())
        .containsEntry("weight", -7L)
        .containsEntry("tame", true);
  }

  @Test
  void disclose_sensitivePartAllHidden_isNotEvenOpened() {
    Bytes key = world.versions().keySet().iterator().next();
    byte[] value = world.row(Table.RECORDS, key).clone();
    // The sensitive part comes last.
    value[value.length - 1] ^= 1;
    world.overwrite(Table.RECORDS, key, value);

    assertThat(shownTo(People.CLERK, new Asking()).fields()).containsEntry("name", "欧阳锋");
    assertThatThrownBy(() -> shownTo(People.OFFICER, Asking.caseWork()))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
  }

  @Test
  void disclose_manyRecordsOfOneSubject_unwrapsItsKeyOnce() {
    for (int i = 0; i < 5; i++) {
      world.keep(world.caseOf(1, "K-" + i, "theft"));
    }
    int before = world.custody.unwraps();

    assertThat(world.matches(People.OFFICER, Asking.caseWork().of("cases").about(subject)))
        .hasSize(5);

    assertThat(world.custody.unwraps()).isEqualTo(before + 1);
  }

  @Test
  void disclose_subjectWhoseKeyIsGone_showsNothing() {
    world.delete(Table.RECORDS, Bytes.owned(Layout.dataKey(subject)));

    assertThat(world.matches(People.CLERK, new Asking().person(1))).isEmpty();
  }

  // ---- past versions -----------------------------------------------------------------------

  @Test
  void disclose_history_isForThoseEntitledOnly() {
    world.keep(world.resident(1, "欧阳锋", "13800000009"));

    Answer.Refused refused = world.refused(People.OFFICER, Asking.caseWork().person(1).history());
    List<Answer.Match> versions =
        world.matches(People.INVESTIGATOR, Asking.seriousCrime().person(1).history());

    assertThat(refused.code()).isEqualTo(Denied.HISTORY_NOT_GRANTED);
    assertThat(versions).extracting(Answer.Match::version).containsExactly(2, 1);
    assertThat(versions)
        .extracting(match -> match.fields().get("phone"))
        .containsExactly("+8613800000009", "+8613812345678");
    assertThat(world.matches(People.INVESTIGATOR, Asking.seriousCrime().person(1)))
        .extracting(Answer.Match::version)
        .containsExactly(2);
  }

  // ---- the log -----------------------------------------------------------------------------

  @Test
  void disclose_isLoggedWithWhoWhyWhatAndWhom() {
    Answer.Disclosed answer =
        world.disclosed(People.OFFICER, Asking.caseWork().reason("  case 9 ").person(1));

    Entry entry = world.log().get((int) answer.receipt().index());
    assertThat(entry)
        .isEqualTo(
            new Entry(
                Entry.Kind.DISCLOSURE,
                world.clock.instant(),
                new Entry.By(People.OFFICER.id(), "officer.wang", "officer"),
                new Entry.About("residents", List.of(subject), 1),
                new Entry.Basis("case-work", "case 9", "resident_id", World.views(entry)),
                null,
                null));
    assertThat(World.views(entry))
        .containsEntry("name", "clear")
        .containsEntry("ethnicity", "masked");
    assertThat(answer.receipt().log()).isEqualTo(world.header.origin());
  }

  @Test
  void disclose_hiddenFields_areNotLoggedAsShown() {
    world.disclosed(People.CLERK, new Asking().person(1));

    assertThat(World.views(world.lastEntry()))
        .containsEntry("name", "clear")
        .doesNotContainKeys("ethnicity", "photo");
  }

  @Test
  void disclose_ofNothing_isLoggedToo() {
    Answer.Disclosed answer = world.disclosed(People.CLERK, new Asking().person(2));

    assertThat(answer.matches()).isEmpty();
    Entry entry = world.lastEntry();
    assertThat(entry.kind()).isEqualTo(Entry.Kind.DISCLOSURE);
    assertThat(entry.about()).isEqualTo(new Entry.About("residents", List.of(), 0));
  }

  @Test
  void disclose_toTheLog_neverTellsWhatWasSearchedFor() {
    world.disclosed(People.CLERK, new Asking().where("phone", "13812345678"));

    assertThat(world.lastEntry().toString()).doesNotContain("13812345678").contains("phone");
  }

  @Test
  void disclose_whenTheEntryCannotBeKept_opensNothing() {
    int unwraps = world.custody.unwraps();
    world.store.intercept(
        (batch, durability, really) -> {
          throw new VaultException(ErrorCode.STORE_FAILED, "no space left");
        });

    assertThatThrownBy(() -> world.disclosed(People.CLERK, new Asking().person(1)))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_FAILED));
    assertThat(world.custody.unwraps()).isEqualTo(unwraps);
  }

  @Test
  void disclose_beforeAnythingIsOpened_theEntryIsWrittenAndSynced() {
    List<Integer> unwrapsAtWrite = new ArrayList<>();
    int unwraps = world.custody.unwraps();
    world.store.intercept(
        (batch, durability, really) -> {
          really.run();
          if (batch.changes().stream().anyMatch(c -> c.table() == Table.AUDIT_ENTRIES)) {
            assertThat(durability.name()).isEqualTo("SYNCED");
            unwrapsAtWrite.add(world.custody.unwraps());
          }
        });

    world.disclosed(People.CLERK, new Asking().person(1));

    assertThat(unwrapsAtWrite).containsExactly(unwraps);
    assertThat(world.custody.unwraps()).isEqualTo(unwraps + 1);
  }

  // ---- denials -----------------------------------------------------------------------------

  @Test
  void disclose_denied_isLoggedWithItsCode() {
    Map<String, Answer.Refused> denials =
        Map.of(
            Denied.UNKNOWN_PURPOSE,
            world.refused(People.CLERK, new Asking().purpose("curiosity").person(1)),
            Denied.PURPOSE_NOT_GRANTED,
            world.refused(People.CLERK, new Asking().purpose("case-work").person(1)),
            Denied.COLLECTION_NOT_GRANTED,
            world.refused(People.CLERK, new Asking().of("cases").person(1)),
            Denied.INDEX_NOT_GRANTED,
            world.refused(People.CLERK, new Asking().about(subject)),
            Denied.REASON_REQUIRED,
            world.refused(People.OFFICER, Asking.caseWork().reason("  ").person(1)));

    List<Entry> log = world.log();
    denials.forEach(
        (code, refused) -> {
          assertThat(refused.code()).isEqualTo(code);
          Entry entry = log.get((int) refused.receipt().index());
          assertThat(entry.kind()).isEqualTo(Entry.Kind.DENIAL);
          assertThat(entry.outcome()).isEqualTo(code);
          assertThat(entry.about())
              .isEqualTo(
                  new Entry.About(
                      code.equals(Denied.COLLECTION_NOT_GRANTED) ? "cases" : "residents",
                      List.of(),
                      0));
        });
  }

  @Test
  void disclose_toWhomHasNoRole_isDeniedAndOpensNothing() {
    int unwraps = world.custody.unwraps();
    for (Actor actor : List.of(People.NOBODY, People.OPERATOR, People.ADMINISTRATOR)) {
      for (Asking ask :
          List.of(new Asking(), Asking.caseWork(), Asking.seriousCrime(), new Asking().history())) {
        assertThat(world.refused(actor, ask.person(1)).code())
            .isIn(Denied.PURPOSE_NOT_GRANTED, Denied.HISTORY_NOT_GRANTED);
      }
    }
    assertThat(world.custody.unwraps()).isEqualTo(unwraps);
  }

  @Test
  void disclose_toWhomAdministersAsWell_isDenied() {
    Actor both =
        new Actor(new Id(9, 9), "both", Set.of("administrator", "investigator"), Actor.Kind.USER);

    assertThat(world.refused(both, Asking.seriousCrime().person(1)).code())
        .isEqualTo(Denied.DUTIES_NOT_SEPARATED);
  }

  @Test
  void disclose_deniedQuestionWithABadValue_doesNotSayThatItIsBad() {
    assertThat(world.refused(People.NOBODY, new Asking().where("phone", "not a phone")).code())
        .isEqualTo(Denied.PURPOSE_NOT_GRANTED);
  }

  @Test
  void require_byOperator_holdsForRunningTheVaultAlone() {
    for (Permission permission : Permission.values()) {
      boolean shows =
          Set.of(
                  Permission.READ_AUDIT,
                  Permission.OPEN_REJECTS,
                  Permission.CHECK_LEAK,
                  Permission.NOTIFY_AFFECTED,
                  Permission.LOOK_UP_LEAK,
                  Permission.PLANT_CANARIES)
              .contains(permission);
      if (shows) {
        assertThatThrownBy(() -> world.vault.require(People.OPERATOR, permission))
            .isInstanceOfSatisfying(
                Denial.class,
                e -> {
                  assertThat(e.code()).isEqualTo(ErrorCode.DENIED);
                  assertThat(e.receipt().index()).isEqualTo(world.log().size() - 1);
                  assertThat(e.receipt().log()).isEqualTo(world.header.origin());
                });
        assertThat(world.lastEntry().kind()).isEqualTo(Entry.Kind.DENIAL);
        assertThat(world.lastEntry().outcome()).isEqualTo(permission.text());
      } else {
        world.vault.require(People.OPERATOR, permission);
      }
    }
  }

  // ---- the rows that lead to entries -------------------------------------------------------

  @Test
  void log_aboutASubjectOrActor_leadsToTheEntries() throws IOException {
    long disclosed = world.disclosed(People.CLERK, new Asking().person(1)).receipt().index();
    long nothing = world.disclosed(People.CLERK, new Asking().person(2)).receipt().index();
    long refused =
        world.refused(People.CLERK, new Asking().of("cases").person(1)).receipt().index();

    List<Long> about = entries(null, subject);
    assertThat(about).contains(disclosed).doesNotContain(nothing, refused);
    assertThat(entries(People.CLERK.id(), null)).contains(disclosed, nothing, refused);
    assertThat(entries(People.OFFICER.id(), null)).isEmpty();
    // The oldest is the write that made the subject.
    Entry first = world.log().get(about.get(about.size() - 1).intValue());
    assertThat(first.kind()).isEqualTo(Entry.Kind.WRITE);
  }

  private List<Long> entries(@Nullable Id actor, @Nullable Id about) throws IOException {
    List<Long> out = new ArrayList<>();
    world.reader.walk(
        new LogQuery(null, null, actor, about, null, null),
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        (index, entry) -> out.add(index));
    return out;
  }

  /** Whoever reads the disk, but has no key, must not see who had to do with whom. */
  @Test
  void log_rowsThatLeadToEntries_holdNoId() {
    world.disclosed(People.CLERK, new Asking().person(1));

    assertThat(world.rows(Table.AUDIT_ABOUT)).isNotEmpty();
    for (Bytes key : world.rows(Table.AUDIT_ABOUT).keySet()) {
      assertThat(key.length()).isEqualTo(24);
      assertThat(Id.read(key.toArray(), 0))
          .isNotIn(subject, People.CLERK.id(), People.OPERATOR.id());
    }
  }

  // ---- rejects -----------------------------------------------------------------------------

  @Test
  void openRejects_byWhoMay_isLoggedFirst() {
    byte[] ciphertext = world.vault.sealReject("欧阳锋,13812345678".getBytes(UTF_8));
    assertThat(new String(ciphertext, UTF_8)).doesNotContain("13812345678");

    assertThat(world.vault.openRejects(People.PROTECTION_OFFICER, List.of(ciphertext)).opened())
        .containsExactly("欧阳锋,13812345678".getBytes(UTF_8));
    assertThat(world.lastEntry().kind()).isEqualTo(Entry.Kind.DISCLOSURE);
    assertThat(world.lastEntry().by().name()).isEqualTo("officer.sun");
  }

  @Test
  void openRejects_byOthers_isDenied() {
    byte[] ciphertext = world.vault.sealReject(new byte[] {1});
    for (Actor actor : List.of(People.OPERATOR, People.ADMINISTRATOR, People.CLERK)) {
      assertThatThrownBy(() -> world.vault.openRejects(actor, List.of(ciphertext)))
          .isInstanceOfSatisfying(
              VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DENIED));
    }
  }

  @Test
  void openRejects_ofAnotherVault_isCorrupt() {
    try (World other = World.inMemory()) {
      byte[] foreign = other.vault.sealReject(new byte[] {1});
      assertThatThrownBy(() -> world.vault.openRejects(People.PROTECTION_OFFICER, List.of(foreign)))
          .isInstanceOfSatisfying(
              VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
    }
  }

  // ---- what prints -------------------------------------------------------------------------

  @Test
  void toString_ofWhateverHoldsPersonalData_isRedacted() {
    Answer.Disclosed answer = world.disclosed(People.INVESTIGATOR, Asking.seriousCrime().person(1));
    List<Object> all = new ArrayList<>();
    all.add(answer);
    all.addAll(answer.matches());
    all.add(FindResponse.of(answer));
    all.addAll(FindResponse.of(answer).matches());
    all.add(Asking.caseWork().where("phone", "13812345678").reason("欧阳锋").question());
    all.add(
        new FindRequest(
            Map.of("phone", "13812345678"), null, "identity-check", "欧阳锋", null, null, null));
    all.add(
        new Vault.ImageQuestion(
            "residents",
            subject,
            RecordId.ONLY,
            "photo",
            "identity-check",
            Optional.of("欧阳锋 13812345678")));
    all.add(world.catalogue.shelf("residents"));
    all.add(
        world.catalogue.shelf("residents").identity().sought(new String[] {People.residentId(1)}));
    all.add(world.keep(world.resident(1, "欧阳锋", "13812345678")));

    assertThat(all)
        .allSatisfy(
            each ->
                assertThat(each.toString())
                    .doesNotContain("欧阳锋")
                    .doesNotContain("12345678")
                    .doesNotContain("han")
                    .doesNotContain(People.residentId(1)));
  }
}
