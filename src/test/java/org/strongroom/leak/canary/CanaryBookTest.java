package org.strongroom.leak.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.app.TestVault;
import org.strongroom.audit.Denial;
import org.strongroom.audit.Fault;
import org.strongroom.identity.Actor;
import org.strongroom.identity.SignedIn;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.LeakDesk;
import org.strongroom.leak.LeakProgress;
import org.strongroom.leak.LeakRequest;
import org.strongroom.leak.SampleSource;
import org.strongroom.leak.report.Report;
import org.strongroom.policy.Permission;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Draft;
import org.strongroom.schema.ValidRecord;
import org.strongroom.store.Table;
import org.strongroom.synthetic.Resident;
import org.strongroom.synthetic.Residents;
import org.strongroom.vault.Answer;
import org.strongroom.vault.FindRequest;
import org.strongroom.vault.FindResponse;
import org.strongroom.vault.Kept;
import org.strongroom.vault.ShownEntry;
import org.strongroom.vault.Verification;
import org.strongroom.vault.Verifier;

/** Made-up residents, in a vault wired as the program wires it, and what a leak of them proves. */
final class CanaryBookTest {
  private static final int POPULATION = 1500;
  private static final int SAMPLE = 400;
  private static final Residents RESIDENTS = new Residents(4711, LocalDate.of(2026, 1, 1));

  @TempDir private Path directory;
  private final Map<String, Actor> actors = new HashMap<>();
  private TestVault vault;
  private CanaryBook canaries;

  @BeforeEach
  void open() {
    vault = new TestVault(directory);
    canaries = vault.canaries();
    for (String role : vault.policies().policy().roles()) {
      actors.put(role, signedIn(vault.addUser("some-" + role, role)));
    }
  }

  @AfterEach
  void close() {
    vault.close();
  }

  // ---- the vault ---------------------------------------------------------------------------

  private Actor signedIn(String token) {
    return ((SignedIn) vault.identity().byToken(token)).actor();
  }

  private Actor actor(String role) {
    return Objects.requireNonNull(actors.get(role));
  }

  private Planted plant(int count, @Nullable String recipient) {
    return canaries.plant(actor("protection-officer"), count, Optional.ofNullable(recipient));
  }

  private List<Canary> listed() {
    return canaries.list(actor("protection-officer")).canaries();
  }

  private void populate() {
    for (int from = 0; from < POPULATION; from += 500) {
      List<ValidRecord> records = new ArrayList<>();
      for (int i = from; i < from + 500; i++) {
        records.add(valid(fields(RESIDENTS.get(i))));
      }
      Kept.Batch unused =
          vault.vault().keep(vault.operator(), Permission.IMPORT, "residents", records);
    }
  }

  private ValidRecord valid(Map<String, String> fields) {
    CollectionSpec spec = vault.catalogue().spec("residents");
    Draft draft = new Draft(spec.fieldCount());
    fields.forEach((name, value) -> draft.set(spec.position(name), value));
    return (ValidRecord) spec.check(draft);
  }

  private static Map<String, String> fields(Resident resident) {
    Map<String, String> out = new TreeMap<>();
    out.put("resident_id", resident.residentId());
    out.put("name", resident.name());
    out.put("sex", resident.sex());
    out.put("date_of_birth", resident.dateOfBirth());
    out.put("ethnicity", resident.ethnicity());
    out.put("address", resident.address());
    if (resident.phone() != null) {
      out.put("phone", resident.phone());
    }
    out.put("education", resident.education());
    return out;
  }

  private static Map<String, String> recordOf(Planted.MadeUp canary) {
    return Objects.requireNonNull(canary.record());
  }

  private static String value(Planted.MadeUp canary, String field) {
    return Objects.requireNonNull(recordOf(canary).get(field));
  }

  private FindResponse find(Actor by, String purpose, Map<String, String> where) {
    FindRequest request = new FindRequest(where, null, purpose, "case 7", null, null, null);
    return FindResponse.of(
        (Answer.Disclosed) vault.vault().disclose(by, request.question("residents")));
  }

