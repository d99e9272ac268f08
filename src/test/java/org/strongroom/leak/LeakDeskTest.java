package org.strongroom.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.app.TestVault;
import org.strongroom.audit.Denial;
import org.strongroom.audit.Fault;
import org.strongroom.audit.Receipt;
import org.strongroom.identity.Actor;
import org.strongroom.identity.SignedIn;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.report.Report;
import org.strongroom.store.Table;
import org.strongroom.vault.Inspection;
import org.strongroom.vault.LogRequest;
import org.strongroom.vault.ShownEntry;
import org.strongroom.vault.Verification;
import org.strongroom.vault.Verifier;

/** Who may check leaks, how often, and what is kept of it. */
final class LeakDeskTest {
  private static final LeakRequest REQUEST = request("leak-check", null);

  @TempDir private Path directory;
  private final FakeChecking checking = new FakeChecking();
  private final Map<String, Actor> actors = new HashMap<>();
  private TestVault vault;
  private LeakDesk desk;

  @BeforeEach
  void open() {
    vault = new TestVault(directory);
    desk = vault.leaks(checking);
    for (String role : vault.policies().policy().roles()) {
      actors.put(role, signedIn(vault.addUser("some-" + role, role)));
    }
    actors.put("other investigator", signedIn(vault.addUser("another", "investigator")));
  }

  @AfterEach
  void close() {
    vault.close();
  }

  private Actor signedIn(String token) {
    return ((SignedIn) vault.identity().byToken(token)).actor();
  }

  private Actor actor(String role) {
    return Objects.requireNonNull(actors.get(role));
  }

  private static LeakRequest request(
      String purpose, @org.jspecify.annotations.Nullable String why) {
    return new LeakRequest("residents", purpose, Optional.ofNullable(why), Map.of());
  }

  private Report check(String role, LeakRequest request) throws IOException {
    try (LeakDesk.Run run = desk.begin(actor(role), request)) {
      return run.run(new SampleSource.At(directory), LeakProgress.NONE);
    }
  }

  private Report check(String sample, long people) throws IOException {
    checking.of(sample, people);
    return check("investigator", REQUEST);
  }

  private LeakRefused refused(String role, LeakRequest request) {
    LeakRefused refused = catchThrowableOfType(LeakRefused.class, () -> check(role, request));
    assertThat(refused.code()).isEqualTo(ErrorCode.DENIED);
    ShownEntry entry = entries("denial").get(0);
    assertThat(entry.index()).isEqualTo(refused.receipt().index());
    assertThat(entry.outcome()).isEqualTo(refused.word());
    assertThat(entry.purpose()).isEqualTo(request.purpose());
    return refused;
  }

  private LeakRefused refused(String sample, long people) {
    checking.of(sample, people);
    return refused("investigator", REQUEST);
  }

