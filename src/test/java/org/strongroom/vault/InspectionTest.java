package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.strongroom.audit.Denial;
import org.strongroom.audit.Entry;
import org.strongroom.audit.Receipt;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;

/** Who may read the log, what they get, and what the log says of that. */
final class InspectionTest {
  private static final LogRequest NEWEST =
      new LogRequest(null, null, null, null, null, null, null, null);
  private static final LogRequest EVERYTHING =
      new LogRequest(null, null, null, null, null, null, null, "all");

  private final World world = World.inMemory();

  @AfterEach
  void close() {
    world.close();
  }

  /** What was told, in its order. */
  private final class Told implements Inspection.Lines {
    private final List<ShownEntry> entries = new ArrayList<>();
    private @Nullable Receipt receipt;

    @Override
    public void begin(Receipt reading) {
      assertThat(entries).isEmpty();
      // Durable before anything is told.
      assertThat(world.log()).hasSize((int) reading.index() + 1);
      receipt = reading;
    }

    @Override
    public void entry(ShownEntry entry) {
      assertThat(receipt).isNotNull();
      entries.add(entry);
    }

    @Override
    public void passed(long index) {}

    private List<Long> indexes() {
      return entries.stream().map(ShownEntry::index).toList();
    }
  }

  private Told list(LogRequest request) throws IOException {
    Told told = new Told();
    Inspection.Summary sum = world.inspection.list(People.AUDITOR, request, told);
    assertThat(sum.entries()).isEqualTo(told.entries.size());
    assertThat(sum.receipt()).isEqualTo(told.receipt);
    return told;
  }

  private static LogRequest by(@Nullable String actor, @Nullable String subject) {
    return new LogRequest(null, null, actor, subject, null, null, null, null);
  }

  private static LogRequest within(@Nullable String from, @Nullable String to) {
    return new LogRequest(from, to, null, null, null, null, null, "all");
  }

  private static LogRequest of(@Nullable String purpose, @Nullable String kind) {
    return new LogRequest(null, null, null, null, purpose, kind, null, null);
  }

  // ---- who may -----------------------------------------------------------------------------

  @Test
  void list_everyRoleOfThePolicyAndTheOperator_isForThoseWithTheActAlone() throws IOException {
    Set<String> roles = world.policies.policy().roles();
    assertThat(roles).hasSizeGreaterThan(5);
    List<Actor> actors =
        Stream.concat(
                Stream.of(People.OPERATOR, People.NOBODY),
                roles.stream()
                    .map(
                        role ->
                            new Actor(new Id(3, 3), "as." + role, Set.of(role), Actor.Kind.USER)))
            .toList();
    for (Actor actor : actors) {
      if (actor.roles().equals(Set.of("auditor"))) {
        assertThat(world.inspection.list(actor, NEWEST, new Told()).entries()).isPositive();
        assertThat(world.inspection.show(actor, 0).entry().index()).isZero();
      } else {
        Told told = new Told();
        assertThatThrownBy(() -> world.inspection.list(actor, NEWEST, told))
            .isInstanceOf(Denial.class);
        assertDenied(actor);
        assertThat(told.receipt).isNull();
        assertThatThrownBy(() -> world.inspection.show(actor, 0)).isInstanceOf(Denial.class);
        assertDenied(actor);
      }
    }
  }

  private void assertDenied(Actor actor) {
    Entry entry = world.lastEntry();
    assertThat(entry.kind()).isEqualTo(Entry.Kind.DENIAL);
    assertThat(entry.by().actor()).isEqualTo(actor.id());
    assertThat(entry.outcome()).isEqualTo("read-audit");
  }

  @Test
  void list_unknownActorByOneWhoMayNot_tellsNothingOfNames() {
    assertThatThrownBy(() -> world.inspection.list(People.CLERK, by("nobody", null), new Told()))
        .isInstanceOf(Denial.class);
  }

  // ---- the reading is logged ---------------------------------------------------------------

