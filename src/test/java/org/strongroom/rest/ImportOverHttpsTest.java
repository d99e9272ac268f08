package org.strongroom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.strongroom.http.Limits;
import org.strongroom.synthetic.Format;

/** Files over https, by clients that read as they send and by clients that do not. */
final class ImportOverHttpsTest {
  private static final String IMPORT = "/v1/collections/residents/import";
  private static final int MANY = 110_000;

  @TempDir Path directory;
  private ServedVault served;

  @BeforeEach
  void serve() throws IOException {
    served = new ServedVault(directory);
  }

  @AfterEach
  void nothingPersonalWasLogged() {
    served.close();
    assertThat(served.logged())
        .doesNotContain("srm_")
        .doesNotContain(ServedVault.RESIDENTS.get(0).residentId())
        .doesNotContain(ServedVault.RESIDENTS.get(0).name())
        .doesNotContain(ServedVault.RESIDENTS.get(0).address());
  }

  private static byte[] residents(Format format, int count) throws IOException {
    return ServedVault.RESIDENTS.stream(format, 0, count).readAllBytes();
  }

  private HttpRequest.Builder request(String role, String query, String contentType) {
    return served.request(IMPORT + query, served.token(role)).header("Content-Type", contentType);
  }

  private List<JsonNode> sent(String query, String contentType, byte[] body) throws Exception {
    HttpResponse<String> response =
        served.send(
            request("administrator", query, contentType).POST(BodyPublishers.ofByteArray(body)));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/x-ndjson");
    return lines(response.body().lines());
  }

