package org.strongroom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.http.Route;
import org.strongroom.identity.Actor;

/** Promise 1, "no open door", over the whole route table. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WhoMayAskTest {
  private static final List<String> OPEN = List.of("GET /v1/health");
  private static final List<String> CREDENTIALS =
      List.of("POST /v1/enrolment", "POST /v1/sessions");

  private ServedVault served;

  @BeforeAll
  void serve(@TempDir Path directory) throws IOException {
    served = new ServedVault(directory);
  }

  @AfterAll
  void stop() {
    served.close();
  }

  private static String name(Route<Actor> route) {
    return route.method() + " " + route.path();
  }

  private HttpResponse<String> ask(Route<Actor> route, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    route.body().contentTypes().stream()
        .findFirst()
        .ifPresent(type -> request.header("Content-Type", type));
    return served.send(request.method(route.method().name(), BodyPublishers.ofString("{}")));
  }

  private static String path(Route<Actor> route) {
    return route
        .path()
        .replace("{c}", "residents")
        .replace("{name}", "some-clerk")
        .replace("{index}", "0")
        .replace("{id}", "0".repeat(32))
        .replace("{leak}", "1")
        .replace("{kind}", "email")
        .replace("{prefix}", "0000")
        .replace("<tile>", "0/000.p/1");
  }

  private Stream<Route<Actor>> guarded() {
    return served.routes().stream().filter(route -> !OPEN.contains(name(route)));
  }

  private Stream<String> badTokens() {
    String expired = served.vault().token("some-clerk", Duration.ofSeconds(1));
    String disabled = served.vault().addUser("gone", "administrator");
    served.vault().users().disabled(served.vault().operator(), "gone", true);
    served.vault().pass(Duration.ofSeconds(2));
    String good = served.token("clerk");
    char last = good.charAt(good.length() - 1);
    String wrong = good.substring(0, good.length() - 1) + (last == 'A' ? 'B' : 'A');
    return Stream.of(
        expired,
        disabled,
        wrong,
        wrong.toUpperCase(java.util.Locale.ROOT),
        "srm_" + "A".repeat(good.length() - 4),
        "srm_x",
        "token",
        "");
  }

  @Test
  void table_hasOnlyTheKnownRoutesWithoutToken() {
    assertThat(served.routes().stream().filter(r -> r.access() == Route.Access.OPEN))
        .extracting(WhoMayAskTest::name)
        .containsExactlyElementsOf(OPEN);
    assertThat(served.routes().stream().filter(r -> r.access() == Route.Access.CREDENTIALS))
        .extracting(WhoMayAskTest::name)
        .containsExactlyElementsOf(CREDENTIALS);
    assertThat(served.routes()).hasSizeGreaterThan(20);
  }

  @Test
  void everyRoute_withoutToken_is401() throws Exception {
    for (Route<Actor> route : guarded().toList()) {
      HttpResponse<String> response = ask(route, served.anonymous(path(route)));

      assertThat(response.statusCode()).as(name(route)).isEqualTo(401);
      assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(ServedVault.json(response).get("code").asText()).isEqualTo("not_authenticated");
    }
  }

  @ParameterizedTest
  @MethodSource("badTokens")
  void everyRoute_withTokenThatNamesNobody_is401AndTheSame(String token) throws Exception {
    String unknown = served.get("clerk", "/v1/nowhere").body();
    assertThat(unknown).contains("not_found");
    for (Route<Actor> route : guarded().toList()) {
      HttpRequest.Builder request =
          served.anonymous(path(route)).header("Authorization", "Bearer " + token);
      HttpResponse<String> response = ask(route, request);

      assertThat(response.statusCode()).as(name(route)).isEqualTo(401);
      String none = ask(route, served.anonymous(path(route))).body();
      assertThat(response.body()).isEqualTo(none);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"name\":\"some-clerk\"}",
        "{\"name\":\"some-clerk\",\"password\":null}",
        "{\"name\":\"some-clerk\",\"password\":7}",
        "{\"name\":\"some-clerk\",\"password\":\"wrong\",\"x\":1}",
        "{\"name\":[],\"password\":\"wrong\"}",
        "{\"name\":\"nobody\",\"password\":\"wrong\"",
        "\u0000",
      })
  void credentials_whateverIsWrongWithTheBody_areOneAnd401(String body) throws Exception {
    for (String route : List.of("/v1/sessions", "/v1/enrolment")) {
      HttpResponse<String> response =
          served.send(ServedVault.withJson(served.anonymous(route), body));

      assertThat(response.statusCode()).isEqualTo(401);
      String wrong =
          served
              .send(
                  ServedVault.withJson(
                      served.anonymous("/v1/sessions"),
                      "{\"name\":\"nobody\",\"password\":\"wrong wrong wrong\"}"))
              .body();
      assertThat(response.body()).isEqualTo(wrong);
      served.vault().pass(Duration.ofHours(1));
    }
  }

  @Test
  void credentials_withoutBodyOrOfAnotherType_are401() throws Exception {
    for (String route : List.of("/v1/sessions", "/v1/enrolment")) {
      HttpRequest.Builder none = served.anonymous(route).POST(BodyPublishers.noBody());
      HttpRequest.Builder other =
          served
              .anonymous(route)
              .header("Content-Type", "text/plain")
              .POST(BodyPublishers.ofString("{}"));
      HttpRequest.Builder long1 =
          ServedVault.withJson(
              served.anonymous(route), "{\"name\":\"" + "a".repeat(10_000) + "\"}");

      assertThat(served.send(none).statusCode()).isEqualTo(401);
      assertThat(served.send(other).statusCode()).isEqualTo(401);
      assertThat(served.send(long1).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void health_withoutToken_saysNothingElse() throws Exception {
    HttpResponse<String> response = served.send(served.anonymous("/v1/health"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"status\":\"ok\"}");
  }
}