  @Test
  void list_anything_isAnEntryThatSaysWhatWasAskedFor() throws IOException {
    Id subject = world.keep(world.resident(1, "王小明", "13800000001")).subject();
    LogRequest request =
        new LogRequest(
            "2026-01-01", null, "operator", subject.toString(), "case-work", "denial", "90", "7");
    list(request);

    Entry entry = world.lastEntry();
    assertThat(entry.kind()).isEqualTo(Entry.Kind.AUDIT);
    assertThat(entry.by().name()).isEqualTo(People.AUDITOR.name());
    assertThat(entry.about()).isEqualTo(new Entry.About(null, List.of(subject), 0));
    assertThat(entry.outcome())
        .contains("2026-01-01T00:00:00Z", "case-work", "denial", "90", "at most 7")
        .contains(Actor.OPERATOR_ID.toString(), "this subject")
        .doesNotContain(subject.toString());
    // Whoever asks who looked at this subject later finds the auditor, too.
    assertThat(list(by(null, subject.toString())).entries)
        .extracting(ShownEntry::kind)
        .containsExactly("audit", "write");
  }

  @Test
  void list_newest_leavesOutItsOwnReading() throws IOException {
    long size = world.log().size();
    assertThat(list(NEWEST).indexes().get(0)).isEqualTo(size - 1);
    assertThat(list(NEWEST).indexes().get(0)).isEqualTo(size);
  }

