package org.strongroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.http.SelfSigned;
import org.strongroom.identity.Actor;
import org.strongroom.ingest.ImportRequest;
import org.strongroom.ingest.ImportSummary;
import org.strongroom.ingest.Progress;
import org.strongroom.ingest.ReadOptions;
import org.strongroom.ingest.RejectedLine;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.policy.Explanation;
import org.strongroom.policy.View;
import org.strongroom.rest.ServedVault;
import org.strongroom.synthetic.Format;
import org.strongroom.vault.FindRequest;
import org.strongroom.vault.FindResponse;
import org.strongroom.vault.RecordId;
import org.strongroom.vault.Users;
import org.strongroom.vault.Vault;

/** Every method of a session against a real server. */
final class RemoteSessionTest {
  private static final String PASSWORD = "a long way to Tipperary";
  private static final ImportRequest IMPORT =
      new ImportRequest("residents", Map.of(), ReadOptions.DEFAULT);

  @TempDir Path directory;
  private ServedVault served;

  @BeforeEach
  void serve() throws IOException {
    served = new ServedVault(directory);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private RemoteSession as(String role) {
    return new RemoteSession(
        served.address(), Optional.of(served.token(role)), Optional.of(served.ca()));
  }

  private static FindRequest where(String field, String value, String purpose) {
    return new FindRequest(Map.of(field, value), null, purpose, "case 81", null, null, null);
  }

  private static VaultException failure(ErrorCode code, Runnable act) {
    VaultException failure = catchThrowableOfType(VaultException.class, act::run);
    assertThat(failure.code()).isEqualTo(code);
    return failure;
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  private ImportSummary imported(Path file) throws IOException {
    return as("administrator").importFile(file, IMPORT, line -> {}, Progress.NONE);
  }

  private ImportSummary imported(int residents) throws IOException {
    return imported(
        file("in", ServedVault.RESIDENTS.stream(Format.NDJSON, 0, residents).readAllBytes()));
  }

  // ---- records -----------------------------------------------------------------------------

  @Test
  void find_answersWhatTheServerFound() throws IOException {
    imported(3);
    var resident = ServedVault.RESIDENTS.get(1);

    FindResponse found =
        as("clerk")
            .find("residents", where("resident_id", resident.residentId(), "identity-check"));

    assertThat(found.matches()).hasSize(1);
    assertThat(found.matches().get(0).fields()).containsEntry("name", resident.name());
    assertThat(found.matches().get(0).views()).containsEntry("resident_id", View.MASKED);
    assertThat(found.next()).isNull();
    assertThat(found.receipt().index()).isPositive();
  }

  @Test
  void find_denied_isARefusalWithItsReceipt() {
    long mark = served.vault().markLog();

    Refusal refusal =
        catchThrowableOfType(
            Refusal.class,
            () -> as("clerk").find("residents", where("phone", "13812345678", "case-work")));

    assertThat(refusal.code()).isEqualTo("purpose_not_granted");
    assertThat(refusal.getMessage()).isNotBlank();
    assertThat(refusal.receipt().index()).isEqualTo(mark + 1);
  }

  @Test
  void find_wrong_isTheServersFault() {
    failure(
        ErrorCode.NOT_FOUND,
        () -> as("clerk").find("nothing", where("phone", "13812345678", "identity-check")));
    failure(
        ErrorCode.INVALID_VALUE,
        () -> as("clerk").find("residents", where("resident_id", "7", "identity-check")));
    failure(
        ErrorCode.NOT_FOUND,
        () -> as("clerk").find("a b?c&d", where("phone", "13812345678", "identity-check")));
  }

  @Test
  void image_isWrittenAndItsTypeTold() throws IOException {
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(31, 17, BufferedImage.TYPE_INT_RGB), "png", picture);
    var resident = ServedVault.RESIDENTS.get(0);
    String record =
        "{\"resident_id\":\"%s\",\"name\":\"%s\",\"photo\":\"%s\"}%n"
            .formatted(
                resident.residentId(),
                resident.name(),
                Base64.getEncoder().encodeToString(picture.toByteArray()));
    assertThat(imported(file("one", record.getBytes(StandardCharsets.UTF_8))).kept()).isOne();
    RemoteSession session = as("investigator");
    Id subject =
        Id.parse(
            session
                .find("residents", where("resident_id", resident.residentId(), "serious-crime"))
                .matches()
                .get(0)
                .subject());
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    Session.Picture written = session.image(question(subject, "serious-crime"), out);

    assertThat(written.contentType()).isEqualTo("image/png");
    assertThat(written.receipt().index()).isEqualTo(served.vault().markLog() - 1);
    assertThat(ImageIO.read(new java.io.ByteArrayInputStream(out.toByteArray())).getWidth())
        .isEqualTo(31);
    assertThatThrownBy(
            () ->
                as("clerk")
                    .image(question(subject, "identity-check"), OutputStream.nullOutputStream()))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(
            () ->
                session.image(
                    question(new Id(1, 2), "serious-crime"), OutputStream.nullOutputStream()))
        .isInstanceOf(VaultException.class);
  }

  private static Vault.ImageQuestion question(Id subject, String purpose) {
    return new Vault.ImageQuestion(
        "residents", subject, new RecordId(0), "photo", purpose, Optional.of("case 81"));
  }

  // ---- import ------------------------------------------------------------------------------

  @Test
  void importFile_mapsAndFormatAndDelimiter_reachTheServer() throws IOException {
    var resident = ServedVault.RESIDENTS.get(0);
    Path csv =
        file(
            "residents of X.csv",
            ("证 号=1;called\n" + resident.residentId() + ";Jane Doe\n7;John Doe\n")
                .getBytes(StandardCharsets.UTF_8));
    List<RejectedLine> rejects = new ArrayList<>();

    ImportSummary summary =
        as("administrator")
            .importFile(
                csv,
                new ImportRequest(
                    "residents",
                    Map.of("证 号=1", "resident_id", "called", "name"),
                    new ReadOptions(
                        org.strongroom.ingest.Format.CSV,
                        ';',
                        ReadOptions.DEFAULT_MAX_ELEMENT_BYTES)),
                rejects::add,
                Progress.NONE);

    assertThat(summary.kept()).isOne();
    assertThat(summary.rejected()).isOne();
    assertThat(rejects.get(0).file()).isEqualTo("residents of X.csv");
    assertThat(rejects.get(0).line()).isEqualTo(3);
    List<byte[]> opened =
        as("protection-officer")
            .openRejects(List.of(Base64.getDecoder().decode(rejects.get(0).ciphertext())))
            .get(0)
            .opened();
    assertThat(new String(opened.get(0), StandardCharsets.UTF_8)).contains("John Doe");
    failure(ErrorCode.DENIED, () -> as("administrator").openRejects(List.of(new byte[] {1, 2, 3})));
  }

  @Test
  void openRejects_moreThanOneCallTakes_areOpenedInOrder() throws IOException {
    StringBuilder wrong = new StringBuilder();
    for (int i = 0; i < 1_201; i++) {
      wrong.append("{\"name\":\"no ").append(i).append("\"}\n");
    }
    List<byte[]> ciphertexts = new ArrayList<>();
    as("administrator")
        .importFile(
            file("wrong", wrong.toString().getBytes(StandardCharsets.UTF_8)),
            IMPORT,
            line -> ciphertexts.add(Base64.getDecoder().decode(line.ciphertext())),
            Progress.NONE);

    List<Vault.OpenedRejects> disclosures = as("protection-officer").openRejects(ciphertexts);
    List<byte[]> opened = disclosures.stream().flatMap(each -> each.opened().stream()).toList();
    assertThat(disclosures).hasSizeGreaterThan(1);
    assertThat(disclosures.stream().map(each -> each.receipt().index())).doesNotHaveDuplicates();

    assertThat(opened).hasSize(1_201);
    for (int i = 0; i < opened.size(); i++) {
      assertThat(new String(opened.get(i), StandardCharsets.UTF_8)).contains("\"no " + i + "\"");
    }
  }

  @Test
  void importFile_manyRejects_areAllHeardInOrder() throws IOException {
    int count = 150_000;
    StringBuilder wrong = new StringBuilder();
    for (int i = 0; i < count; i++) {
      wrong.append("{\"resident_id\":\"").append(i).append("\",\"name\":\"x\"}\n");
    }
    Path file = file("wrong", wrong.toString().getBytes(StandardCharsets.UTF_8));
    List<Long> lines = new ArrayList<>();
    List<Long> progress = new ArrayList<>();

    ImportSummary summary =
        as("administrator")
            .importFile(
                file,
                IMPORT,
                line -> lines.add(line.line()),
                (bytes, records) -> progress.add(records));

    // Not shown here: that they are heard while the file is still sent, since the server spools.
    assertThat(summary.rejected()).isEqualTo(count);
    assertThat(lines).hasSize(count).isSorted().startsWith(1L).endsWith((long) count);
    assertThat(progress).isSorted();
  }

  @Test
  void importFile_again_isUnchanged() throws IOException {
    assertThat(imported(5_000).kept()).isEqualTo(5_000);

    assertThat(imported(5_000).unchanged()).isEqualTo(5_000);
  }

  @Test
  void importFile_deniedOrUnreadable_isHeardThoughTheFileIsLarge() throws IOException {
    byte[] picture = new byte[60 << 20];
    System.arraycopy(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}, 0, picture, 0, 3);
    Path file = file("photo.jpg", picture);

    failure(ErrorCode.DENIED, () -> importing("clerk", file));
    VaultException unreadable =
        failure(ErrorCode.UNREADABLE_INPUT, () -> importing("administrator", file));

    assertThat(unreadable).hasMessageStartingWith("photo.jpg: ").hasMessageContaining("JPEG");
  }

