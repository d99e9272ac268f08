package org.strongroom.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.audit.Denial;
import org.strongroom.audit.Receipt;
import org.strongroom.identity.Actor;
import org.strongroom.ingest.ImportRequest;
import org.strongroom.ingest.ImportSummary;
import org.strongroom.ingest.Progress;
import org.strongroom.ingest.ReadOptions;
import org.strongroom.ingest.Receipts;
import org.strongroom.kernel.Id;
import org.strongroom.rest.ServedVault;
import org.strongroom.synthetic.Format;
import org.strongroom.vault.Applied;
import org.strongroom.vault.FindRequest;
import org.strongroom.vault.LogRequest;
import org.strongroom.vault.RecordId;
import org.strongroom.vault.Users;
import org.strongroom.vault.Vault;

/** Whoever shows, changes or is denied something says where that stands in the log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReceiptsTest {
  private static final ImportRequest IMPORT =
      new ImportRequest("residents", Map.of(), ReadOptions.DEFAULT);

  private ServedVault served;
  private Path directory;

  @BeforeAll
  void serve(@TempDir Path folder) throws IOException {
    directory = folder;
    served = new ServedVault(folder);
  }

  @AfterAll
  void stop() {
    served.close();
  }

  private RemoteSession as(String role) {
    return new RemoteSession(
        served.address(), Optional.of(served.token(role)), Optional.of(served.ca()));
  }

  private RemoteSession anonymous() {
    return new RemoteSession(served.address(), Optional.empty(), Optional.of(served.ca()));
  }

  /** Demands that the act's one entry is the last of the log. */
  private void requireLast(@Nullable Receipt receipt) {
    long next = served.vault().markLog();
    Receipt told = Objects.requireNonNull(receipt);
    assertThat(told.index()).isEqualTo(next - 1);
    assertThat(told.log()).startsWith("strongroom/");
  }

  private ImportSummary imported(String name, byte[] content, List<String> rejects)
      throws IOException {
    Path file = Files.write(directory.resolve(name), content);
    return as("administrator")
        .importFile(file, IMPORT, line -> rejects.add(line.ciphertext()), Progress.NONE);
  }

  // ---- what is done ------------------------------------------------------------------------

  @Test
  void importFile_ofSeveralBatches_spansTheirEntries() throws IOException {
    long before = served.vault().markLog();
    ImportSummary summary =
        imported(
            "many",
            ServedVault.RESIDENTS.stream(Format.NDJSON, 0, 2_500).readAllBytes(),
            new ArrayList<>());
    long after = served.vault().markLog();

    Receipts receipts = Objects.requireNonNull(summary.receipts());
    assertThat(receipts.first()).isEqualTo(before + 1);
    assertThat(receipts.last()).isEqualTo(after - 1);
    assertThat(after - before).isGreaterThan(2);
  }

  @Test
  void importFile_ofNothingThatCanBeKept_hasNone() throws IOException {
    ImportSummary summary =
        imported("bad", "{\"resident_id\":\"1\"}\n".getBytes(UTF_8), new ArrayList<>());
    assertThat(summary.rejected()).isOne();
    assertThat(summary.receipts()).isNull();
  }

  @Test
  void openRejects_anyNumber_isOneEntry() throws IOException {
    List<String> rejects = new ArrayList<>();
    imported("wrong", "{\"resident_id\":\"1\"}\n".getBytes(UTF_8), rejects);
    List<Vault.OpenedRejects> opened =
        as("protection-officer")
            .openRejects(rejects.stream().map(Base64.getDecoder()::decode).toList());

    requireLast(opened.get(0).receipt());
  }

  @Test
  void declarations_putInForce_haveAReceiptAndTheSameAgainHasNone() {
    RemoteSession administrator = as("administrator");
    String policy = administrator.policyYaml() + "\n# changed\n";
    requireLast(administrator.applyPolicy("policy.yaml", policy).receipt());
    String cases = administrator.collection("cases") + "\n# changed\n";
    requireLast(administrator.applyCollection("cases.yaml", cases).receipt());

    Applied again = administrator.applyPolicy("policy.yaml", policy);
    assertThat(again.receipt()).isNull();
    assertThat(again.version()).isEqualTo(administrator.policy().version());
    assertThat(administrator.applyCollection("cases.yaml", cases).receipt()).isNull();
  }

  @Test
  void users_anyChange_hasAReceipt() {
    RemoteSession administrator = as("administrator");
    requireLast(
        administrator
            .addUser("li", Set.of("clerk"), Actor.Kind.USER, Optional.empty(), false)
            .receipt());
    requireLast(
        administrator
            .addUser("app", Set.of("clerk"), Actor.Kind.CLIENT, Optional.of("北京市局"), true)
            .receipt());
    requireLast(administrator.setAgency("li", Optional.of("黄浦分局")).receipt());
    requireLast(administrator.setAgency("li", Optional.empty()).receipt());
    requireLast(administrator.issueToken("li", Optional.empty(), "more").receipt());
    requireLast(administrator.disableUser("li", true).receipt());
    requireLast(administrator.disableUser("li", false).receipt());
    requireLast(administrator.setPassword("li", "Tulip-Anchor-Molten-42".toCharArray()));
    Users.NewCode code = administrator.enrolmentCode();
    requireLast(code.receipt());
    requireLast(
        anonymous().enrol(code.code(), "admin.sun", "Tulip-Anchor-Molten-42".toCharArray()));
    assertThat(administrator.users()).allMatch(user -> user.receipt() == null);
  }

  // ---- what is denied ----------------------------------------------------------------------

  @Test
  void anyAct_byOneWhoMayNot_isDeniedWithItsReceipt() throws Exception {
    RemoteSession clerk = as("clerk");
    RemoteSession officer = as("officer");
    Path file = Files.writeString(directory.resolve("one"), "{}\n");
    char[] password = "Tulip-Anchor-Molten-42".toCharArray();
    String yaml = clerk.collection("cases");
    Map<String, Callable<?>> acts =
        Map.ofEntries(
            Map.entry("import", () -> officer.importFile(file, IMPORT, l -> {}, Progress.NONE)),
            Map.entry("open-rejects", () -> clerk.openRejects(List.of(new byte[] {1}))),
            Map.entry("collection", () -> clerk.applyCollection("cases.yaml", yaml)),
            Map.entry("policy", () -> clerk.applyPolicy("policy.yaml", clerk.policyYaml())),
            Map.entry(
                "add",
                () -> clerk.addUser("x", Set.of("clerk"), Actor.Kind.USER, Optional.empty(), true)),
            Map.entry("agency", () -> clerk.setAgency("some-clerk", Optional.of("x"))),
            Map.entry("token", () -> clerk.issueToken("some-clerk", Optional.empty(), "x")),
            Map.entry("password", () -> clerk.setPassword("some-officer", password)),
            Map.entry("disable", () -> clerk.disableUser("some-officer", true)),
            Map.entry("enable", () -> clerk.disableUser("some-officer", false)),
            Map.entry("users", clerk::users),
            Map.entry("code", clerk::enrolmentCode),
            Map.entry("entries", () -> clerk.entries(NEWEST, entry -> {})),
            Map.entry("entry", () -> clerk.entry(0)));
    for (Map.Entry<String, Callable<?>> act : acts.entrySet()) {
      Denial denial = catchThrowableOfType(Denial.class, () -> act.getValue().call());
      assertThat(denial).as(act.getKey()).isNotNull();
      requireLast(denial.receipt());
    }
  }

  private static final LogRequest NEWEST =
      new LogRequest(null, null, null, null, null, null, null, null);

  @Test
  void disclosure_denied_isARefusalWithItsReceipt() {
    Refusal find =
        catchThrowableOfType(
            Refusal.class,
            () ->
                as("administrator")
                    .find(
                        "residents",
                        new FindRequest(null, "0".repeat(32), "case-work", "x", null, null, null)));
    requireLast(find.receipt());
    Vault.ImageQuestion question =
        new Vault.ImageQuestion(
            "residents", new Id(1, 2), new RecordId(0), "photo", "case-work", Optional.of("x"));
    Refusal photo =
        catchThrowableOfType(
            Refusal.class, () -> as("administrator").image(question, new ByteArrayOutputStream()));
    requireLast(photo.receipt());
  }
}