  @Test
  void list_logCannotBeWritten_tellsNothing() {
    world.sequencer.close();
    Told told = new Told();
    assertThatThrownBy(() -> world.inspection.list(People.AUDITOR, NEWEST, told))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_FAILED));
    assertThat(told.receipt).isNull();
    assertThatThrownBy(() -> world.inspection.show(People.AUDITOR, 0))
        .isInstanceOf(VaultException.class);
  }

  @Test
  void show_anEntry_isLoggedByItsIndex() {
    Inspection.One one = world.inspection.show(People.AUDITOR, 1);
    assertThat(one.entry().kind()).isEqualTo("collection");
    assertThat(one.receipt().index()).isEqualTo(world.log().size() - 1);
    assertThat(world.lastEntry().kind()).isEqualTo(Entry.Kind.AUDIT);
    assertThat(world.lastEntry().outcome()).isEqualTo("read entry 1");
  }

  @Test
  void show_beyondTheEnd_isNotFound() {
    for (long index : new long[] {-1, world.log().size(), Long.MAX_VALUE}) {
      assertThatThrownBy(() -> world.inspection.show(People.AUDITOR, index))
          .isInstanceOfSatisfying(
              VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }
  }

  // ---- what is told ------------------------------------------------------------------------

  @Test
  void show_disclosure_tellsWhoSawWhatOfWhomAndWhy() {
    Kept kept = world.keep(world.resident(1, "王小明", "13800000001"));
    long index =
        world
            .disclosed(People.OFFICER, Asking.caseWork().reason("case 17").person(1))
            .receipt()
            .index();

    ShownEntry entry = world.inspection.show(People.AUDITOR, index).entry();

    assertThat(entry.kind()).isEqualTo("disclosure");
    assertThat(Instant.parse(entry.at())).isEqualTo(world.clock.instant());
    assertThat(entry.actor())
        .isEqualTo(
            new ShownEntry.By(People.OFFICER.id().toString(), People.OFFICER.name(), "officer"));
    assertThat(entry.collection()).isEqualTo("residents");
    assertThat(entry.subjects()).containsExactly(kept.subject().toString());
    assertThat(entry.records()).isEqualTo(1);
    assertThat(entry.purpose()).isEqualTo("case-work");
    assertThat(entry.reason()).isEqualTo("case 17");
    assertThat(entry.searchedBy()).isEqualTo("resident_id");
    assertThat(entry.views()).containsEntry("name", "clear").doesNotContainValue("hidden");
    assertThat(entry.toString()).doesNotContain("case 17");
  }

  @Test
  void list_byActorSubjectPurposeKind_findsEach() throws IOException {
    Id subject = world.keep(world.resident(1, "王小明", "13800000001")).subject();
    world.keep(world.resident(2, "李小红", "13800000002"));
    long one = world.disclosed(People.CLERK, new Asking().person(1)).receipt().index();
    long two = world.disclosed(People.CLERK, new Asking().person(2)).receipt().index();
    long no = world.refused(People.CLERK, new Asking().of("cases").person(1)).receipt().index();

    assertThat(list(by(People.CLERK.id().toString(), null)).indexes()).startsWith(no, two, one);
    assertThat(list(by(null, subject.toString())).indexes()).startsWith(one).doesNotContain(two);
    assertThat(list(of("identity-check", null)).indexes()).startsWith(no, two, one);
    assertThat(list(of(null, "denial")).indexes()).containsExactly(no);
    assertThat(list(of(null, "disclosure")).indexes()).containsExactly(two, one);
    assertThat(list(of("case-work", null)).entries).isEmpty();
  }

  @Test
  void list_actorByName_isTheAccountsId() throws IOException {
    world.users.add(People.OPERATOR, "li", Set.of("clerk"), Actor.Kind.USER, false);
    Id id = world.identity.user("li").orElseThrow().id();
    Actor li = new Actor(id, "li", Set.of("clerk"), Actor.Kind.USER);
    long index = world.refused(li, new Asking().of("cases").person(1)).receipt().index();

    assertThat(list(by("li", null)).indexes()).containsExactly(index);
    assertThat(list(by("operator", null)).entries)
        .extracting(ShownEntry::kind)
        .contains("user", "policy", "collection")
        .doesNotContain("denial");
    assertThatThrownBy(() -> list(by("wang", null)))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
        .hasMessageNotContaining("wang");
  }

  @Test
  void list_time_isADateAMomentOrALengthBack() throws IOException {
    Instant now = world.clock.instant();
    world.clock.advance(Duration.ofHours(30));
    long late = world.disclosed(People.CLERK, new Asking().person(1)).receipt().index();

    assertThat(list(within("24h", null)).indexes()).containsExactly(late);
    assertThat(list(within(null, "1440m")).indexes()).startsWith(late - 1).doesNotContain(late);
    assertThat(list(within(now.plusSeconds(1).toString(), null)).indexes()).contains(late);
    String later = now.plusSeconds(1).toString();
    assertThat(list(within(later, later)).entries).isEmpty();
    assertThat(list(within("2w", null)).indexes()).contains(late, 0L);
    assertThat(list(within("2020-01-01", "2020-01-02")).entries).isEmpty();
    assertThat(list(within("2020-01-01T08:00:00+08:00", "2999-01-01T00:00")).indexes())
        .contains(late, 0L);
  }

  @Test
  void list_pages_areTheWholeInOrder() throws IOException {
    for (int i = 0; i < 30; i++) {
      world.refused(People.CLERK, new Asking().of("cases").person(1));
    }
    long end = world.log().size();
    List<Long> got = new ArrayList<>();
    @Nullable Long next = end;
    while (next != null) {
      Told told = new Told();
      LogRequest request = new LogRequest(null, null, null, null, null, null, next.toString(), "7");
      next = world.inspection.list(People.AUDITOR, request, told).next();
      got.addAll(told.indexes());
    }
    assertThat(got)
        .containsExactlyElementsOf(
            LongStream.iterate(end - 1, i -> i >= 0, i -> i - 1).boxed().toList());
  }

  @Test
  void list_noLimit_isAHundred_andAllIsAll() throws IOException {
    for (int i = 0; i < 120; i++) {
      world.refused(People.CLERK, new Asking().of("cases").person(1));
    }
    assertThat(list(NEWEST).entries).hasSize(LogRequest.DEFAULT_LIMIT);
    assertThat(list(EVERYTHING).entries).hasSizeGreaterThan(120);
  }

  @ParameterizedTest
  @CsvSource({
    "from, yesterday",
    "from, 2026-13-01",
    "from, 24x",
    "from, ''",
    "to, 2026-03-02T25:00:00Z",
    "to, 1772424245",
    "subject, 12",
    "subject, 3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8g",
    "kind, DENIAL",
    "kind, everything",
    "before, -1",
    "before, x",
    "before, 99999999999999999999",
    "limit, 0",
    "limit, -5",
    "limit, many"
  })
  void list_badQuestion_isABadRequestThatQuotesNothing(String which, String value) {
    long size = world.log().size();
    LogRequest request =
        new LogRequest(
            which.equals("from") ? value : null,
            which.equals("to") ? value : null,
            null,
            which.equals("subject") ? value : null,
            null,
            which.equals("kind") ? value : null,
            which.equals("before") ? value : null,
            which.equals("limit") ? value : null);
    assertThatThrownBy(() -> list(request))
        .isInstanceOfSatisfying(
            VaultException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST);
              if (value.length() > 2) {
                assertThat(e.getMessage()).doesNotContain(value);
              }
            });
    assertThat(world.log()).hasSize((int) size);
  }
}
