package org.strongroom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.http.Limits;
import org.strongroom.leak.FakeChecking;
import org.strongroom.leak.LeakDesk;
import org.strongroom.leak.report.ReportSignature;
import org.strongroom.translog.VerifierKey;

/** Leak checks by whatever speaks https. */
final class LeakOverHttpsTest {
  private static final String CHECKS = "/v1/leak-checks";

  /** So long that no body is too slow for the server when the machine is busy. */
  private static final int REPEATED = 10_000;

  @TempDir private Path directory;
  private final FakeChecking checking = new FakeChecking();
  private ServedVault served;

  @BeforeEach
  void serve() throws IOException {
    served = new ServedVault(directory, Limits.DEFAULT, checking);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private HttpRequest.Builder sample(String role, String query, String body) {
    return served
        .request(CHECKS + query, served.token(role))
        .POST(BodyPublishers.ofString(body.repeat(REPEATED), StandardCharsets.UTF_8));
  }

  private static List<JsonNode> lines(HttpResponse<String> response) throws IOException {
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/x-ndjson");
    List<JsonNode> out = new ArrayList<>();
    for (String line : response.body().lines().toList()) {
      out.add(ServedVault.parsed(line));
    }
    return out;
  }

  private static JsonNode last(HttpResponse<String> response) throws IOException {
    List<JsonNode> lines = lines(response);
    return lines.get(lines.size() - 1);
  }

  private JsonNode checked() throws IOException, InterruptedException {
    return last(served.send(sample("investigator", "", "a sample"))).get("report");
  }

  private List<String> outcomes(String kind) throws IOException, InterruptedException {
    List<String> out = new ArrayList<>();
    for (JsonNode line : lines(served.get("auditor", "/v1/audit/entries?kind=" + kind))) {
      if (line.has("entry")) {
        out.add(line.at("/entry/outcome").asText());
      }
    }
    return out;
  }

  // ---- checking ----------------------------------------------------------------------------

  @Test
  void post_sample_isAnsweredWithItsSignedReport() throws Exception {
    JsonNode report = checked();

    assertThat(report.at("/sample/bytes").asLong())
        .isEqualTo((long) REPEATED * "a sample".length());
    assertThat(report.at("/check/by").asText()).isEqualTo("some-investigator");
    String policy =
        ServedVault.json(served.get("auditor", "/v1/audit/witnesses")).get("policy").asText();
    VerifierKey key = VerifierKey.parse(policy.lines().findFirst().orElseThrow().substring(4));
    byte[] json = ServedVault.json(report).getBytes(StandardCharsets.UTF_8);
    assertThat(ReportSignature.verify(json, key).check().id())
        .isEqualTo(report.at("/check/id").asText());
    assertThat(outcomes("leak")).hasSize(1).allMatch(each -> each.startsWith("checked "));
  }

  @Test
  void post_longSample_tellsHowFarItIs() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    checking.meanwhile(
        progress -> {
          progress.at(17, 4, 3);
          Awaitility.await().until(() -> told.getCount() == 0);
        });
    HttpResponse<InputStream> response =
        served.sendForStream(sample("investigator", "", "a sample"));
    try (var lines =
        new java.io.BufferedReader(
            new java.io.InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      JsonNode at = ServedVault.parsed(lines.readLine());
      while (at.at("/progress/bytes").asLong() != 17) {
        assertThat(at.has("progress")).isTrue();
        at = ServedVault.parsed(lines.readLine());
      }
      assertThat(at.at("/progress/records").asLong()).isEqualTo(4);
      assertThat(at.at("/progress/compared").asLong()).isEqualTo(3);
      told.countDown();
      assertThat(lines.lines().reduce((first, second) -> second).orElse(""))
          .startsWith("{\"report\":");
    }
  }

  @Test
  void post_anyMediaTypeOrNone_isTaken() throws Exception {
    for (String type : List.of("text/csv; charset=gb18030", "application/zip", "x/y")) {
      checking.of(type, type.hashCode());
      HttpRequest.Builder request = sample("investigator", "", "x").header("Content-Type", type);
      assertThat(last(served.send(request)).has("report")).as(type).isTrue();
    }
    HttpRequest.Builder encoded =
        sample("investigator", "", "x").header("Content-Encoding", "gzip");
    assertThat(served.send(encoded).statusCode()).isEqualTo(415);
  }

  @Test
  void post_byOthersOrForNothing_isDeniedWithAReceipt() throws Exception {
    for (String role :
        List.of("clerk", "officer", "auditor", "protection-officer", "administrator")) {
      HttpResponse<String> denied = served.send(sample(role, "", "x"));
      assertThat(denied.statusCode()).isEqualTo(403);
      assertThat(ServedVault.json(denied).at("/code").asText()).isEqualTo("denied");
      assertThat(ServedVault.json(denied).at("/receipt/index").asLong()).isPositive();
    }
    HttpResponse<String> denied = served.send(sample("investigator", "?purpose=audit", "x"));
    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(ServedVault.json(denied).at("/code").asText()).isEqualTo("purpose_not_granted");
    assertThat(ServedVault.json(denied).at("/receipt/index").asLong()).isPositive();
    assertThat(outcomes("denial")).hasSize(6);
  }

  @Test
  void post_wrongQuestion_isABadRequest() throws Exception {
    assertThat(served.send(sample("investigator", "?reason=x", "x")).statusCode()).isEqualTo(400);
    assertThat(served.send(sample("investigator", "?map=phone", "x")).statusCode()).isEqualTo(400);
    assertThat(served.send(sample("investigator", "?collection=nothing", "x")).statusCode())
        .isEqualTo(404);
    HttpRequest.Builder request = sample("investigator", "", "x");
    assertThat(served.send(request.header("Strongroom-Reason", "%C3%")).statusCode())
        .isEqualTo(400);
  }

  @Test
  void post_reasonInAHeader_isInTheLog() throws Exception {
    String query = "?purpose=serious-crime&map=mobile%3D1=phone";
    HttpRequest.Builder request =
        sample("investigator", query, "x").header("Strongroom-Reason", "%E6%A1%88+7");
    assertThat(last(served.send(request)).has("report")).isTrue();
    JsonNode entry =
        lines(served.get("auditor", "/v1/audit/entries?kind=leak")).get(0).get("entry");
    assertThat(entry.get("reason").asText()).isEqualTo("案+7");
    assertThat(served.logged()).doesNotContain("%E6").doesNotContain("案");
  }

  @Test
  void post_tooSmallASample_endsInAnErrorWithItsReceipt() throws Exception {
    checking.finding(LeakDesk.LEAST_RECORDS - 1, 0);
    JsonNode error = last(served.send(sample("investigator", "", "x"))).get("error");
    assertThat(error.get("code").asText()).isEqualTo("sample_too_small");
    assertThat(error.at("/receipt/index").asLong()).isPositive();
  }

  @Test
  void post_whileAnotherCheckRuns_isAConflict() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch seen = new CountDownLatch(1);
    checking.meanwhile(
        progress -> {
          running.countDown();
          Awaitility.await().until(() -> seen.getCount() == 0);
        });
    CompletableFuture<HttpResponse<String>> first =
        served.sendAsync(sample("investigator", "", "x"));
    running.await();
    assertThat(served.send(sample("investigator", "", "x")).statusCode()).isEqualTo(409);
    seen.countDown();
    assertThat(last(first.get()).has("report")).isTrue();
  }