  private static List<JsonNode> lines(Stream<String> text) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : (Iterable<String>) text::iterator) {
      lines.add(ServedVault.parsed(line));
    }
    return lines;
  }

  private static JsonNode last(List<JsonNode> lines) {
    return lines.get(lines.size() - 1);
  }

  private static List<JsonNode> rejected(List<JsonNode> lines) {
    return lines.stream().filter(l -> l.has("rejected")).map(l -> l.get("rejected")).toList();
  }

  private boolean isKept(int resident) {
    String body =
        "{\"where\":{\"resident_id\":\""
            + ServedVault.RESIDENTS.get(resident).residentId()
            + "\"},\"purpose\":\"identity-check\"}";
    try {
      return served.post("clerk", "/v1/collections/residents/find", body).body().contains("clear");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("find failed", e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NDJSON, application/x-ndjson",
    "JSON, application/json",
    "CSV, text/csv",
    "CSV, application/octet-stream"
  })
  void import_ofAnyFormat_keepsAllAndFindsThem(Format format, String contentType) throws Exception {
    List<JsonNode> lines = sent("", contentType, residents(format, 2_500));

    JsonNode summary = last(lines).get("summary");
    assertThat(summary.get("read").asLong()).isEqualTo(2_500);
    assertThat(summary.get("kept").asLong()).as(summary.toString()).isEqualTo(2_500);
    assertThat(summary.get("unknown_columns")).isEmpty();
    assertThat(isKept(0)).isTrue();
    assertThat(isKept(2_499)).isTrue();
    assertThat(isKept(2_500)).isFalse();
  }

  @Test
  void import_ofGzip_isUnpacked() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(residents(Format.CSV, 100));
    }

    List<JsonNode> lines = sent("?format=csv", "application/gzip", packed.toByteArray());

    assertThat(last(lines).get("summary").get("kept").asLong()).isEqualTo(100);
  }

  @Test
  void import_withMapsAndDelimiter_rejectsByLineAndOpensOnlyForThoseWhoMay() throws Exception {
    var good = ServedVault.RESIDENTS.get(0);
    String bad = "110105194912310021\tJane Doe\t13812345678";
    String csv = "证号=id\tcalled\tmob\n" + good.residentId() + "\tJohn Doe\t\n" + bad + "\n";

    List<JsonNode> lines =
        sent(
            "?map=%E8%AF%81%E5%8F%B7%3Did%3Dresident_id&map=called=name&map=mob=phone&delimiter=tab",
            "text/csv", csv.getBytes(StandardCharsets.UTF_8));

    JsonNode summary = last(lines).get("summary");
    assertThat(summary.get("kept").asLong()).isEqualTo(1);
    assertThat(summary.get("rejected").asLong()).isEqualTo(1);
    assertThat(summary.get("reasons").get("resident_id.check_digit").asLong()).isEqualTo(1);
    JsonNode line = rejected(lines).get(0);
    assertThat(line.get("file").asText()).isEqualTo("body");
    assertThat(line.get("line").asLong()).isEqualTo(3);
    assertThat(line.toString()).doesNotContain("Jane", "110105194912310021");

    Map<String, Object> open = Map.of("sealed", List.of(line.get("sealed").asText()));
    HttpResponse<String> opened = served.post("protection-officer", "/v1/rejects/open", open);
    assertThat(opened.statusCode()).isEqualTo(200);
    byte[] raw = Base64.getDecoder().decode(ServedVault.json(opened).get("opened").get(0).asText());
    assertThat(new String(raw, StandardCharsets.UTF_8)).contains("Jane Doe");
    assertThat(served.post("administrator", "/v1/rejects/open", open).statusCode()).isEqualTo(403);
    assertThat(
            served
                .post("protection-officer", "/v1/rejects/open", Map.of("sealed", List.of("AAAA")))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void openRejects_noneOrTooMany_is400() throws Exception {
    for (String body :
        List.of(
            "{}",
            "{\"sealed\":[]}",
            "{\"sealed\":[null]}",
            "{\"sealed\":[\"*\"]}",
            ServedVault.json(Map.of("sealed", java.util.Collections.nCopies(501, "AAAA"))))) {
      HttpResponse<String> response = served.post("protection-officer", "/v1/rejects/open", body);
      assertThat(response.statusCode()).as(body).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "?map=resident_id",
    "?map==name",
    "?map=a=name&map=a=phone",
    "?map=a=name&map=b=name",
    "?map=a=no_such_field",
    "?maps=a=name",
    "?format=xml",
    "?delimiter=ab",
    "?delimiter=%22"
  })
  void import_withWrongParameters_is400(String query) throws Exception {
    HttpResponse<String> response =
        served.send(
            request("administrator", query, "text/csv")
                .POST(BodyPublishers.ofByteArray(residents(Format.CSV, 1))));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(ServedVault.json(response).get("code").asText()).isEqualTo("bad_request");
  }

  @Test
  void import_withoutTheActOrTheCollectionOrATypeTaken_isRefused() throws Exception {
    byte[] body = residents(Format.CSV, 1);
    HttpRequest.Builder denied =
        request("clerk", "", "text/csv").POST(BodyPublishers.ofByteArray(body));
    HttpRequest.Builder nowhere =
        served
            .request("/v1/collections/nothing/import", served.token("administrator"))
            .header("Content-Type", "text/csv")
            .POST(BodyPublishers.ofByteArray(body));
    HttpRequest.Builder form =
        request("administrator", "", "multipart/form-data").POST(BodyPublishers.ofByteArray(body));

    assertThat(served.send(denied).statusCode()).isEqualTo(403);
    assertThat(served.send(nowhere).statusCode()).isEqualTo(404);
    assertThat(served.send(form).statusCode()).isEqualTo(415);
    assertThat(isKept(0)).isFalse();
  }

  @Test
  void import_ofWhatCannotBeRead_is400ThoughTheClientStillSends() throws Exception {
    byte[] picture = new byte[30 << 20];
    System.arraycopy(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}, 0, picture, 0, 3);

    HttpResponse<String> response =
        served.send(
            request("administrator", "", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(picture)));

    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode problem = ServedVault.json(response);
    assertThat(problem.get("code").asText()).isEqualTo("unreadable_input");
    assertThat(problem.get("detail").asText()).startsWith("body: ").contains("JPEG");
  }

  @Test
  void import_thatIsDenied_isHeardByAClientThatSendsFirst() throws Exception {
    HttpResponse<String> response =
        served.send(
            request("clerk", "", "text/csv").POST(BodyPublishers.ofByteArray(new byte[50 << 20])));

    assertThat(response.statusCode()).isEqualTo(403);
  }

  /** Both request and answer are larger than all that the system holds between the two. */
  private static byte[] allWrong() {
    String note = "x".repeat(200);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < MANY; i++) {
      lines.append("{\"resident_id\":\"").append(i).append("\",\"name\":\"");
      lines.append(note).append("\"}\n");
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void assertAllRejected(List<JsonNode> lines) {
    assertThat(last(lines).get("summary").get("rejected").asLong()).isEqualTo(MANY);
    List<JsonNode> rejected = rejected(lines);
    assertThat(rejected).hasSize(MANY);
    for (int i = 0; i < MANY; i++) {
      assertThat(rejected.get(i).get("line").asLong()).isEqualTo(i + 1);
    }
  }

  @Test
  void import_manyRejects_reachAClientThatSendsEverythingFirst() throws Exception {
    assertAllRejected(sent("", "application/x-ndjson", allWrong()));
  }

  @Test
  void import_manyRejects_reachCurl() throws Exception {
    Path file = Files.write(directory.resolve("wrong.ndjson"), allWrong());

    Path answer =
        served.curl(
            "-X",
            "POST",
            "-H",
            "Authorization: Bearer " + served.token("administrator"),
            "-H",
            "Content-Type: application/x-ndjson",
            "-T",
            file.toString(),
            served.address() + IMPORT);

    try (Stream<String> text = Files.lines(answer)) {
      assertAllRejected(lines(text));
    }
  }

  /** Sends what is written to {@code feed}, until that is closed. */
  private CompletableFuture<HttpResponse<String>> sendSlowly(PipedOutputStream feed)
      throws IOException {
    InputStream body = new PipedInputStream(feed, 1 << 16);
    return served.sendAsync(
        request("administrator", "", "application/x-ndjson")
            .POST(BodyPublishers.ofInputStream(() -> body)));
  }

  @Test
  void import_logFailsInTheMiddle_endsInAnErrorAndKeepsWhatWasKept() throws Exception {
    byte[] residents = residents(Format.NDJSON, 60_000);
    int half = residents.length / 2;
    PipedOutputStream feed = new PipedOutputStream();
    CompletableFuture<HttpResponse<String>> answer = sendSlowly(feed);
    feed.write(residents, 0, half);
    feed.flush();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> isKept(0));
    // The answer has begun once a second has passed.
    Thread.sleep(1_500);
    served.vault().failLog();
    feed.write(residents, half, residents.length - half);
    feed.close();

    HttpResponse<String> response = answer.get();
    assertThat(response.statusCode()).isEqualTo(200);
    List<JsonNode> lines = lines(response.body().lines());
    assertThat(lines.get(0).has("progress")).isTrue();
    assertThat(last(lines).get("error").get("code").asText()).isEqualTo("audit_failed");
    assertThat(last(lines).get("error").get("detail").asText()).isNotBlank();
    assertThat(served.logged()).contains("import broke: audit_failed");
  }

  @Test
  void import_moreThanFourAtOnce_is409UntilOneEnds() throws Exception {
    List<PipedOutputStream> feeds = new ArrayList<>();
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    byte[] start = residents(Format.NDJSON, 400);
    for (int i = 0; i < 4; i++) {
      PipedOutputStream feed = new PipedOutputStream();
      answers.add(sendSlowly(feed));
      feed.write(start);
      feed.flush();
      feeds.add(feed);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                served
                        .send(
                            request("administrator", "", "application/x-ndjson")
                                .POST(BodyPublishers.ofByteArray(start)))
                        .statusCode()
                    == 409);
    for (PipedOutputStream feed : feeds) {
      feed.close();
    }
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
    }

    assertThat(last(sent("", "application/x-ndjson", start)).has("summary")).isTrue();
  }

  @Test
  void import_clientGoes_leavesRoomForOthers() throws Exception {
    for (int i = 0; i < 5; i++) {
      PipedOutputStream feed = new PipedOutputStream();
      CompletableFuture<HttpResponse<String>> answer = sendSlowly(feed);
      feed.write(residents(Format.NDJSON, 3_000));
      feed.flush();
      Thread.sleep(200);
      answer.cancel(true);
      feed.close();
    }

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                served
                        .send(
                            request("administrator", "", "application/x-ndjson")
                                .POST(BodyPublishers.ofByteArray(residents(Format.NDJSON, 5))))
                        .statusCode()
                    == 200);
    assertThat(served.logged()).doesNotContain("incident");
  }

  @Test
  void import_slowerThanTheIdleTimeout_isToldEverySecond() throws Exception {
    served.close();
    Limits idle = Limits.DEFAULT;
    served =
        new ServedVault(
            Files.createDirectory(directory.resolve("second")),
            new Limits(
                idle.maxHeaderBytes(),
                idle.headersWithin(),
                Duration.ofSeconds(3),
                idle.minBodyBytesPerSecond(),
                idle.maxConnections(),
                idle.drain()));
    byte[] residents = residents(Format.NDJSON, 40_000);
    long began = System.nanoTime();
    PipedOutputStream feed = new PipedOutputStream();
    CompletableFuture<HttpResponse<String>> answer = sendSlowly(feed);
    int part = residents.length / 8;
    for (int i = 0; i < 8; i++) {
      feed.write(residents, i * part, i == 7 ? residents.length - 7 * part : part);
      feed.flush();
      Thread.sleep(1_000);
    }
    feed.close();

    List<JsonNode> lines = lines(answer.get().body().lines());
    int seconds = (int) Duration.ofNanos(System.nanoTime() - began).toSeconds();
    assertThat(last(lines).get("summary").get("kept").asLong()).isEqualTo(40_000);
    List<JsonNode> progress = lines.stream().filter(line -> line.has("progress")).toList();
    assertThat(progress).hasSizeBetween(4, seconds + 1);
    assertThat(progress.get(progress.size() - 1).get("progress").get("records").asLong())
        .isPositive();
  }
}
