package org.strongroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.strongroom.http.Route.Body;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** Handlers that work longer than a connection may be idle, and answers before the body's end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BusyHandlerTest {
  private static final Duration IDLE = Duration.ofSeconds(1);

  /**
   * No whole number of times as long: Jetty looks once in that time, and takes a read that begins
   * at that very moment for an idle one.
   */
  private static final Duration BUSY = IDLE.multipliedBy(7).dividedBy(2);

  private static final int BODY_BYTES = 24 << 20;

  private Served served = new Served(List.of());

  @BeforeAll
  void serve() {
    served.close();
    served = new Served(routes());
  }

  private static List<Route<String>> routes() {
    return List.of(
        Route.post("/slow", "Pauses", Body.stream("text/plain"), BusyHandlerTest::slow),
        Route.post("/refusing", "Says no", Body.stream("text/plain"), BusyHandlerTest::refuse),
        Route.<String>post("/sessions", "Signs in", Body.json(100), BusyHandlerTest::signIn)
            .credentials(),
        Route.post("/denied", "Says why", Body.json(), BusyHandlerTest::deny));
  }

  @AfterAll
  void stop() {
    served.close();
  }

  private static void slow(Call<String> call) throws Exception {
    InputStream in = call.body();
    int read = in.readNBytes(BODY_BYTES / 2).length;
    Thread.sleep(BUSY.toMillis());
    read += in.readAllBytes().length;
    OutputStream out = call.stream("text/plain");
    out.write('a');
    out.flush();
    Thread.sleep(BUSY.toMillis());
    out.write((":" + read).getBytes(StandardCharsets.US_ASCII));
  }

  private static void refuse(Call<String> call) throws Exception {
    if (call.query("read").isPresent()) {
      assertThat(call.body().readNBytes(1000)).hasSize(1000);
    }
    throw new VaultException(ErrorCode.CONFLICT, "not now");
  }

  record Credentials(String name) {}

  private static void signIn(Call<String> call) {
    switch (call.json(Credentials.class).name()) {
      case "known" -> call.answer(Map.of("token", "x"));
      case "locked" -> call.lockedOut(Duration.ofMillis(2_500));
      case "failing" -> throw new VaultException(ErrorCode.STORE_FAILED, "disk full");
      default -> throw new VaultException(ErrorCode.NOT_AUTHENTICATED, "wrong");
    }
  }

  private static void deny(Call<String> call) {
    call.refuse(403, "no_such_purpose", "ask for another", Map.of("receipt", Map.of("index", 7)));
  }

  private static HttpResponse<String> send(Served to, String path) throws Exception {
    return to.send(
        to.request(path)
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofByteArray(new byte[BODY_BYTES])));
  }

  @Test
  void handler_busyLongerThanIdle_isNotCutOff() throws Exception {
    Limits limits = Limits.DEFAULT;
    Limits impatient =
        new Limits(
            limits.maxHeaderBytes(),
            limits.headersWithin(),
            IDLE,
            limits.minBodyBytesPerSecond(),
            limits.maxConnections(),
            limits.drain());
    try (Served other = new Served(routes(), impatient)) {
      HttpResponse<String> response = send(other, "/slow");

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("a:" + BODY_BYTES);
    }
  }

  @Test
  void refusal_beforeTheEndOfALargeBody_isHeard() throws Exception {
    for (String path : List.of("/refusing", "/refusing?read=1")) {
      HttpResponse<String> response = send(served, path);

      Served.assertProblem(response, 409, "conflict");
    }
  }

  private HttpResponse<String> signIn(String body) throws Exception {
    return served.send(
        served
            .anonymous("/sessions")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void credentials_areTheHandlersToJudge() throws Exception {
    assertThat(signIn("{\"name\":\"known\"}").statusCode()).isEqualTo(200);
    HttpResponse<String> locked = signIn("{\"name\":\"locked\"}");
    Served.assertProblem(locked, 429, "locked_out");
    assertThat(locked.headers().firstValue("Retry-After")).contains("3");
    Served.assertProblem(signIn("{\"name\":\"failing\"}"), 503, "store_failed");
  }

  @Test
  void credentials_thatCannotBeRead_areOne401() throws Exception {
    String wrong = signIn("{\"name\":\"wrong\"}").body();
    for (String body : List.of("", "{", "{\"name\":7}", "{\"x\":1}", "\"" + "x".repeat(200))) {
      HttpResponse<String> response = signIn(body);

      Served.assertProblem(response, 401, "not_authenticated");
      assertThat(response.body()).isEqualTo(wrong);
      assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }
  }

  @Test
  void refuse_carriesItsOwnCodeAndMembers() throws Exception {
    HttpResponse<String> response = served.post("/denied", "{}");

    assertThat(
            Served.assertProblem(response, 403, "no_such_purpose")
                .get("receipt")
                .get("index")
                .asInt())
        .isEqualTo(7);
  }
}