  /** The server works, and whoever waits for it goes away. */
  @Test
  void post_clientGoneWhileItRuns_cancelsIt() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    checking.meanwhile(
        progress -> {
          running.countDown();
          Awaitility.await().forever().until(progress::cancelled);
        });
    CompletableFuture<HttpResponse<String>> call =
        served.sendAsync(sample("investigator", "", "x"));
    running.await();
    call.cancel(true);
    requireCancelled();
  }

  /** The server reads, and whoever sends goes away. */
  @Test
  void post_clientGoneWhileItSends_cancelsIt() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    InputStream endless =
        new InputStream() {
          private long bytes;

          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] to, int offset, int length) {
            Arrays.fill(to, offset, offset + length, (byte) 'x');
            bytes += length;
            if (bytes > 1 << 22) {
              sent.countDown();
            }
            return length;
          }
        };
    CompletableFuture<HttpResponse<String>> call =
        served.sendAsync(
            served
                .request(CHECKS, served.token("investigator"))
                .POST(BodyPublishers.ofInputStream(() -> endless)));
    sent.await();
    call.cancel(true);
    requireCancelled();
  }

  private void requireCancelled() throws Exception {
    Awaitility.await().until(() -> !outcomes("leak").isEmpty());
    assertThat(outcomes("leak")).hasSize(1).allMatch(each -> each.startsWith("cancelled check "));
    checking.meanwhile(progress -> {});
    Awaitility.await()
        .until(() -> served.send(sample("investigator", "", "x")).statusCode() == 200);
    JsonNode listed = ServedVault.json(served.get("investigator", CHECKS));
    assertThat(listed.get("checks")).hasSize(1);
  }

  // ---- what was kept -----------------------------------------------------------------------

  @Test
  void get_list_showsEveryCheckToThoseEntitled() throws Exception {
    String id = checked().at("/check/id").asText();
    for (String role : List.of("investigator", "protection-officer")) {
      JsonNode listed = ServedVault.json(served.get(role, CHECKS));
      assertThat(listed.at("/checks/0/id").asText()).isEqualTo(id);
      assertThat(listed.at("/receipt/index").asLong()).isPositive();
    }
    assertThat(served.get("clerk", CHECKS).statusCode()).isEqualTo(403);
  }

  @Test
  void get_check_isItsReportInTheFormThatIsAccepted() throws Exception {
    JsonNode report = checked();
    String path = CHECKS + "/" + report.at("/check/id").asText();

    HttpResponse<String> json = served.get("investigator", path);
    assertThat(ServedVault.json(json)).isEqualTo(report);
    assertThat(json.headers().firstValue("Strongroom-Index")).isPresent();
    for (String accept : List.of("text/html", "text/html,application/xml;q=0.9,*/*;q=0.8")) {
      assertThat(type(path, accept)).startsWith("text/html");
    }
    for (String accept : List.of("*/*", "application/*", "text/html;q=0.5, application/json")) {
      assertThat(type(path, accept)).isEqualTo("application/json");
    }
    assertThat(outcomes("leak").get(0)).startsWith("shown the report of check ");
  }

  private String type(String path, String accept) throws IOException, InterruptedException {
    HttpResponse<String> page =
        served.send(served.request(path, served.token("investigator")).header("Accept", accept));
    assertThat(page.statusCode()).isEqualTo(200);
    return page.headers().firstValue("Content-Type").orElse("");
  }

  @Test
  void get_affected_isForThoseWhoNotify() throws Exception {
    String path = CHECKS + "/" + checked().at("/check/id").asText();

    HttpResponse<String> response = served.get("protection-officer", path + "/affected");
    assertThat(response.headers().firstValue("Strongroom-Index")).isPresent();
    List<JsonNode> lines = lines(response);
    assertThat(lines).hasSize(4);
    assertThat(ServedVault.json(lines.get(0)))
        .isEqualTo(
            "{\"affected\":{\"subject\":\"00000000000000050000000000000000\","
                + "\"fields\":{\"resident_id\":\"ordinary\",\"name\":\"ordinary\"}}}");
    assertThat(lines.get(3).at("/summary/subjects").asLong()).isEqualTo(3);
    assertThat(served.get("investigator", path + "/affected").statusCode()).isEqualTo(403);
    for (String part : List.of("/notice", "/counts")) {
      assertThat(served.get("protection-officer", path + part).statusCode()).isEqualTo(200);
      assertThat(served.get("investigator", path + part).statusCode()).isEqualTo(200);
      assertThat(served.get("officer", path + part).statusCode()).isEqualTo(403);
    }
    assertThat(served.get("protection-officer", path).statusCode()).isEqualTo(403);
  }

  @Test
  void get_unknownCheck_isNotFound() throws Exception {
    assertThat(served.get("investigator", CHECKS + "/" + "0".repeat(32)).statusCode())
        .isEqualTo(404);
    assertThat(served.get("investigator", CHECKS + "/7").statusCode()).isEqualTo(400);
    assertThat(
            served
                .get("protection-officer", CHECKS + "/" + "0".repeat(32) + "/affected")
                .statusCode())
        .isEqualTo(404);
  }
}
