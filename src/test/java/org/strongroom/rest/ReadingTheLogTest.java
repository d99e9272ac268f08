package org.strongroom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit log over https. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReadingTheLogTest {
  private ServedVault served;

  @BeforeAll
  void serve(@TempDir Path directory) throws IOException {
    served = new ServedVault(directory);
  }

  @AfterAll
  void stop() {
    served.close();
  }

  private static List<JsonNode> lines(HttpResponse<String> response) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/x-ndjson");
    List<JsonNode> out = new ArrayList<>();
    for (String line : response.body().strip().split("\n", -1)) {
      out.add(ServedVault.parsed(line));
    }
    return out;
  }

  private List<JsonNode> list(String query) throws Exception {
    return lines(served.get("auditor", "/v1/audit/entries" + query));
  }

  /** A denial by the clerk. */
  private long deny() throws Exception {
    HttpResponse<String> denied =
        served.post(
            "clerk",
            "/v1/collections/cases/find",
            Map.of("subject", "0".repeat(31) + "7", "purpose", "audit"));
    assertThat(denied.statusCode()).isEqualTo(403);
    return ServedVault.json(denied).at("/receipt/index").asLong();
  }

  @Test
  void list_byActor_isALineAnEntryAndASummaryWithTheReceipt() throws Exception {
    long denial = deny();

    HttpResponse<String> response =
        served.get("auditor", "/v1/audit/entries?actor=some-clerk&kind=denial&limit=1");

    List<JsonNode> lines = lines(response);
    assertThat(lines).hasSize(2);
    JsonNode entry = lines.get(0).get("entry");
    assertThat(entry.get("index").asLong()).isEqualTo(denial);
    assertThat(entry.at("/actor/name").asText()).isEqualTo("some-clerk");
    assertThat(entry.get("purpose").asText()).isEqualTo("audit");
    JsonNode summary = lines.get(1).get("summary");
    assertThat(summary.get("entries").asInt()).isOne();
    assertThat(summary.get("next").asLong()).isEqualTo(denial);
    assertThat(summary.at("/receipt/index").asLong()).isGreaterThan(denial);
    assertThat(response.headers().firstValue("Strongroom-Index"))
        .contains(summary.at("/receipt/index").asText());
    assertThat(response.headers().firstValue("Strongroom-Log"))
        .contains(summary.at("/receipt/log").asText());
    assertThat(served.logged()).doesNotContain("some-clerk");
  }

  @Test
  void list_thousands_streamsThemAll() throws Exception {
    for (int i = 0; i < 3_000; i++) {
      served.vault().markLog();
    }
    long last = served.vault().markLog();

    List<JsonNode> lines = list("?limit=all");

    assertThat(lines).hasSize((int) last + 2);
    for (int i = 0; i <= last; i++) {
      assertThat(lines.get(i).at("/entry/index").asLong()).isEqualTo(last - i);
    }
    JsonNode summary = lines.get((int) last + 1).get("summary");
    assertThat(summary.get("entries").asLong()).isEqualTo(last + 1);
    assertThat(summary.has("next")).isFalse();
  }

  @Test
  void list_pages_goOnWhereTheyEnded() throws Exception {
    long end = served.vault().markLog() + 1;
    List<JsonNode> first = list("?before=" + end + "&limit=2");
    long next = first.get(2).at("/summary/next").asLong();
    List<JsonNode> second = list("?before=" + next + "&limit=2");

    assertThat(first.get(1).at("/entry/index").asLong()).isEqualTo(end - 2);
    assertThat(second.get(0).at("/entry/index").asLong()).isEqualTo(end - 3);
  }

  @Test
  void show_anEntry_isItWithTheReceiptOfTheReading() throws Exception {
    long denial = deny();

    JsonNode shown = ServedVault.json(served.get("auditor", "/v1/audit/entries/" + denial));

    assertThat(shown.at("/entry/index").asLong()).isEqualTo(denial);
    assertThat(shown.at("/entry/kind").asText()).isEqualTo("denial");
    long reading = shown.at("/receipt/index").asLong();
    JsonNode said = ServedVault.json(served.get("auditor", "/v1/audit/entries/" + reading));
    assertThat(said.at("/entry/kind").asText()).isEqualTo("audit");
    assertThat(said.at("/entry/outcome").asText()).isEqualTo("read entry " + denial);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clerk", "officer", "investigator", "administrator"})
  void anything_byOthers_isDeniedWithAReceipt(String role) throws Exception {
    for (String path : List.of("/v1/audit/entries", "/v1/audit/entries/0")) {
      HttpResponse<String> response = served.get(role, path);

      assertThat(response.statusCode()).isEqualTo(403);
      JsonNode problem = ServedVault.json(response);
      assertThat(problem.get("code").asText()).isEqualTo("denied");
      JsonNode denial = list("?kind=denial&limit=1").get(0).get("entry");
      assertThat(problem.at("/receipt/index").asLong()).isEqualTo(denial.get("index").asLong());
      assertThat(denial.at("/actor/name").asText()).isEqualTo("some-" + role);
      assertThat(denial.get("outcome").asText()).isEqualTo("read-audit");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?from=yesterday",
        "?limit=0",
        "?before=x",
        "?kind=DENIAL",
        "?subject=12",
        "?reason=x",
        "/x",
        "/-1"
      })
  void badQuestion_isABadRequest(String query) throws Exception {
    HttpResponse<String> response = served.get("auditor", "/v1/audit/entries" + query);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(ServedVault.json(response).get("code").asText()).isEqualTo("bad_request");
  }

  @Test
  void unknownActorOrEntry_isNotFound() throws Exception {
    for (String query : List.of("?actor=nobody-at-all", "/999999999")) {
      HttpResponse<String> response = served.get("auditor", "/v1/audit/entries" + query);
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body()).doesNotContain("nobody-at-all");
    }
  }
}