  private FindResponse find(Actor by, String residentId) {
    return find(by, "identity-check", Map.of("resident_id", residentId));
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

  /** Comes up with the same each time, and with 256 numbers at most. */
  private static SecureRandom loaded() {
    Random random = new Random(5);
    return new SecureRandom() {
      @Override
      public void nextBytes(byte[] bytes) {
        Arrays.fill(bytes, (byte) 0);
        bytes[bytes.length - 1] = (byte) random.nextInt(128);
      }
    };
  }

  // ---- planting ----------------------------------------------------------------------------

  @Test
  void plant_withoutRecipient_keepsSoundRecordsAndShowsNone() {
    populate();
    long before = vault.versions();

    Planted planted = plant(25, null);

    assertThat(planted.canaries()).hasSize(25).allMatch(canary -> canary.record() == null);
    assertThat(planted.plantedFor()).isNull();
    assertThat(vault.versions()).isEqualTo(before + 25);
    assertThat(vault.subjects()).isEqualTo(POPULATION + 25);
    assertThat(canaries.all())
        .hasSize(25)
        .isEqualTo(
            planted.canaries().stream()
                .map(canary -> Id.parse(canary.subject()))
                .collect(Collectors.toSet()));
    ShownEntry entry = vault.entry(planted.receipt().index());
    assertThat(entry.kind()).isEqualTo("write");
    assertThat(entry.actor().name()).isEqualTo("some-protection-officer");
    assertThat(entry.outcome()).isEqualTo("planted 25 canaries");
    assertThat(entry.records()).isEqualTo(25);
    requireSound();
  }

  @Test
  void plant_forARecipient_handsOverWhatIsKept() {
    Planted planted = plant(3, "bureau-2");

    assertThat(planted.plantedFor()).isEqualTo("bureau-2");
    for (Planted.MadeUp canary : planted.canaries()) {
      FindResponse found =
          find(
              actor("investigator"),
              "serious-crime",
              Map.of("resident_id", value(canary, "resident_id")));
      assertThat(found.matches()).hasSize(1);
      assertThat(found.matches().get(0).subject()).isEqualTo(canary.subject());
      assertThat(found.matches().get(0).fields()).containsAllEntriesOf(recordOf(canary));
    }
    assertThat(vault.entry(planted.receipt().index()).outcome())
        .isEqualTo("planted 3 canaries for bureau-2");
    assertThat(planted.toString() + planted.canaries())
        .doesNotContain(value(planted.canaries().get(0), "name"));
  }

  @Test
  void plant_sameDiceAgain_meetsWhomItMadeUpBeforeAndOverwritesNobody() {
    Planted first =
        vault.canaries(loaded()).plant(actor("protection-officer"), 40, Optional.of("first"));
    Planted again =
        vault.canaries(loaded()).plant(actor("protection-officer"), 40, Optional.of("again"));

    Set<String> ids = new HashSet<>();
    first.canaries().forEach(canary -> ids.add(value(canary, "resident_id")));
    again.canaries().forEach(canary -> ids.add(value(canary, "resident_id")));
    assertThat(ids).hasSize(80);
    assertThat(vault.versions()).isEqualTo(80);
    assertThat(canaries.all()).hasSize(80);
    assertThat(listed()).noneMatch(Canary::changed);
    requireSound();
  }

  /** What the same dice make up in an empty vault. */
  private List<Planted.MadeUp> madeUpElsewhere(int count) {
    try (TestVault other = new TestVault(directory.resolve("other"))) {
      String token = other.addUser("po", "protection-officer");
      Actor officer = ((SignedIn) other.identity().byToken(token)).actor();
      return other.canaries(loaded()).plant(officer, count, Optional.of("x")).canaries();
    }
  }

  /** Of those 256 who can be made up, each two of one phone, 60 are real people already. */
  @Test
  void plant_mostOfThemHeld_leavesThoseAsTheyAre() {
    List<ValidRecord> held = new ArrayList<>();
    for (Planted.MadeUp each : madeUpElsewhere(60)) {
      Map<String, String> real = new TreeMap<>(recordOf(each));
      real.put("occupation", "真人");
      held.add(valid(real));
    }
    Kept.Batch kept = vault.vault().keep(vault.operator(), Permission.IMPORT, "residents", held);
    long rows = vault.versions();

    Planted planted =
        vault.canaries(loaded()).plant(actor("protection-officer"), 20, Optional.empty());

    assertThat(rows).isEqualTo(60);
    assertThat(vault.versions()).isEqualTo(80);
    assertThat(planted.canaries())
        .hasSize(20)
        .extracting(Planted.MadeUp::subject)
        .doesNotContainAnyElementsOf(
            kept.records().stream().map(each -> each.subject().toString()).toList());
    CanaryBook again = vault.canaries(loaded());
    assertThatThrownBy(() -> again.plant(actor("protection-officer"), 200, Optional.empty()))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    assertThat(vault.versions()).isEqualTo(80);
  }

  @Test
  void keepNew_oneOfThemHeldOrTwice_writesNothing() {
    populate();
    Planted told = plant(2, "x");
    ValidRecord held = valid(fields(RESIDENTS.get(3)));
    ValidRecord fresh = valid(fields(RESIDENTS.get(POPULATION + 1)));
    ValidRecord other = valid(fields(RESIDENTS.get(POPULATION + 2)));
    long rows = vault.versions();
    long meta = vault.rows(Table.META);
    for (List<ValidRecord> records :
        List.of(
            List.of(fresh, held),
            List.of(fresh, fresh),
            List.of(valid(recordOf(told.canaries().get(0)))))) {
      assertThat(
              vault
                  .vault()
                  .keepNew(
                      vault.operator(), Permission.IMPORT, "residents", records, beside("tried")))
          .isEmpty();
    }
    assertThat(vault.versions()).isEqualTo(rows);
    assertThat(vault.rows(Table.META)).isEqualTo(meta);
    assertThat(
            vault
                .vault()
                .keepNew(
                    vault.operator(),
                    Permission.IMPORT,
                    "residents",
                    List.of(fresh, other),
                    beside("done")))
        .isPresent();
    assertThat(vault.versions()).isEqualTo(rows + 2);
  }

  private static org.strongroom.vault.Vault.Beside beside(String outcome) {
    return new org.strongroom.vault.Vault.Beside() {
      @Override
      public String outcome() {
        return outcome;
      }

      @Override
      public void add(List<Kept> kept, org.strongroom.audit.Change change) {}
    };
  }

  @Test
  void plant_manyInAVaultOfTwoProvinces_areOfThoseProvinces() {
    List<ValidRecord> records = new ArrayList<>();
    Map<String, Integer> provinces = new TreeMap<>();
    for (int i = 0; records.size() < 200; i++) {
      Resident resident = RESIDENTS.get(i);
      String province = resident.residentId().substring(0, 2);
      if (province.equals("31") || province.equals("54")) {
        records.add(valid(fields(resident)));
        provinces.merge(province, 1, Integer::sum);
      }
    }
    Kept.Batch unused =
        vault.vault().keep(vault.operator(), Permission.IMPORT, "residents", records);

    Planted planted = plant(100, "x");

    assertThat(provinces).hasSize(2);
    assertThat(planted.canaries())
        .allMatch(canary -> provinces.containsKey(value(canary, "resident_id").substring(0, 2)));
  }

  /** What a clerk is shown of a canary has the shape of what he is shown of anybody. */
  @Test
  void find_canary_isAnsweredAsAnybodyIs() {
    populate();
    Planted.MadeUp canary =
        plant(60, "x").canaries().stream()
            .filter(each -> recordOf(each).containsKey("phone"))
            .filter(each -> !recordOf(each).containsKey("former_name"))
            .findFirst()
            .orElseThrow();
    Actor clerk = actor("clerk");
    Map<String, String> like = recordOf(canary);
    assertThat(like).doesNotContainKey("email");
    Map<String, String> twin = new TreeMap<>(like);
    twin.putAll(fields(RESIDENTS.get(POPULATION + 9)));
    twin.put("phone", "+8613800138000");
    Kept.Batch unused =
        vault.vault().keep(actor("clerk"), Permission.KEEP, "residents", List.of(valid(twin)));

    for (List<String> by :
        List.of(List.of("resident_id"), List.of("phone"), List.of("name", "date_of_birth"))) {
      FindResponse.Found one = match(clerk, by, like);
      FindResponse.Found other = match(clerk, by, twin);
      assertThat(one.fields().keySet()).isEqualTo(other.fields().keySet());
      assertThat(one.views()).isEqualTo(other.views());
      assertThat(one.version()).isEqualTo(other.version());
      assertThat(one.subject()).hasSameSizeAs(other.subject());
      assertThat(one.record()).hasSameSizeAs(other.record());
    }
  }

  private FindResponse.Found match(Actor by, List<String> fields, Map<String, String> of) {
    Map<String, String> where = new TreeMap<>();
    fields.forEach(field -> where.put(field, Objects.requireNonNull(of.get(field))));
    List<FindResponse.Found> matches = find(by, "identity-check", where).matches();
    assertThat(matches).hasSize(1);
    return matches.get(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, CanaryBook.MOST_AT_ONCE + 1, Integer.MAX_VALUE})
  void plant_noSuchNumber_isRefused(int count) {
    refused(count, "x");
    assertThat(vault.versions()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " x", "a\nb", "\u202e", "\u0000"})
  void plant_recipientThatCannotBePrinted_isRefused(String recipient) {
    refused(1, recipient);
    refused(1, "x".repeat(65));
    assertThat(vault.versions()).isZero();
  }

  private void refused(int count, String recipient) {
    assertThatThrownBy(() -> plant(count, recipient))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_VALUE));
  }

  // ---- who may -----------------------------------------------------------------------------

  @Test
  void plantAndList_byOtherRolesAndTheOperator_areDeniedAndLogged() {
    assertThat(actors.keySet())
        .contains(
            "clerk", "officer", "investigator", "auditor", "protection-officer", "administrator");
    List<Actor> others = new ArrayList<>(actors.values());
    others.remove(actor("protection-officer"));
    others.add(vault.operator());
    for (Actor other : others) {
      for (Runnable act :
          List.<Runnable>of(
              () -> canaries.plant(other, 1, Optional.empty()), () -> canaries.list(other))) {
        assertThatThrownBy(act::run)
            .isInstanceOfSatisfying(
                Denial.class,
                e -> {
                  ShownEntry entry = vault.entry(e.receipt().index());
                  assertThat(entry.kind()).isEqualTo("denial");
                  assertThat(entry.actor().name()).isEqualTo(other.name());
                  assertThat(entry.outcome()).isEqualTo("plant-canaries");
                });
      }
    }
    assertThat(vault.versions()).isZero();
    assertThat(plant(1, null).canaries()).hasSize(1);
  }

  // ---- what was planted --------------------------------------------------------------------

  @Test
  void list_afterShowings_countsToHowManyEachWasShown() {
    Planted waiting = plant(1, null);
    vault.pass(Duration.ofHours(1));
    Planted planted = plant(2, "bureau-2");
    String id = value(planted.canaries().get(0), "resident_id");
    FindResponse unused = find(actor("clerk"), id);
    unused = find(actor("clerk"), id);
    unused = find(actor("officer"), id);

    CanaryBook.Listed listed = canaries.list(actor("protection-officer"));

    assertThat(listed.canaries()).hasSize(3);
    assertThat(listed.canaries().get(2).subject()).isEqualTo(waiting.canaries().get(0).subject());
    assertThat(listed.canaries().get(2).plantedFor()).isNull();
    assertThat(listed.canaries().get(0).planted()).isEqualTo(planted.planted());
    Map<String, Integer> shown =
        listed.canaries().stream().collect(Collectors.toMap(Canary::subject, Canary::shownTo));
    assertThat(shown)
        .containsEntry(waiting.canaries().get(0).subject(), 0)
        .containsEntry(planted.canaries().get(0).subject(), 2)
        .containsEntry(planted.canaries().get(1).subject(), 0);
    assertThat(vault.entry(listed.receipt().index()).outcome()).isEqualTo("listed the canaries");
  }

  @Test
  void canaries_afterARestart_areThere() {
    Planted planted = plant(5, "局 二");
    List<Canary> before = listed();

    vault = vault.reopened();
    canaries = vault.canaries();

    assertThat(listed()).isEqualTo(before).hasSize(5);
    assertThat(canaries.all()).hasSize(5);
    Set<Id> seen = Set.of(Id.parse(planted.canaries().get(0).subject()), new Id(1, 2));
    assertThat(canaries.hits(seen, Long.MAX_VALUE, Long.MAX_VALUE))
        .containsExactly(
            new Report.CanaryHit(planted.canaries().get(0).subject(), "局 二", List.of()));
    requireSound();
  }

  /** Somebody of that number was registered meanwhile. */
  @Test
  void canary_recordChangedSince_isNoneAnyMore() {
    Planted.MadeUp canary = plant(2, "x").canaries().get(0);
    Map<String, String> real = new TreeMap<>(recordOf(canary));
    real.put("address", "上海市黄浦区人民路1号");
    Kept.Batch unused =
        vault.vault().keep(actor("clerk"), Permission.KEEP, "residents", List.of(valid(real)));

    Id subject = Id.parse(canary.subject());
    assertThat(canaries.all()).hasSize(1).doesNotContain(subject);
    assertThat(canaries.hits(Set.of(subject), Long.MAX_VALUE, Long.MAX_VALUE)).isEmpty();
    assertThat(listed())
        .filteredOn(Canary::changed)
        .extracting(Canary::subject)
        .containsExactly(canary.subject());
  }

  @Test
  void hits_shownBeforeTheCopyWasTaken_namesWhoWasShown() {
    Planted.MadeUp canary = plant(1, "x").canaries().get(0);
    Set<Id> seen = Set.of(Id.parse(canary.subject()));
    vault.pass(Duration.ofHours(1));
    FindResponse first = find(actor("clerk"), value(canary, "resident_id"));
    long taken = Instant.parse(vault.entry(first.receipt().index()).at()).toEpochMilli() + 1;
    vault.pass(Duration.ofHours(1));
    long logged = vault.markLog();
    FindResponse unused = find(actor("officer"), value(canary, "resident_id"));

    assertThat(canaries.hits(seen, Long.MAX_VALUE, Long.MAX_VALUE).get(0).shownTo())
        .containsExactly("some-clerk", "some-officer");
    assertThat(canaries.hits(seen, Long.MAX_VALUE, taken).get(0).shownTo())
        .containsExactly("some-clerk");
    assertThat(canaries.hits(seen, logged, Long.MAX_VALUE).get(0).shownTo())
        .containsExactly("some-clerk");
    assertThat(canaries.hits(seen, first.receipt().index(), taken).get(0).shownTo()).isEmpty();
    assertThat(canaries.hits(Set.of(new Id(3, 4)), Long.MAX_VALUE, Long.MAX_VALUE)).isEmpty();
  }

  // ---- a leak ------------------------------------------------------------------------------

  private Path sample(List<Map<String, String>> more) throws IOException {
    List<String> columns =
        List.of("resident_id", "name", "sex", "date_of_birth", "address", "phone");
    StringBuilder csv = new StringBuilder(String.join(",", columns)).append('\n');
    List<Map<String, String>> rows = new ArrayList<>(more);
    for (int i = 0; i < SAMPLE; i++) {
      rows.add(fields(RESIDENTS.get(i)));
    }
    for (Map<String, String> row : rows) {
      csv.append(String.join(",", columns.stream().map(c -> row.getOrDefault(c, "")).toList()))
          .append('\n');
    }
    return Files.write(
        directory.resolve("sample.csv"), csv.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Report check(Path sample) throws IOException {
    vault.pass(Duration.ofDays(2));
    long unused = vault.markLog();
    LeakRequest request =
        new LeakRequest("residents", LeakRequest.PURPOSE, Optional.empty(), Map.of());
    try (LeakDesk.Run run = vault.leaks().begin(actor("investigator"), request)) {
      return run.run(new SampleSource.At(sample), LeakProgress.NONE);
    }
  }

  @Test
  void check_sampleWithACanaryPlantedForOne_isProofAndAffectsNoMore() throws IOException {
    populate();
    Planted planted = plant(20, "courier.wu");
    Planted others = plant(5, null);
    vault.pass(Duration.ofDays(1));

    Report.Findings findings =
        check(sample(planted.canaries().stream().map(CanaryBookTest::recordOf).toList()))
            .findings();

    assertThat(findings.matched()).isEqualTo(SAMPLE + 20);
    assertThat(findings.canaries())
        .hasSize(20)
        .allMatch(hit -> "courier.wu".equals(hit.plantedFor()) && hit.shownTo().isEmpty())
        .extracting(Report.CanaryHit::subject)
        .containsExactlyInAnyOrderElementsOf(
            planted.canaries().stream().map(Planted.MadeUp::subject).toList());
    assertThat(others.canaries()).hasSize(5);
    assertThat(findings.sources().conclusion()).isEqualTo("proved");
    assertThat(findings.sources().text()).startsWith("It went through courier.wu: ");
    assertThat(findings.affected().subjects()).isEqualTo(SAMPLE);
    assertThat(findings.sources().examined()).isEqualTo(SAMPLE);
  }

  @Test
  void check_sampleWithACanaryInWaitThatOneWasShown_isProof() throws IOException {
    Map<String, String> told = recordOf(madeUpElsewhere(1).get(0));
    Planted planted =
        vault.canaries(loaded()).plant(actor("protection-officer"), 1, Optional.empty());
    populate();
    vault.pass(Duration.ofDays(1));
    FindResponse shown = find(actor("clerk"), Objects.requireNonNull(told.get("resident_id")));
    String canary = planted.canaries().get(0).subject();
    assertThat(shown.matches().get(0).subject()).isEqualTo(canary);

    Report.Findings findings = check(sample(List.of(told))).findings();

    assertThat(findings.canaries())
        .containsExactly(new Report.CanaryHit(canary, null, List.of("some-clerk")));
    assertThat(findings.sources().conclusion()).isEqualTo("proved");
    assertThat(findings.sources().text()).startsWith("It went through some-clerk: ");
  }

  /** It may have gone through either. */
  @Test
  void check_sampleWithAPlantedCanaryThatAnotherWasShown_isNoProof() throws IOException {
    populate();
    Planted.MadeUp canary = plant(1, "courier.wu").canaries().get(0);
    vault.pass(Duration.ofDays(1));
    FindResponse unused = find(actor("clerk"), value(canary, "resident_id"));

    Report.Findings findings = check(sample(List.of(recordOf(canary)))).findings();

    assertThat(findings.canaries())
        .containsExactly(
            new Report.CanaryHit(canary.subject(), "courier.wu", List.of("some-clerk")));
    assertThat(findings.sources().conclusion()).isNotEqualTo("proved");
  }

  @Test
  void check_readersOfOneAgency_ranksTheAgency() throws IOException {
    populate();
    List<Actor> readers = new ArrayList<>();
    for (String name : List.of("li", "wang", "zhao")) {
      readers.add(signedIn(vault.addUser(name, "clerk")));
      assertThat(vault.users().agency(vault.operator(), name, Optional.of("黄浦 分局")).agency())
          .isEqualTo("黄浦 分局");
    }
    vault.pass(Duration.ofDays(1));
    for (int i = 0; i < SAMPLE; i += 2) {
      FindResponse unused = find(readers.get(i % 3), RESIDENTS.get(i).residentId());
    }

    Report.Findings findings = check(sample(List.of())).findings();

    assertThat(findings.sources().conclusion()).isEqualTo("likely");
    assertThat(findings.sources().ranked())
        .filteredOn(source -> source.kind().equals("agency"))
        .singleElement()
        .satisfies(
            source -> {
              assertThat(source.name()).isEqualTo("黄浦 分局");
              assertThat(source.shown()).isEqualTo(SAMPLE / 2);
              assertThat(source.named()).isTrue();
            });
  }
}