  private void importing(String role, Path file) {
    try {
      as(role).importFile(file, IMPORT, line -> {}, Progress.NONE);
    } catch (IOException e) {
      throw new AssertionError("no failure of ours", e);
    }
  }

  @Test
  void importFile_logFailsInTheMiddle_isTheServersFault() throws IOException {
    Path file = file("in", ServedVault.RESIDENTS.stream(Format.NDJSON, 0, 200_000).readAllBytes());

    failure(
        ErrorCode.AUDIT_FAILED,
        () -> {
          try {
            as("administrator")
                .importFile(
                    file,
                    IMPORT,
                    line -> {},
                    (bytes, records) -> {
                      if (records > 0) {
                        served.vault().failLog();
                      }
                    });
          } catch (IOException e) {
            throw new AssertionError("no failure of ours", e);
          }
        });
  }

  @Test
  void importFile_sinkFails_isTheCallersFault() throws IOException {
    Path file = file("wrong", "{\"name\":\"x\"}\n".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(
            () ->
                as("administrator")
                    .importFile(
                        file,
                        IMPORT,
                        line -> {
                          throw new IOException("disk full");
                        },
                        Progress.NONE))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("disk full");
  }

  @Test
  void importFile_thatIsNone_isRefusedHere() {
    assertThat(
            failure(
                ErrorCode.UNREADABLE_INPUT,
                () -> importing("administrator", directory.resolve("none.csv"))))
        .hasMessage("none.csv: there is no such file");
    failure(ErrorCode.UNREADABLE_INPUT, () -> importing("administrator", directory));
  }

  // ---- declarations ------------------------------------------------------------------------

  @Test
  void collections_areListedShownAndPut() {
    RemoteSession session = as("administrator");
    String yaml = session.collection("cases").replaceFirst("description: .*", "description: 案件");

    assertThat(session.collections())
        .containsExactly(
            new Session.Declared("activity", 1),
            new Session.Declared("cases", 1),
            new Session.Declared("residents", 1));
    assertThat(session.applyCollection("cases.yaml", yaml).version()).isEqualTo(2);
    assertThat(session.collection("cases")).isEqualTo(yaml);
    failure(ErrorCode.NOT_FOUND, () -> session.collection("nothing"));
    failure(ErrorCode.DENIED, () -> as("clerk").applyCollection("cases.yaml", yaml));
  }

  @Test
  void applyCollection_withAMistakeThatTheServerFinds_namesTheFile() {
    RemoteSession session = as("administrator");
    String yaml = session.collection("cases").replace("type: address", "type: email");

    assertThat(
            failure(ErrorCode.INVALID_DECLARATION, () -> session.applyCollection("my.yaml", yaml)))
        .hasMessageStartingWith("my.yaml:");
  }

  @Test
  void policy_isShownPutAndExplained() {
    RemoteSession session = as("administrator");
    String yaml = session.policyYaml() + "\n# checked\n";

    assertThat(session.policy()).isEqualTo(new Session.Declared("policy", 1));
    assertThat(session.applyPolicy("p.yaml", yaml).version()).isEqualTo(2);
    assertThat(session.policyYaml()).isEqualTo(yaml);
    Explanation explanation = session.explain("clerk", "identity-check", "residents");
    assertThat(explanation)
        .isEqualTo(served.vault().policies().explain("clerk", "identity-check", "residents"));
    assertThat(
            failure(
                ErrorCode.INVALID_DECLARATION,
                () -> session.applyPolicy("p.yaml", yaml.replace("purposes:", "purpose:"))))
        .hasMessageStartingWith("p.yaml:");
    failure(ErrorCode.NOT_FOUND, () -> session.explain("a&b=c d", "audit", "residents"));
  }

  // ---- users -------------------------------------------------------------------------------

  @Test
  void users_areAddedListedAndShutOut() {
    RemoteSession session = as("administrator");

    Users.Shown added =
        session.addUser("sync", Set.of("clerk"), Actor.Kind.CLIENT, Optional.empty(), true);
    Users.Shown further = session.issueToken("sync", Optional.of(Duration.ofDays(3)), "night");

    assertThat(added.kind()).isEqualTo("client");
    assertThat(added.roles()).containsExactly("clerk");
    assertThat(canAsk(added.token())).isTrue();
    assertThat(canAsk(further.token())).isTrue();
    assertThat(session.users()).extracting(Users.Shown::name).contains("sync", "some-clerk");
    assertThat(session.users()).extracting(Users.Shown::token).containsOnlyNulls();
    assertThat(session.disableUser("sync", true).disabled()).isTrue();
    assertThat(canAsk(added.token())).isFalse();
    assertThat(session.disableUser("sync", false).disabled()).isFalse();
    assertThat(canAsk(added.token())).isTrue();
    failure(
        ErrorCode.CONFLICT,
        () -> session.addUser("sync", Set.of("clerk"), Actor.Kind.USER, Optional.empty(), false));
    failure(ErrorCode.NOT_FOUND, () -> session.disableUser("nobody", true));
  }

  @Test
  void agency_isGivenChangedTakenAndChecked() {
    RemoteSession session = as("administrator");

    Users.Shown added =
        session.addUser("li.wei", Set.of("clerk"), Actor.Kind.USER, Optional.of("黄浦 分局"), false);

    assertThat(added.agency()).isEqualTo("黄浦 分局");
    assertThat(agencyOf(session, "li.wei")).isEqualTo("黄浦 分局");
    assertThat(session.setAgency("li.wei", Optional.of("bureau-2")).agency()).isEqualTo("bureau-2");
    assertThat(agencyOf(session, "li.wei")).isEqualTo("bureau-2");
    assertThat(session.setAgency("li.wei", Optional.empty()).agency()).isNull();
    assertThat(agencyOf(session, "li.wei")).isNull();
    failure(ErrorCode.INVALID_VALUE, () -> session.setAgency("li.wei", Optional.of("a\nb")));
    failure(ErrorCode.NOT_FOUND, () -> session.setAgency("nobody", Optional.of("x")));
  }

  private static @Nullable String agencyOf(RemoteSession session, String name) {
    return session.users().stream()
        .filter(user -> user.name().equals(name))
        .findFirst()
        .orElseThrow()
        .agency();
  }

  private boolean canAsk(@Nullable String token) {
    RemoteSession session =
        new RemoteSession(served.address(), Optional.ofNullable(token), Optional.of(served.ca()));
    try {
      return !session.collections().isEmpty();
    } catch (VaultException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.NOT_AUTHENTICATED);
      return false;
    }
  }