  /** Entries of a kind, the newest first. */
  private List<ShownEntry> entries(String kind) {
    List<ShownEntry> out = new ArrayList<>();
    LogRequest request = new LogRequest(null, null, null, null, null, kind, null, LogRequest.ALL);
    Inspection.Lines lines =
        new Inspection.Lines() {
          @Override
          public void begin(Receipt receipt) {}

          @Override
          public void entry(ShownEntry entry) {
            out.add(entry);
          }

          @Override
          public void passed(long index) {}
        };
    try {
      vault.inspection().list(actor("auditor"), request, lines);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out;
  }

  private List<String> outcomes() {
    return entries("leak").stream().map(entry -> String.valueOf(entry.outcome())).toList();
  }

  private void requireSound() {
    List<Fault> faults = new ArrayList<>();
    Verification.Listener listener =
        new Verification.Listener() {
          @Override
          public synchronized void accept(Fault fault) {
            faults.add(fault);
          }

          @Override
          public void at(double share, long entries, long versions) {}
        };
    try (Verifier.Run run = vault.verifier().begin(vault.operator(), List.of())) {
      run.run(listener);
    }
    assertThat(faults).isEmpty();
  }

  private List<String> affected(String role, String id) throws IOException {
    List<String> out = new ArrayList<>();
    desk.affected(
        actor(role),
        Id.parse(id),
        new LeakDesk.AffectedSink() {
          @Override
          public void begin(Receipt receipt) {
            assertThat(entries("leak").get(0).index()).isEqualTo(receipt.index());
          }

          @Override
          public void subject(Id subject, Map<String, String> fields) {
            out.add(subject + " " + fields);
          }
        });
    return out;
  }

  // ---- who may -----------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"clerk", "officer", "auditor", "protection-officer", "administrator"})
  void begin_anyOtherRole_isDeniedAndLogged(String role) {
    Denial denial = catchThrowableOfType(Denial.class, () -> desk.begin(actor(role), REQUEST));
    assertThat(denial.receipt().index()).isEqualTo(entries("denial").get(0).index());
    assertThatThrownBy(() -> check(role, REQUEST)).isInstanceOf(Denial.class);
  }

  @Test
  void begin_operator_isDenied() {
    assertThatThrownBy(() -> desk.begin(vault.operator(), REQUEST))
        .isInstanceOf(Denial.class)
        .hasMessageContaining("STRONGROOM_TOKEN");
  }

  @Test
  void begin_purposeOfNobodyOrOfAnother_isRefused() {
    assertThat(refused("investigator", request("audit", null)).word())
        .isEqualTo("purpose_not_granted");
    assertThat(refused("investigator", request("curiosity", null)).word())
        .isEqualTo("unknown_purpose");
  }

  @Test
  void begin_purposeThatDemandsAReason_takesOne() throws IOException {
    assertThat(refused("investigator", request("serious-crime", " ")).word())
        .isEqualTo("reason_required");
    check("investigator", request("serious-crime", "case 7"));
    assertThat(entries("leak").get(0).reason()).isEqualTo("case 7");
  }

  @Test
  void begin_unknownCollection_isNotFound() {
    LeakRequest request = new LeakRequest("nothing", "leak-check", Optional.empty(), Map.of());
    assertThatThrownBy(() -> desk.begin(actor("investigator"), request))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  @Test
  void begin_whileAnotherRuns_isAConflict() throws IOException {
    LeakDesk.Run first = desk.begin(actor("investigator"), REQUEST);
    assertThatThrownBy(() -> desk.begin(actor("other investigator"), REQUEST))
        .isInstanceOfSatisfying(
            VaultException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
              assertThat(e).hasMessageNotContaining("some-investigator");
            });
    first.close();
    first.close();
    check("other investigator", REQUEST);
  }

  // ---- what is kept ------------------------------------------------------------------------

  @Test
  void run_ended_isKeptForThoseEntitled() throws IOException {
    Report report = check("a", 1);

    Receipt receipt = Objects.requireNonNull(report.receipt());
    assertThat(entries("leak")).hasSize(1);
    ShownEntry entry = entries("leak").get(0);
    assertThat(entry.index()).isEqualTo(receipt.index());
    assertThat(entry.actor().role()).isEqualTo("investigator");
    assertThat(entry.collection()).isEqualTo("residents");
    assertThat(entry.purpose()).isEqualTo("leak-check");
    assertThat(entry.outcome())
        .isEqualTo(
            "checked "
                + report.check().id()
                + ": sample "
                + report.findings().sample().sha256()
                + ", findings "
                + report.check().findings()
                + ", 1007 records, 1000 matched, 1000 genuine, 3 affected");
    Id id = Id.parse(report.check().id());
    for (String role : List.of("investigator", "other investigator")) {
      assertThat(desk.show(actor(role), id, LeakDesk.For.REPORT).report()).isEqualTo(report);
      assertThat(desk.list(actor(role)).checks()).hasSize(1);
    }
    for (String role : List.of("clerk", "officer", "auditor", "administrator")) {
      assertThatThrownBy(() -> desk.list(actor(role))).isInstanceOf(Denial.class);
      assertThatThrownBy(() -> affected(role, report.check().id())).isInstanceOf(Denial.class);
      for (LeakDesk.For what : LeakDesk.For.values()) {
        assertThatThrownBy(() -> desk.show(actor(role), id, what)).isInstanceOf(Denial.class);
      }
    }
    requireSound();
  }

  @Test
  void affected_forThoseWhoNotify_areIdsAndFieldsAlone() throws IOException {
    String id = check("a", 1).check().id();

    assertThat(affected("protection-officer", id))
        .containsExactly(
            new Id(5, 0) + " {resident_id=ordinary, name=ordinary}",
            new Id(5, 1) + " {resident_id=ordinary, name=ordinary}",
            new Id(5, 2) + " {resident_id=ordinary, name=ordinary}");
    assertThatThrownBy(() -> affected("investigator", id)).isInstanceOf(Denial.class);
    Actor officer = actor("protection-officer");
    assertThat(desk.list(officer).checks()).hasSize(1);
    assertThat(desk.show(officer, Id.parse(id), LeakDesk.For.NOTICE).report().check().id())
        .isEqualTo(id);
    assertThatThrownBy(() -> desk.show(officer, Id.parse(id), LeakDesk.For.REPORT))
        .isInstanceOf(Denial.class);
    assertThat(outcomes())
        .containsSubsequence(
            "shown the notice of check " + id,
            "listed the checks",
            "shown the affected of check " + id);
  }

  @Test
  void show_everyTime_isAnEntry() throws IOException {
    Report report = check("a", 1);
    Id id = Id.parse(report.check().id());
    LeakDesk.Shown shown = desk.show(actor("investigator"), id, LeakDesk.For.REPORT);
    assertThat(outcomes().get(0)).isEqualTo("shown the report of check " + id);
    assertThat(entries("leak").get(0).index()).isEqualTo(shown.receipt().index());
    assertThatThrownBy(() -> desk.show(actor("investigator"), new Id(1, 2), LeakDesk.For.REPORT))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  @Test
  void list_ofSeveral_isFromTheNewest() throws IOException {
    for (int i = 0; i < 3; i++) {
      check("sample " + i, i);
      vault.pass(Duration.ofMinutes(1));
    }
    List<KeptCheck> checks = desk.list(actor("investigator")).checks();
    assertThat(checks).hasSize(3).isSortedAccordingTo((a, b) -> b.at().compareTo(a.at()));
    assertThat(checks.get(0).verdict()).isEqualTo("copy");
    assertThat(checks.get(0).by()).isEqualTo("some-investigator");
  }

  @Test
  void run_moreAffectedThanOneWriteHolds_areWrittenBeforeTheCheck() throws IOException {
    int many = LeakBook.CHUNK_ROWS * (LeakBook.CHUNKS_AT_A_TIME + 1) + 5;
    checking.affecting(many);
    String id = check("a", 1).check().id();

    assertThat(outcomes().get(0)).startsWith("checked ").endsWith(many + " affected");
    assertThat(outcomes().subList(1, outcomes().size()))
        .containsExactly("part 16 of 18 of check " + id);
    assertThat(affected("protection-officer", id)).hasSize(many).doesNotHaveDuplicates();
    assertThat(vault.rows(Table.LEAKS)).isEqualTo(2 + 18);
    requireSound();
  }

  @Test
  void show_afterAReopening_isTheSame() throws IOException {
    Report report = check("a", 1);
    vault = vault.reopened();
    desk = vault.leaks(checking);
    Id id = Id.parse(report.check().id());
    assertThat(desk.show(actor("investigator"), id, LeakDesk.For.REPORT).report())
        .isEqualTo(report);
  }

  // ---- what is not brought to its end ------------------------------------------------------

  @Test
  void cancel_fromAnotherThread_keepsNothingButAnEntry() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    checking.meanwhile(
        progress -> {
          running.countDown();
          await(cancelled);
        });
    LeakDesk.Run run = desk.begin(actor("investigator"), REQUEST);
    Thread other =
        new Thread(
            () -> {
              await(running);
              run.cancel();
              cancelled.countDown();
            });
    other.start();
    assertThatThrownBy(() -> run.run(new SampleSource.At(directory), LeakProgress.NONE))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    other.join();
    run.close();
    assertThat(outcomes()).hasSize(1).allMatch(each -> each.startsWith("cancelled check "));
    assertThat(vault.rows(Table.LEAKS)).isZero();
    checking.meanwhile(progress -> {});
    check("a", 1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Cancelled between two writes of chunks: the rows that are there belong to no check. */
  @Test
  void cancel_whileTheAffectedAreWritten_leavesRowsThatTheNextCheckRemoves() throws IOException {
    checking.of("a", 1).affecting(LeakBook.CHUNK_ROWS * 2 * LeakBook.CHUNKS_AT_A_TIME);
    LeakProgress afterOneWrite =
        new LeakProgress() {
          @Override
          public void at(long bytes, long records, long compared) {}

          @Override
          public boolean cancelled() {
            return vault.rows(Table.LEAKS) > 0;
          }
        };
    try (LeakDesk.Run run = desk.begin(actor("investigator"), REQUEST)) {
      assertThatThrownBy(() -> run.run(new SampleSource.At(directory), afterOneWrite))
          .isInstanceOfSatisfying(
              VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }
    String left = entries("leak").get(0).outcome();
    assertThat(left).startsWith("cancelled check ").contains(": sample ");
    assertThat(vault.rows(Table.LEAKS)).isEqualTo(LeakBook.CHUNKS_AT_A_TIME);
    assertThat(desk.list(actor("investigator")).checks()).isEmpty();
    requireSound();

    checking.affecting(1);
    check("b", 2);
    assertThat(vault.rows(Table.LEAKS)).isEqualTo(3);
    assertThat(outcomes()).anyMatch(each -> each.startsWith("removed 16 rows of check "));
    requireSound();
  }

  @Test
  void run_failed_keepsNothingButAnEntry() {
    checking.meanwhile(
        progress -> {
          throw new VaultException(ErrorCode.UNREADABLE_INPUT, "no such file");
        });
    assertThatThrownBy(() -> check("a", 1)).hasMessage("no such file");
    assertThat(outcomes())
        .hasSize(1)
        .allMatch(each -> each.startsWith("failed (unreadable_input)"));
    checking.meanwhile(
        progress -> {
          throw new IOException("the disk is full");
        });
    assertThatThrownBy(() -> check("a", 1)).isInstanceOf(IOException.class);
    assertThat(outcomes()).hasSize(2).anyMatch(each -> each.startsWith("failed (input_output)"));
    assertThat(vault.rows(Table.LEAKS)).isZero();
  }

  // ---- so that it answers no questions about single people ---------------------------------

  @Test
  void run_fewRecords_tellsNothing() {
    checking.finding(LeakDesk.LEAST_RECORDS + 5, 6);
    assertThat(refused("a", 1).word()).isEqualTo(LeakRefused.SAMPLE_TOO_SMALL);
    assertThat(vault.rows(Table.LEAKS)).isZero();
    assertThat(outcomes()).isEmpty();
  }

  @Test
  void run_justEnoughRecords_tells() throws IOException {
    checking.finding(LeakDesk.LEAST_RECORDS + 5, 5);
    check("a", 1);
  }

  @Test
  void begin_checksOfTheDaySpent_isRefusedAlsoAfterAReopening() throws IOException {
    for (int i = 0; i < LeakDesk.CHECKS_A_DAY - 2; i++) {
      check("sample " + i, i);
      vault.pass(Duration.ofMinutes(1));
    }
    checking.finding(1, 0);
    refused("too small", 20);
    checking.finding(1000, 0);
    checking.meanwhile(
        progress -> {
          throw new VaultException(ErrorCode.UNREADABLE_INPUT, "no such file");
        });
    assertThatThrownBy(() -> check("failed, so it does not count", 21));
    checking.meanwhile(progress -> {});
    check("the last", 22);

    assertThat(refused("one more", 23).word()).isEqualTo(LeakRefused.CHECKS_SPENT);
    vault = vault.reopened();
    desk = vault.leaks(checking);
    assertThat(refused("one more", 23).word()).isEqualTo(LeakRefused.CHECKS_SPENT);
    check("other investigator", REQUEST);
    vault.pass(Duration.ofHours(24));
    check("one more", 23);
  }

  @Test
  void run_nearlySamePeopleAThirdTime_tellsNothingToAnybody() throws IOException {
    check("guess 1", 1);
    check("guess 2", 1);
    check("others", 2);
    assertThat(refused("guess 3", 1).word()).isEqualTo(LeakRefused.SAMPLE_NEARLY_SAME);
    assertThat(refused("other investigator", REQUEST).word())
        .isEqualTo(LeakRefused.SAMPLE_NEARLY_SAME);
    assertThat(desk.list(actor("investigator")).checks()).hasSize(3);

    vault.pass(Duration.ofDays(7));
    check("guess 3", 1);
  }

  @Test
  void run_theVerySameFile_isNoGuess() throws IOException {
    check("guess 1", 1);
    check("guess 2", 1);
    check("guess 1", 1);
    check("guess 1", 1);
  }

  /** Reading other columns as other fields is another question. */
  @Test
  void run_theVerySameFileReadInAnotherWay_isAGuess() throws IOException {
    check("guesses", 1);
    check("investigator", mapped("guess 2"));
    assertThat(refused("investigator", mapped("guess 3")).word())
        .isEqualTo(LeakRefused.SAMPLE_NEARLY_SAME);
    check("investigator", mapped("guess 2"));
  }

  private static LeakRequest mapped(String column) {
    return new LeakRequest("residents", "leak-check", Optional.empty(), Map.of(column, "phone"));
  }
}
