package org.strongroom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.strongroom.http.Served.assertProblem;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.http.Route.Body;

/** Nobody gets in without a token, or learns what there is to get into. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WhoIsAskingTest {
  private final Served served =
      new Served(
          List.of(
              Route.<String>get("/health", "Whether it lives", c -> c.answer("ok")).open(),
              Route.get("/things/{id}", "A thing", c -> c.answer(c.actor())),
              Route.delete("/things/{id}", "Deletes a thing", Call::answerNothing),
              Route.post("/questions", "Answers", Body.json(), c -> c.answer(c.actor()))));

  @AfterAll
  void stop() {
    served.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/things/1",
    "HEAD,/things/1",
    "DELETE,/things/1",
    "POST,/questions",
    "GET,/nothing-here",
    "GET,/",
    "OPTIONS,/things/1",
    "PATCH,/health",
    "BREW,/things/1",
    "POST,/health",
    "HEAD,/health",
    "GET,/health/",
    "GET,/HEALTH",
    "BEFORE,/health"
  })
  void request_withoutToken_isRefusedWhetherThereIsSuchARouteOrNot(String method, String path)
      throws Exception {
    HttpResponse<String> response =
        served.send(served.anonymous(path).method(method, BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    if (!method.equals("HEAD")) {
      assertProblem(response, 401, "not_authenticated");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer srm_mallory",
        "Bearer ",
        "srm_alice-0123456789",
        "Basic srm_alice-0123456789",
        "Bearer alice-0123456789",
        "Bearer srm_alice-0123456789 x",
        "Bearer srm_alice-0123456789,",
        "Bearer SRM_alice-0123456789",
        "Bearer srm_alice-012345678",
        "Bearer srm_alice-01234567890"
      })
  void request_withBadCredentials_getsTheSameAnswerAsWithNone(String authorization)
      throws Exception {
    String without = served.send(served.anonymous("/things/1")).body();

    HttpResponse<String> response =
        served.send(served.anonymous("/things/1").header("Authorization", authorization));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).isEqualTo(without);
  }

  @Test
  void request_withTokenInOtherCaseAfterARightOne_isRefused() throws Exception {
    String head = "GET /things/1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ";

    String answers =
        served.raw(
            head
                + Served.TOKEN
                + "\r\n\r\n"
                + head
                + "srm_ALICE-0123456789\r\nConnection: close\r\n\r\n");

    assertThat(answers).containsSubsequence("HTTP/1.1 200 ", "HTTP/1.1 401 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "token", "authorization", "Authorization"})
  void request_withTokenInTheQuery_isRefused(String parameter) throws Exception {
    HttpResponse<String> response =
        served.send(served.anonymous("/things/1?" + parameter + "=" + Served.TOKEN));

    assertProblem(response, 401, "not_authenticated");
  }

  @Test
  void request_withTwoCredentials_isRefused() throws Exception {
    assertProblem(
        served.send(served.request("/things/1").header("Authorization", "Bearer srm_mallory")),
        401,
        "not_authenticated");
  }

  @Test
  void request_forWebSocket_isRefusedLikeAnyOther() throws Exception {
    String answer =
        served.raw(
            """
            GET /things/1 HTTP/1.1
            Host: localhost
            Upgrade: websocket
            Connection: Upgrade, close
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

            """
                .replace("\n", "\r\n"));

    assertThat(answer).startsWith("HTTP/1.1 401 ");
  }

  @Test
  void request_lockedOut_isToldWhenToTryAgain() throws Exception {
    HttpResponse<String> response =
        served.send(
            served
                .anonymous("/health/no")
                .header("Authorization", "Bearer " + Served.LOCKED_TOKEN));

    assertProblem(response, 429, "locked_out");
    assertThat(response.headers().firstValue("Retry-After")).contains("7");
  }
}