  @Test
  void signIn_andEnrol_needNoToken() {
    RemoteSession nobody =
        new RemoteSession(served.address(), Optional.empty(), Optional.of(served.ca()));
    RemoteSession administrator = as("administrator");
    char[] password = PASSWORD.toCharArray();
    administrator.setPassword("some-clerk", password);
    assertThat(password).containsOnly('\0');

    assertThat(canAsk(nobody.signIn("some-clerk", PASSWORD.toCharArray()))).isTrue();
    String code = administrator.enrolmentCode().code();
    nobody.enrol(code, "admin.wang", PASSWORD.toCharArray());

    assertThat(canAsk(nobody.signIn("admin.wang", PASSWORD.toCharArray()))).isTrue();
    failure(
        ErrorCode.NOT_AUTHENTICATED, () -> nobody.enrol(code, "admin.li", PASSWORD.toCharArray()));
    for (int i = 0; i < 5; i++) {
      failure(
          ErrorCode.NOT_AUTHENTICATED,
          () -> nobody.signIn("some-clerk", "wrong wrong wrong".toCharArray()));
    }
    assertThat(
            failure(
                ErrorCode.LOCKED_OUT, () -> nobody.signIn("some-clerk", PASSWORD.toCharArray())))
        .hasMessageContaining("1 s");
  }

