package org.strongroom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.strongroom.http.Served.assertProblem;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.jetty.util.VirtualThreads;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.strongroom.http.Route.Body;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ListenerTest {
  /** Stands for personal data: must never be logged or answered but where a handler gives it. */
  private static final String SECRET = "Zhang-San-110101199003074518";

  record Question(String name, int count) {
    Question {
      if (count > 100) {
        throw new VaultException(ErrorCode.INVALID_VALUE, "count is over 100");
      }
    }
  }

  private final CountDownLatch clientGone = new CountDownLatch(1);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Served served = new Served(List.of());

  @BeforeAll
  void serve() {
    served.close();
    served = new Served(routes());
  }

  private List<Route<String>> routes() {
    List<Route<String>> routes = new ArrayList<>();
    routes.add(
        Route.<String>get("/health", "Whether it lives", c -> c.answer(Map.of("status", "ok")))
            .open());
    routes.add(
        Route.get(
            "/things/{id}",
            "A thing",
            c -> c.answer(Map.of("actor", c.actor(), "id", c.path("id"), "q", c.query("q")))));
    routes.add(
        Route.post(
            "/questions",
            "Answers a question",
            Body.json(2_000),
            c -> c.answer(201, c.json(Question.class))));
    routes.add(
        Route.post(
            "/import",
            "Counts bytes",
            Body.stream("application/x-ndjson"),
            c -> c.answer(Map.of("bytes", c.body().readAllBytes().length))));
    routes.add(Route.delete("/things/{id}", "Deletes a thing", Call::answerNothing));
    routes.add(
        Route.get(
            "/vault-failure",
            "Fails as the vault does",
            c -> {
              throw new VaultException(ErrorCode.valueOf(c.query("code").orElseThrow()), "why");
            }));
    routes.add(
        Route.get(
            "/bug",
            "Fails with data in the message",
            c -> {
              c.header("Content-Disposition", "attachment");
              throw new IllegalStateException(SECRET, new IOException(SECRET));
            }));
    routes.add(
        Route.get(
            "/thread",
            "Which thread",
            c -> c.answer(Map.of("virtual", VirtualThreads.isVirtualThread()))));
    routes.add(
        Route.get(
            "/endless",
            "Sends until nobody listens, and fails as a JSON writer would",
            c -> {
              OutputStream out = c.stream("application/x-ndjson");
              try {
                while (true) {
                  out.write(new byte[100_000]);
                }
              } catch (IOException e) {
                clientGone.countDown();
                throw new UncheckedIOException(e);
              }
            }));
    routes.add(
        Route.get(
            "/overflow",
            "Runs out of stack",
            c -> {
              throw new StackOverflowError(SECRET);
            }));
    routes.add(
        Route.get(
            "/half",
            "Breaks off",
            c -> {
              OutputStream out = c.stream("application/x-ndjson");
              out.write("{}\n".getBytes(StandardCharsets.UTF_8));
              out.flush();
              throw new IllegalStateException(SECRET);
            }));
    routes.add(
        Route.<String>get(
                "/page",
                "Has a policy of its own",
                c -> {
                  c.header("Content-Security-Policy", "default-src 'self'");
                  c.answer(200, "text/html;charset=utf-8", "<p>".getBytes(StandardCharsets.UTF_8));
                })
            .open());
    return routes;
  }

  @AfterAll
  void stop() {
    served.close();
  }

  @BeforeEach
  void listenToTheLog() {
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    root().addAppender(log);
  }

  @AfterEach
  void nothingSecretIsLogged() {
    root().detachAppender(log);
    for (ILoggingEvent event : log.list) {
      assertThat(event.getFormattedMessage() + stack(event)).doesNotContain(SECRET, "srm_");
    }
  }

  private List<String> logLines() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static boolean isOurs(String logger) {
    return logger.startsWith("org.strongroom.");
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  }

  private static String stack(ILoggingEvent event) {
    return event.getThrowableProxy() == null
        ? ""
        : ThrowableProxyUtil.asString(event.getThrowableProxy());
  }

  @Test
  void request_withToken_reachesItsHandlerWithTheActor() throws Exception {
    HttpResponse<String> response = served.send(served.request("/things/a%20b?q=x"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode body = Served.json(response);
    assertThat(body.get("actor").asText()).isEqualTo("alice");
    assertThat(body.get("id").asText()).isEqualTo("a b");
    assertThat(body.get("q").asText()).isEqualTo("x");
  }

  @Test
  void request_toOpenRoute_needsNoToken() throws Exception {
    HttpResponse<String> response = served.send(served.anonymous("/health"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"status\":\"ok\"}");
  }

  @Test
  void request_toNothing_isNotFound() throws Exception {
    HttpResponse<String> response = served.send(served.request("/" + SECRET));

    assertProblem(response, 404, "not_found");
    assertThat(response.body()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource({"POST", "HEAD", "TRACE", "OPTIONS", "BREW"})
  void request_byAnotherMethod_isToldWhichAreTaken(String method) throws Exception {
    HttpResponse<String> response =
        served.send(served.request("/things/1").method(method, BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("DELETE, GET");
  }

  @Test
  void delete_answeringNothing_is204() throws Exception {
    HttpResponse<String> response = served.send(served.request("/things/1").DELETE());

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Content-Type")).isEmpty();
  }

  @Test
  void everyAnswer_carriesTheSecurityHeaders() throws Exception {
    List<HttpResponse<String>> answers =
        List.of(
            served.send(served.anonymous("/health")),
            served.send(served.anonymous("/things/1")),
            served.send(served.request("/nothing-here")),
            served.send(served.request("/bug")),
            served.send(served.request("/things/%2e%2e%2fx")),
            served.post("/questions", "{"));

    assertThat(answers)
        .extracting(HttpResponse::statusCode)
        .containsExactly(200, 401, 404, 500, 400, 400);
    for (HttpResponse<String> answer : answers) {
      Envelope.HEADERS.forEach(
          (name, value) ->
              assertThat(answer.headers().allValues(name)).as(name).containsExactly(value));
      assertThat(answer.headers().firstValue("Server")).isEmpty();
      assertThat(answer.headers().firstValue("X-Powered-By")).isEmpty();
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
      assertThat(answer.headers().allValues("Request-Id")).hasSize(1);
    }
  }

  @Test
  void header_setByTheRoute_replacesTheUsualOne() throws Exception {
    HttpResponse<String> response = served.send(served.anonymous("/page"));

    assertThat(response.headers().allValues("Content-Security-Policy"))
        .containsExactly("default-src 'self'");
  }

  @Test
  void post_json_isReadAndAnswered() throws Exception {
    HttpResponse<String> response = served.post("/questions", "{\"name\":\"x\",\"count\":3}");

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("{\"name\":\"x\",\"count\":3}");
  }

  @Test
  void post_badJson_tellsThePlaceButNotTheContent() throws Exception {
    JsonNode problem =
        assertProblem(
            served.post("/questions", "{\"name\":\n  \"" + SECRET + "\" 1}"), 400, "bad_request");

    assertThat(problem.get("detail").asText()).contains("line 2, column").doesNotContain(SECRET);
  }

  @Test
  void post_valueRefusedByItsType_keepsTheTypesOwnReason() throws Exception {
    JsonNode problem =
        assertProblem(
            served.post("/questions", "{\"name\":\"x\",\"count\":101}"), 400, "invalid_value");

    assertThat(problem.get("detail").asText()).isEqualTo("count is over 100");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json;charset=utf-16",
        "application/jsonx",
        "application/json, text/plain"
      })
  void post_otherContentType_isUnsupported(String contentType) throws Exception {
    HttpResponse<String> response =
        served.send(
            served
                .request("/questions")
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString("{\"name\":\"x\",\"count\":3}")));

    assertProblem(response, 415, "bad_request");
    assertThat(response.headers().firstValue("Accept")).contains("application/json");
  }

  @Test
  void post_withoutContentTypeOrEncoded_isUnsupported() throws Exception {
    assertProblem(
        served.send(served.request("/questions").POST(BodyPublishers.ofString("{}"))),
        415,
        "bad_request");
    assertProblem(
        served.send(
            served
                .request("/questions")
                .header("Content-Type", "application/json; charset=UTF-8")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString("{}"))),
        415,
        "bad_request");
  }

  @Test
  void post_bodyOverTheLimit_isTooLargeWhetherAnnouncedOrNot() throws Exception {
    String large = "{\"name\":\"" + "x".repeat(2_000) + "\",\"count\":3}";
    byte[] bytes = large.getBytes(StandardCharsets.UTF_8);

    assertProblem(served.post("/questions", large), 413, "too_large");
    assertProblem(
        served.send(
            served
                .request("/questions")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArrays(List.of(bytes)))),
        413,
        "too_large");
  }

  @Test
  void post_stream_takesAnyLength() throws Exception {
    byte[] bytes = new byte[5_000_000];

    HttpResponse<String> response =
        served.send(
            served
                .request("/import")
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArrays(List.of(bytes))));

    assertThat(response.body()).isEqualTo("{\"bytes\":5000000}");
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND,404,not_found", "DENIED,403,denied", "CONFLICT,409,conflict",
    "AUDIT_FAILED,503,audit_failed", "LOCKED_OUT,429,locked_out", "INTERNAL,500,internal"
  })
  void vaultException_isAnsweredByItsCode(ErrorCode code, int status, String word)
      throws Exception {
    HttpResponse<String> response = served.send(served.request("/vault-failure?code=" + code));

    assertThat(assertProblem(response, status, word).get("detail").asText()).isEqualTo("why");
    assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 429);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bug", "/overflow"})
  void failure_unforeseen_isAnIncidentThatTheLogExplainsWithoutItsMessage(String path)
      throws Exception {
    HttpResponse<String> response = served.send(served.request(path));

    JsonNode problem = assertProblem(response, 500, "internal");
    assertThat(response.body()).doesNotContain(SECRET);
    String incident = problem.get("incident").asText();
    assertThat(response.headers().firstValue("Request-Id")).contains(incident);
    assertThat(response.headers().firstValue("Content-Disposition")).isEmpty();
    assertThat(log.list)
        .anySatisfy(
            event -> {
              assertThat(event.getFormattedMessage()).contains(incident);
              assertThat(stack(event))
                  .containsAnyOf("IllegalStateException", "StackOverflowError")
                  .contains("ListenerTest.java");
            });
  }

  @Test
  void failure_afterTheAnswerHasBegun_breaksTheConnection() {
    assertThatThrownBy(() -> served.send(served.request("/half"))).isInstanceOf(IOException.class);
    assertThat(logLines()).anyMatch(line -> line.startsWith("incident "));
    assertThat(log.list)
        .noneMatch(event -> event.getLevel() == Level.ERROR && !isOurs(event.getLoggerName()));
  }

  @Test
  void clientGone_amidTheAnswer_isNoIncident() throws Exception {
    HttpResponse<InputStream> response =
        served.client.send(
            served.request("/endless").build(), HttpResponse.BodyHandlers.ofInputStream());
    String id = response.headers().firstValue("Request-Id").orElseThrow();
    response.body().close();

    assertThat(clientGone.await(30, TimeUnit.SECONDS)).isTrue();
    Awaitility.await().untilAsserted(() -> assertThat(logLines()).anyMatch(l -> l.endsWith(id)));
    assertThat(logLines()).noneMatch(line -> line.contains("incident"));
  }

  @Test
  void handler_runsOnAVirtualThreadWhereJavaHasThem() throws Exception {
    assertThat(served.send(served.request("/thread")).body())
        .isEqualTo("{\"virtual\":" + (Runtime.version().feature() >= 21) + "}");
  }

  @Test
  void accessLog_tellsTheRouteAndNotThePath() throws Exception {
    HttpResponse<String> response =
        served.send(served.request("/things/" + SECRET + "?q=" + SECRET));
    String id = response.headers().firstValue("Request-Id").orElseThrow();

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(logLines())
                    .anyMatch(line -> line.matches("GET /things/\\{id} 200 \\d+ ms " + id)));
  }
}
