package org.strongroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.strongroom.http.Limits;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.FakeChecking;
import org.strongroom.leak.LeakProgress;
import org.strongroom.leak.LeakRequest;
import org.strongroom.leak.SampleSource;
import org.strongroom.leak.report.ReportJson;
import org.strongroom.rest.ServedVault;

/** {@code strongroom leak ...}, on a vault that is open here and on a server's. */
final class LeakCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private final FakeChecking checking = new FakeChecking();
  private ServedVault served;

  /** Where the vault is. */
  private enum Where {
    HERE,
    SERVER
  }

  @BeforeEach
  void serve() throws IOException {
    served = new ServedVault(directory, Limits.DEFAULT, checking);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  /** What a command line came to. */
  private record Ended(int exit, String out, String err) {
    JsonNode json() throws IOException {
      return JSON.readTree(out);
    }

    List<JsonNode> lines() throws IOException {
      List<JsonNode> lines = new ArrayList<>();
      for (String line : out.lines().toList()) {
        lines.add(JSON.readTree(line));
      }
      return lines;
    }
  }

  private Ended run(Where where, String role, String... arguments) {
    Map<String, String> environment = new HashMap<>();
    environment.put("STRONGROOM_TOKEN", served.token(role));
    environment.put("STRONGROOM_CA", served.ca().toString());
    environment.put(
        "STRONGROOM_VAULT", where == Where.SERVER ? served.address().toString() : "here");
    Leaks here = served.vault().leaks(checking, served.token(role));
    FakeHost host =
        new FakeHost((proxy, method, given) -> method.getName().equals("leaks") ? here : null);
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    try {
      int exit = Strongroom.run(host, environment, arguments);
      return new Ended(
          exit,
          said.toString(StandardCharsets.UTF_8),
          withoutLog(complained.toString(StandardCharsets.UTF_8)));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** The server logs to the same stream, since it runs in this process. */
  private static String withoutLog(String err) {
    return err.replaceAll("(?m)^20[0-9-]+T[0-9:.]+Z (INFO|WARN) .*\n", "");
  }

  private Ended done(Where where, String role, String... arguments) {
    Ended ended = run(where, role, arguments);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exit()).isZero();
    return ended;
  }

  /** So long that it is not too slow for the server when the machine is busy. */
  private String sample(String content) throws IOException {
    return Files.writeString(directory.resolve("sample.csv"), content.repeat(10_000)).toString();
  }

  // ---- canaries ----------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(Where.class)
  void plant_forARecipient_writesRecordsForItsOwnerAlone(Where where) throws IOException {
    Path out = directory.resolve("canaries.ndjson");
    Ended ended =
        done(
            where,
            "protection-officer",
            "leak",
            "canary",
            "plant",
            "--count",
            "3",
            "--for",
            "黄浦 分局",
            "--out",
            out.toString());

    assertThat(ended.out())
        .contains("planted for 黄浦 分局; the made-up records are in " + out)
        .containsPattern("entry +[0-9]+ of the log strongroom/");
    assertThat(Files.getPosixFilePermissions(out))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    List<String> lines = Files.readAllLines(out);
    assertThat(lines).hasSize(3);
    for (String line : lines) {
      JsonNode record = JSON.readTree(line);
      assertThat(record.get("resident_id").asText()).hasSize(18);
      assertThat(ended.out()).doesNotContain(record.get("name").asText());
    }
    Ended again =
        run(
            where,
            "protection-officer",
            "leak",
            "canary",
            "plant",
            "--count",
            "1",
            "--for",
            "x",
            "--out",
            out.toString());
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).contains("it is there already");
    assertThat(Files.readAllLines(out)).isEqualTo(lines);
    assertThat(canaries(where)).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(Where.class)
  void plant_withoutRecipient_showsIdsAlone(Where where) throws IOException {
    JsonNode planted =
        done(where, "protection-officer", "leak", "canary", "plant", "--count", "2", "--json")
            .json();

    assertThat(planted.has("planted_for")).isFalse();
    assertThat(planted.get("canaries")).hasSize(2).noneMatch(each -> each.has("record"));
    assertThat(planted.at("/receipt/index").asLong()).isPositive();
    List<JsonNode> listed = canaries(where);
    assertThat(listed).hasSize(2);
    for (JsonNode canary : listed) {
      assertThat(canary.get("shown_to").asInt()).isZero();
      assertThat(canary.get("changed").asBoolean()).isFalse();
      assertThat(canary.get("planted")).isEqualTo(planted.get("planted"));
    }
    assertThat(done(where, "protection-officer", "leak", "canary", "list").out())
        .contains(listed.get(0).get("subject").asText(), "shown to 0")
        .containsPattern("this listing is entry +[0-9]+ of the log");
  }

  @ParameterizedTest
  @EnumSource(Where.class)
  void plant_deniedOrMisused_plantsNothingAndLeavesNoFile(Where where) throws IOException {
    Path out = directory.resolve("canaries.ndjson");
    String file = out.toString();
    Ended denied =
        run(where, "clerk", "leak", "canary", "plant", "--count", "1", "--for", "x", "--out", file);
    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.err()).startsWith("refused (denied): ").contains("This denial is entry ");
    assertThat(out).doesNotExist();
    assertThat(run(where, "investigator", "leak", "canary", "list").exit()).isEqualTo(1);
    Ended lone =
        run(where, "protection-officer", "leak", "canary", "plant", "--count", "1", "--out", file);
    assertThat(lone.exit()).isEqualTo(2);
    assertThat(lone.err()).contains("--out needs --for");
    assertThat(out).doesNotExist();
    Ended many = run(where, "protection-officer", "leak", "canary", "plant", "--count", "1001");
    assertThat(many.err()).contains("1 to 1000 canaries");
    assertThat(run(where, "protection-officer", "leak", "canary", "plant").exit()).isEqualTo(2);
    assertThat(canaries(where)).isEmpty();
    assertThat(done(where, "protection-officer", "leak", "canary", "list").out())
        .startsWith("no canary\n");
  }

  private List<JsonNode> canaries(Where where) throws IOException {
    List<JsonNode> out = new ArrayList<>();
    done(where, "protection-officer", "leak", "canary", "list", "--json")
        .json()
        .get("canaries")
        .forEach(out::add);
    return out;
  }

  // ---- agencies, by which sources are ranked ------------------------------------------------

  @Test
  void user_agency_isGivenShownChangedAndTaken() throws IOException {
    Where where = Where.SERVER;
    JsonNode added =
        done(
                where,
                "administrator",
                "user",
                "add",
                "li.wei",
                "--role",
                "clerk",
                "--agency",
                "黄浦 分局",
                "--json")
            .json();
    assertThat(added.get("agency").asText()).isEqualTo("黄浦 分局");
    assertThat(done(where, "administrator", "user", "list").out())
        .containsPattern("li\\.wei .* of 黄浦 分局\n");

    assertThat(done(where, "administrator", "user", "agency", "li.wei", "bureau-2").out())
        .startsWith("li.wei works for bureau-2")
        .containsPattern("entry +[0-9]+ of the log strongroom/");
    assertThat(done(where, "administrator", "user", "agency", "li.wei", "--none").out())
        .startsWith("li.wei works for no known agency");
    assertThat(done(where, "administrator", "user", "list").out()).doesNotContain("bureau-2");

    assertThat(run(where, "administrator", "user", "agency", "li.wei").exit()).isEqualTo(2);
    assertThat(run(where, "administrator", "user", "agency", "li.wei", "a", "--none").exit())
        .isEqualTo(2);
    Ended malformed = run(where, "administrator", "user", "agency", "li.wei", "<b>");
    assertThat(malformed.exit()).isEqualTo(1);
    assertThat(malformed.err()).contains("an agency has 1 to 64");
    assertThat(run(where, "clerk", "user", "agency", "li.wei", "x").err())
        .startsWith("refused (denied): ");
  }

  private String checked(Where where) throws IOException {
    return done(where, "investigator", "leak", "check", sample("a"), "--json")
        .json()
        .at("/check/id")
        .asText();
  }

  // ---- checking ----------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(Where.class)
  void check_file_tellsTheVerdictAndWhereItStands(Where where) throws IOException {
    Ended ended = done(where, "investigator", "leak", "check", sample("a sample"));
    assertThat(ended.out())
        .startsWith("A copy of this vault.\n  - It is genuine.\n")
        .contains("1,007: 1,000 matched", "75.0 %", "The data cannot tell.", "3 subjects")
        .containsPattern("entry +[0-9]+ of the log strongroom/");
  }

  @ParameterizedTest
  @EnumSource(Where.class)
  void check_json_isTheReport(Where where) throws IOException {
    Ended ended = done(where, "investigator", "leak", "check", sample("a sample"), "--json");
    assertThat(ended.out().lines()).hasSize(1);
    byte[] line = ended.out().getBytes(StandardCharsets.UTF_8);
    assertThat(ReportJson.write(ReportJson.read(line))).isEqualTo(line);
    assertThat(ended.json().get("signature").asText()).contains("strongroom.org/leak-report/v1");
  }

  @ParameterizedTest
  @EnumSource(Where.class)
  void check_folderForTheReport_getsItInEveryForm(Where where) throws IOException {
    Path folder = directory.resolve("report");
    Ended ended =
        done(where, "investigator", "leak", "check", sample("a"), "--report", folder.toString());
    assertThat(ended.out()).endsWith("the report is in " + folder + "\n");
    byte[] json = Files.readAllBytes(folder.resolve("report.json"));
    for (String name : List.of("report.html", "notice.html", "counts.csv")) {
      assertThat(folder.resolve(name)).isNotEmptyFile();
    }
    Ended again =
        run(where, "investigator", "leak", "check", sample("a"), "--report", folder.toString());
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).contains("report.json: it is there already");
    assertThat(folder.resolve("report.json")).hasBinaryContent(json);
    assertThat(done(where, "investigator", "leak", "list").out().lines()).hasSize(2);
  }

  @Test
  void check_folderOfFilesOnAServer_goesAsTheSameZipEachTime() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("samples/b"));
    Files.write(folder.resolve("2.csv"), noise());
    Files.write(directory.resolve("samples/1.csv"), noise());
    String samples = directory.resolve("samples").toString();
    Ended first = done(Where.SERVER, "investigator", "leak", "check", samples, "--json");
    assertThat(first.json().at("/sample/bytes").asLong()).isGreaterThan(100_000);
    Ended second = done(Where.SERVER, "investigator", "leak", "check", samples, "--json");
    assertThat(second.json().at("/sample/bytes")).isEqualTo(first.json().at("/sample/bytes"));
  }

  /** Does not compress. */
  private static byte[] noise() {
    byte[] out = new byte[50_000];
    new Random(7).nextBytes(out);
    return out;
  }

  @ParameterizedTest
  @EnumSource(Where.class)
  void check_dash_readsStandardInput(Where where) throws IOException {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(new byte[70_000]));
    try {
      Ended ended = done(where, "investigator", "leak", "check", "-", "--json");
      assertThat(ended.json().at("/sample/bytes").asLong()).isEqualTo(70_000);
    } finally {
      System.setIn(before);
    }
  }

  @ParameterizedTest
  @EnumSource(Where.class)
  void check_denied_saysWhyAndWhereThatStands(Where where) throws IOException {
    Ended byRole = run(where, "clerk", "leak", "check", sample("a"));
    assertThat(byRole.exit()).isEqualTo(1);
    assertThat(byRole.err()).startsWith("refused (denied): ").contains("This denial is entry ");
    Ended byPurpose =
        run(where, "investigator", "leak", "check", sample("a"), "--purpose", "audit");
    assertThat(byPurpose.err()).startsWith("refused (purpose_not_granted): ");
    Ended byReason =
        run(where, "investigator", "leak", "check", sample("a"), "--purpose", "serious-crime");
    assertThat(byReason.err()).startsWith("refused (reason_required): ");
    checking.finding(1, 0);
    Ended bySize = run(where, "investigator", "leak", "check", sample("a"), "--json");
    assertThat(bySize.exit()).isEqualTo(1);
    JsonNode refusal = JSON.readTree(bySize.err());
    assertThat(refusal.get("error").asText()).isEqualTo("sample_too_small");
    assertThat(refusal.at("/receipt/index").asLong()).isPositive();
    assertThat(done(where, "investigator", "leak", "list").out()).startsWith("no check\n");
  }

  @ParameterizedTest
  @EnumSource(Where.class)
  void check_reasonAndMaps_reachTheVault(Where where) throws IOException {
    done(
        where,
        "investigator",
        "leak",
        "check",
        sample("a"),
        "--purpose",
        "serious-crime",
        "--reason",
        "案件 7 + 8",
        "--map",
        "手机=phone");
    assertThat(served.vault().leakEntries().get(0).reason()).isEqualTo("案件 7 + 8");
  }

  @ParameterizedTest
  @EnumSource(Where.class)
  void check_brokenSample_saysWhatIsWrong(Where where) throws IOException {
    checking.meanwhile(
        progress -> {
          throw new VaultException(ErrorCode.UNREADABLE_INPUT, "the zip is encrypted");
        });
    Ended ended = run(where, "investigator", "leak", "check", sample("a"));
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).isEqualTo("error (unreadable_input): the zip is encrypted\n");
    Ended missing = run(where, "investigator", "leak", "check", directory.resolve("no").toString());
    assertThat(missing.err()).contains("there is no such file");
    assertThat(run(where, "investigator", "leak", "check").exit()).isEqualTo(2);
  }

  @Test
  void check_cancelled_keepsNothing() throws IOException {
    Leaks server =
        new RemoteSession(
                served.address(),
                Optional.of(served.token("investigator")),
                Optional.of(served.ca()))
            .leaks();
    checking.meanwhile(progress -> Awaitility.await().forever().until(progress::cancelled));
    LeakProgress unwanted =
        new LeakProgress() {
          @Override
          public void at(long bytes, long records, long compared) {}

          @Override
          public boolean cancelled() {
            return true;
          }
        };
    assertThatThrownBy(
            () ->
                server.check(
                    new SampleSource.At(Path.of(sample("a"))),
                    new LeakRequest("residents", "leak-check", Optional.empty(), Map.of()),
                    unwanted))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    // There may be no entry at all yet.
    Awaitility.await()
        .ignoreException(IndexOutOfBoundsException.class)
        .until(
            () ->
                served.vault().leakEntries().stream()
                    .anyMatch(
                        entry -> String.valueOf(entry.outcome()).startsWith("cancelled check ")));
  }

  // ---- what was kept -----------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(Where.class)
  void list_andShow_areForThoseEntitled(Where where) throws IOException {
    String id = checked(where);
    assertThat(done(where, "investigator", "leak", "list").out())
        .startsWith(id)
        .contains("A copy of this vault.", "this listing is entry ");
    JsonNode listed = done(where, "protection-officer", "leak", "list", "--json").json();
    assertThat(listed.at("/checks/0/id").asText()).isEqualTo(id);
    assertThat(done(where, "investigator", "leak", "show", id).out()).startsWith("A copy of this");
    Path folder = directory.resolve("again");
    JsonNode shown =
        done(where, "investigator", "leak", "show", id, "--json", "--report", folder.toString())
            .json();
    assertThat(JSON.readTree(folder.resolve("report.json").toFile())).isEqualTo(shown);
    assertThat(run(where, "clerk", "leak", "list").exit()).isEqualTo(1);
    assertThat(run(where, "clerk", "leak", "show", id).err()).startsWith("refused (denied)");
    assertThat(run(where, "investigator", "leak", "show", "7").err()).contains("32 hexadecimal");
    assertThat(run(where, "investigator", "leak", "show", "0".repeat(32)).err())
        .startsWith("error (not_found)");
  }

  @ParameterizedTest
  @EnumSource(Where.class)
  void affected_isForThoseWhoNotify(Where where) throws IOException {
    String id = checked(where);
    Ended text = done(where, "protection-officer", "leak", "affected", id);
    assertThat(text.out().lines())
        .hasSize(4)
        .first()
        .isEqualTo("00000000000000050000000000000000  resident_id (ordinary)  name (ordinary)");
    assertThat(text.out()).contains("3 subjects; this listing is entry ");
    List<JsonNode> lines =
        done(where, "protection-officer", "leak", "affected", id, "--json").lines();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(2).at("/affected/fields/name").asText()).isEqualTo("ordinary");
    assertThat(lines.get(3).at("/summary/subjects").asLong()).isEqualTo(3);
    assertThat(lines.get(3).at("/summary/receipt/index").asLong()).isPositive();
    assertThat(run(where, "investigator", "leak", "affected", id).err())
        .startsWith("refused (denied)");
  }

  // ---- offline -----------------------------------------------------------------------------

  @Test
  void verify_report_isGenuineAsLongAsNobodyChangesIt() throws IOException {
    Path folder = directory.resolve("report");
    done(Where.SERVER, "investigator", "leak", "check", sample("a"), "--report", folder.toString());
    Path report = folder.resolve("report.json");
    String key = served.vault().logKey();
    Path keyFile = Files.writeString(directory.resolve("log.vkey"), key + "\n");

    Path trust = Files.writeString(directory.resolve("trust"), "log " + key + "\nwitness other\n");

    for (String given : List.of(key, keyFile.toString(), trust.toString())) {
      assertThat(
              done(Where.HERE, "clerk", "leak", "verify", report.toString(), "--key", given).out())
          .startsWith("genuine: check ");
    }
    JsonNode json =
        done(Where.HERE, "clerk", "leak", "verify", report.toString(), "--key", key, "--json")
            .json();
    assertThat(json.get("log").asText()).startsWith("strongroom/");
    String altered = Files.readString(report).replace("\"matched\":1000", "\"matched\":1001");
    Files.writeString(report, altered);
    Ended ended = run(Where.HERE, "clerk", "leak", "verify", report.toString(), "--key", key);
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).startsWith("error (invalid_proof): ");
    assertThat(run(Where.HERE, "clerk", "leak", "verify", report.toString(), "--key", "x").err())
        .startsWith("error (bad_request): --key: ");
  }

  @Test
  void verify_folder_saysToNameTheReport() {
    Ended ended =
        run(Where.HERE, "clerk", "leak", "verify", directory.toString(), "--key", "of no matter");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).contains("this is a folder; name the report.json in it");
  }

  @Test
  void register_dayThatIsNone_isAUsageErrorThatShowsOne() {
    Ended ended =
        run(
            Where.HERE,
            "protection-officer",
            "leak",
            "register",
            "sample",
            "--name",
            "a copy",
            "--date",
            "yesterday");
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("'yesterday' is no day such as 2022-06-30\n");
  }
}
