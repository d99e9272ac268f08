package org.strongroom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.crypto.OprfQuery;
import org.strongroom.crypto.Randomness;

final class LeakLookupOverHttpsTest {
  private static final Randomness RANDOM = new Randomness(new SecureRandom());
  private static final String SAMPLE =
      """
      {"mail":"li.mei@example.com","phone":"13800138000"}
      {"mail":"wang@example.com","phone":"13900139000"}
      """;

  private ServedVault served;

  @BeforeEach
  void serve(@TempDir Path directory) throws IOException {
    served = new ServedVault(directory);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private HttpResponse<String> register(String role, String query, String sample)
      throws IOException, InterruptedException {
    return served.send(
        served
            .request("/v1/leaks" + query, served.token(role))
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofString(sample)));
  }

  private static void assertRefused(HttpResponse<String> response, int status, String code)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(ServedVault.json(response).get("code").asText()).isEqualTo(code);
  }

  private HttpResponse<String> evaluate(int count) throws IOException, InterruptedException {
    List<String> blinded =
        Collections.nCopies(count, OprfQuery.of(new byte[1], RANDOM).blinded().hex());
    return served.post("enquirer", "/v1/leaks/evaluations", Map.of("blinded", blinded));
  }

  @Test
  void leak_fromRegisteringToWithdrawing_isListedMeanwhile() throws Exception {
    HttpResponse<String> registered =
        register("protection-officer", "?name=A%20copy&date=2022-06-30", SAMPLE);
    assertThat(registered.statusCode()).as(registered.body()).isEqualTo(200);
    JsonNode leak = ServedVault.json(registered);
    assertThat(leak.get("state").asText()).isEqualTo("registered");
    assertThat(leak.get("extents").findValuesAsText("kind")).containsExactly("email", "phone");

    JsonNode listed = ServedVault.json(served.get("enquirer", "/v1/leaks"));
    assertThat(listed.get("leaks")).containsExactly(leak);

    HttpResponse<String> withdrawn =
        served.send(
            served
                .request("/v1/leaks/1/withdraw", served.token("protection-officer"))
                .POST(BodyPublishers.noBody()));
    assertThat(ServedVault.json(withdrawn).get("state").asText()).isEqualTo("withdrawn");
    assertThat(ServedVault.json(served.get("enquirer", "/v1/leaks")).get("leaks")).isEmpty();
  }

  @Test
  void register_badQueryBodyOrRole_isRefused() throws Exception {
    assertRefused(register("enquirer", "?name=a&date=2022-06-30", SAMPLE), 403, "denied");
    assertRefused(register("protection-officer", "?name=a", SAMPLE), 400, "bad_request");
    assertRefused(register("protection-officer", "?date=2022-06-30", SAMPLE), 400, "bad_request");
    assertRefused(
        register("protection-officer", "?name=a&date=2022-06-30&x=1", SAMPLE), 400, "bad_request");
    assertRefused(
        register("protection-officer", "?name=a&date=2022-06-30", "{\"a\":1}\n"),
        400,
        "bad_request");
  }

  @Test
  void range_kindOrPrefixThatIsNone_isRefused() throws Exception {
    assertRefused(served.get("enquirer", "/v1/leaks/ranges/name/0000"), 404, "not_found");
    assertRefused(served.get("enquirer", "/v1/leaks/ranges/email/00"), 400, "bad_request");
    assertRefused(served.get("clerk", "/v1/leaks/ranges/email/0000"), 403, "denied");
    HttpResponse<String> range = served.get("enquirer", "/v1/leaks/ranges/email/0000");
    assertThat(range.statusCode()).isEqualTo(200);
    assertThat(range.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    assertThat(range.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void evaluate_tooManyOrTooOften_isRefused() throws Exception {
    assertThat(ServedVault.json(evaluate(10)).get("evaluated")).hasSize(10);
    assertRefused(evaluate(11), 400, "bad_request");
    assertRefused(
        served.post("enquirer", "/v1/leaks/evaluations", "{\"blinded\":[\"xy\"]}"),
        400,
        "bad_request");
    assertRefused(
        served.post("enquirer", "/v1/leaks/evaluations", "{\"blinded\":[\"0203\"]}"),
        400,
        "invalid_value");
    assertThat(evaluate(9).statusCode()).isEqualTo(200);
    HttpResponse<String> late = evaluate(2);
    assertRefused(late, 429, "too_many");
    assertThat(late.headers().firstValue("Retry-After")).isPresent();
  }
}