  // ---- the way there -----------------------------------------------------------------------

  @Test
  void anyCall_withoutAToken_saysWhatToSet() {
    RemoteSession session =
        new RemoteSession(
            URI.create("https://127.0.0.1:1"), Optional.empty(), Optional.of(served.ca()));

    assertThat(failure(ErrorCode.NOT_AUTHENTICATED, session::collections))
        .hasMessageContaining("STRONGROOM_TOKEN");
  }

  @Test
  void anyCall_withWhatIsNoToken_isRefusedHere() {
    RemoteSession session =
        new RemoteSession(
            served.address(), Optional.of("Bearer srm_x\r\nX: y"), Optional.of(served.ca()));

    failure(ErrorCode.NOT_AUTHENTICATED, session::collections);
    failure(ErrorCode.NOT_AUTHENTICATED, session::policy);
  }

  @Test
  void anyCall_nobodyListens_isUnreachable() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    RemoteSession session =
        new RemoteSession(
            URI.create("https://127.0.0.1:" + port),
            Optional.of(served.token("clerk")),
            Optional.of(served.ca()));
    Path file = file("in", new byte[] {'{', '}'});

    assertThat(failure(ErrorCode.UNREACHABLE, session::collections))
        .hasMessageContaining("is running");
    assertThat(
            failure(
                ErrorCode.UNREACHABLE,
                () -> {
                  try {
                    session.importFile(file, IMPORT, line -> {}, Progress.NONE);
                  } catch (IOException e) {
                    throw new AssertionError("no failure of ours", e);
                  }
                }))
        .hasMessageContaining("is running");
  }

  @Test
  void anyCall_certificateNotTrusted_namesTheOption() throws IOException {
    Path other =
        file(
            "other.pem",
            SelfSigned.make(java.time.Clock.systemUTC(), new java.security.SecureRandom())
                .certificatePem()
                .getBytes(StandardCharsets.US_ASCII));
    Path file = file("in", new byte[] {'{', '}'});
    for (Optional<Path> ca : List.of(Optional.of(other), Optional.<Path>empty())) {
      RemoteSession session =
          new RemoteSession(served.address(), Optional.of(served.token("clerk")), ca);

      assertThat(failure(ErrorCode.UNREACHABLE, session::collections)).hasMessageContaining("--ca");
      assertThat(
              failure(
                  ErrorCode.UNREACHABLE,
                  () -> {
                    try {
                      session.importFile(file, IMPORT, line -> {}, Progress.NONE);
                    } catch (IOException e) {
                      throw new AssertionError("no failure of ours", e);
                    }
                  }))
          .hasMessageContaining("--ca");
    }
  }

  @Test
  void anyCall_toAnotherNameOfTheServer_isNotTrusted() {
    RemoteSession session =
        new RemoteSession(
            URI.create("https://127.0.0.2:" + served.address().getPort()),
            Optional.of(served.token("clerk")),
            Optional.of(served.ca()));

    failure(ErrorCode.UNREACHABLE, session::collections);
  }

  @Test
  void newSession_unfitAddressOrCertificate_isRefused() throws IOException {
    Path empty = file("empty.pem", new byte[0]);
    for (String address : List.of("http://a", "https://a@b", "https:/a", "https://a?b=c")) {
      failure(
          ErrorCode.BAD_REQUEST,
          () -> new RemoteSession(URI.create(address), Optional.empty(), Optional.empty()));
    }
    for (Path ca : List.of(empty, directory.resolve("none.pem"), directory)) {
      failure(
          ErrorCode.BAD_REQUEST,
          () -> new RemoteSession(served.address(), Optional.empty(), Optional.of(ca)));
    }
  }
}
