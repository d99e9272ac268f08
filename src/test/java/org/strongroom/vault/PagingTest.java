package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;

/** Long answers: in order, without loss or repetition, and no longer than allowed. */
final class PagingTest {
  private final World world = World.inMemory();

  @AfterEach
  void close() {
    world.close();
  }

  private static List<String> versions(List<List<Answer.Match>> pages) {
    List<String> out = new ArrayList<>();
    for (List<Answer.Match> page : pages) {
      page.forEach(
          match -> out.add(match.subject() + "/" + match.record() + "/" + match.version()));
    }
    return out;
  }

  private static List<Object> fields(List<List<Answer.Match>> pages, String field) {
    List<Object> out = new ArrayList<>();
    pages.forEach(page -> page.forEach(match -> out.add(match.fields().get(field))));
    return out;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 12, 13, 20})
  void search_manyMatches_pagesWithoutLossOrRepetition(int limit) {
    Set<Object> everybody = new HashSet<>();
    for (int i = 0; i < 13; i++) {
      world.keep(world.resident(i, "邻居", People.phone(1)));
      everybody.add(People.residentId(i));
    }

    List<List<Answer.Match>> pages =
        world.pages(People.OFFICER, Asking.caseWork().where("phone", People.phone(1)), limit);

    assertThat(pages).hasSize((13 + limit - 1) / limit);
    assertThat(pages).allSatisfy(page -> assertThat(page.size()).isBetween(1, limit));
    assertThat(fields(pages, "resident_id")).hasSize(13).containsAll(everybody);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 20})
  void searchWithHistory_manyVersions_pagesWithoutLossOrRepetition(int limit) {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      for (int version = 0; version <= i; version++) {
        Kept kept = world.keep(world.resident(i, "邻居 " + (char) ('a' + version), People.phone(1)));
        all.add(kept.subject() + "/" + kept.record() + "/" + kept.version());
      }
    }

    List<List<Answer.Match>> pages =
        world.pages(
            People.INVESTIGATOR,
            Asking.seriousCrime().where("phone", People.phone(1)).history(),
            limit);

    assertThat(pages).allSatisfy(page -> assertThat(page.size()).isBetween(1, limit));
    assertThat(versions(pages)).hasSize(15).doesNotHaveDuplicates().containsAll(all);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 9, 10, 100})
  void listBySubject_casesOfAPerson_comeNewestFirst(int limit) {
    List<Object> newestFirst = new ArrayList<>();
    Id subject = new Id(0, 0);
    for (int i = 0; i < 10; i++) {
      subject = world.keep(world.caseOf(1, "K-" + i, "case " + i)).subject();
      newestFirst.add(0, "K-" + i);
      if (i % 3 == 0) {
        world.clock.advance(Duration.ofMinutes(1));
      }
    }
    // A change makes a new version; the record keeps its place.
    world.keep(world.caseOf(1, "K-4", "changed"));
    world.keep(world.caseOf(2, "K-other", "of somebody else"));

    Asking ask = Asking.caseWork().of("cases").about(subject);
    List<List<Answer.Match>> pages = world.pages(People.OFFICER, ask, limit);

    assertThat(fields(pages, "case_number")).isEqualTo(newestFirst);
    assertThat(pages).allSatisfy(page -> assertThat(page.size()).isBetween(1, limit));
  }

  @Test
  void listBySubject_afterTheClockWasSetBack_stillComesNewestFirst() {
    world.clock.advance(Duration.ofHours(1));
    world.keepAll(world.caseOf(1, "K-0", "case"), world.caseOf(1, "K-1", "case"));
    World again = world.reopened();
    again.clock.advance(Duration.ofHours(-1));

    again.keepAll(again.caseOf(1, "K-2", "case"), again.caseOf(1, "K-3", "case"));
    again.keep(again.caseOf(1, "K-4", "case"));

    assertThat(
            fields(
                again.pages(People.OFFICER, Asking.caseWork().of("cases").person(1), 9),
                "case_number"))
        .containsExactly("K-4", "K-3", "K-2", "K-1", "K-0");
    again.close();
  }

  @Test
  void find_activityById_comesNewestFirst() {
    for (int i = 0; i < 5; i++) {
      world.keep(
          world.record(
              "activity",
              "event_id",
              "E" + i,
              "resident_id",
              People.residentId(1),
              "at",
              "2026-01-0" + (5 - i) + "T00:00:00Z"));
    }

    List<List<Answer.Match>> pages =
        world.pages(People.OFFICER, Asking.caseWork().of("activity").person(1), 2);

    assertThat(fields(pages, "event_id")).containsExactly("E4", "E3", "E2", "E1", "E0");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 6, 100})
  void listWithHistory_manyVersions_pagesNewestFirst(int limit) {
    for (int version = 1; version <= 3; version++) {
      world.keep(world.caseOf(1, "K-1", "old " + version));
      world.keep(world.caseOf(1, "K-2", "new " + version));
    }

    List<List<Answer.Match>> pages =
        world.pages(
            People.INVESTIGATOR, Asking.seriousCrime().of("cases").person(1).history(), limit);

    assertThat(fields(pages, "title"))
        .containsExactly("new 3", "new 2", "new 1", "old 3", "old 2", "old 1");
    assertThat(pages).allSatisfy(page -> assertThat(page.size()).isBetween(1, limit));
  }

  @Test
  void historyOfOneCase_paged_comesNewestFirst() {
    for (int version = 1; version <= 5; version++) {
      world.keep(world.caseOf(1, "K-1", "version " + version));
    }

    List<List<Answer.Match>> pages =
        world.pages(
            People.INVESTIGATOR,
            Asking.seriousCrime().of("cases").where("case_number", "K-1").history(),
            2);

    assertThat(fields(pages, "title"))
        .containsExactly("version 5", "version 4", "version 3", "version 2", "version 1");
  }

  @Test
  void page_afterWhichSomethingNewCame_goesOnWhereItWas() {
    for (int i = 0; i < 4; i++) {
      world.keep(world.caseOf(1, "K-" + i, "case"));
    }
    Asking ask = Asking.caseWork().of("cases").person(1).limit(2);
    Answer.Disclosed first = world.disclosed(People.OFFICER, ask);
    world.keep(world.caseOf(1, "K-new", "case"));
    world.keep(world.caseOf(1, "K-1", "changed"));

    Answer.Disclosed second = world.disclosed(People.OFFICER, ask.after(first.next()));

    assertThat(second.matches())
        .extracting(match -> match.fields().get("case_number"))
        .containsExactly("K-1", "K-0");
    assertThat(second.matches().get(0).version()).isEqualTo(2);
    assertThat(second.next()).isEmpty();
  }

  @Test
  void limit_beyondWhatThePolicyAllows_isCutToIt() {
    Id subject = new Id(0, 0);
    for (int i = 0; i < 25; i++) {
      subject = world.keep(world.resident(i, "邻居", People.phone(1))).subject();
      world.keep(world.resident(24, "邻居 " + (char) ('a' + i), People.phone(1)));
    }

    // Both grants allow 20 matches.
    Answer.Disclosed search =
        world.disclosed(People.CLERK, new Asking().where("phone", People.phone(1)).limit(900));
    Answer.Disclosed history =
        world.disclosed(
            People.INVESTIGATOR,
            Asking.seriousCrime().where("phone", People.phone(1)).history().limit(900));
    Answer.Disclosed listing =
        world.disclosed(
            People.INVESTIGATOR, Asking.seriousCrime().about(subject).history().limit(900));

    assertThat(search.matches()).hasSize(20);
    assertThat(search.next()).isPresent();
    assertThat(history.matches()).hasSize(20);
    assertThat(history.next()).isPresent();
    assertThat(listing.matches()).hasSize(20);
    assertThat(listing.next()).isPresent();
  }

  @Test
  void next_exactlyAtTheEnd_isAbsent() {
    world.keep(world.resident(1, "邻居", People.phone(1)));
    world.keep(world.resident(2, "邻居", People.phone(1)));

    assertThat(
            world
                .disclosed(People.CLERK, new Asking().where("phone", People.phone(1)).limit(2))
                .next())
        .isEmpty();
  }

  @Test
  void next_ofASearch_namesNobodyWhoWasNotShown() {
    Set<String> shown = new HashSet<>();
    world.keep(world.resident(1, "邻居", People.phone(1)));
    world.keep(world.resident(2, "邻居", People.phone(1)));
    Answer.Disclosed page =
        world.disclosed(People.CLERK, new Asking().where("phone", People.phone(1)).limit(1));
    page.matches().forEach(match -> shown.add(match.subject().toString()));

    assertThat(page.next().orElseThrow()).startsWith(shown.iterator().next());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "00", "0000000000000000fffffffe", "ffffffffffffffffffffffff"})
  void after_thatNamesAVersion_isRefusedToWhomMaySeeOnlyTheNewest(String token) {
    world.keep(world.caseOf(1, "K-1", "past"));
    world.keep(world.caseOf(1, "K-1", "present"));

    assertThatThrownBy(
            () ->
                world.disclosed(
                    People.OFFICER,
                    Asking.caseWork().of("cases").person(1).after(Optional.of(token))))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST));
  }

  @Test
  void after_madeUpOfARecord_neverReachesAPastVersion() {
    Kept kept = world.keep(world.caseOf(1, "K-1", "past"));
    world.keep(world.caseOf(1, "K-1", "present"));
    long record = kept.record().value();

    for (long guess : new long[] {0, record - 1, record, record + 1, -1}) {
      List<Answer.Match> matches =
          world.matches(
              People.INVESTIGATOR,
              Asking.seriousCrime()
                  .of("cases")
                  .about(kept.subject())
                  .after(Optional.of(new RecordId(guess).toString())));
      assertThat(matches)
          .allSatisfy(match -> assertThat(match.fields()).containsEntry("title", "present"));
    }
  }
}
