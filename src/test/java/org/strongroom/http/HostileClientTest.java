package org.strongroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.http.Route.Body;

/** Clients that do not speak HTTP, or speak it too much, or too slowly. */
final class HostileClientTest {
  private static final String HEAD = "Host: localhost\r\nAuthorization: Bearer " + Served.TOKEN;

  /** Far longer than any time limit set here: ending at all, before it, is what is asserted. */
  private static final Duration LONG = Duration.ofMinutes(10);

  /** Long enough for a handshake and a good request on a busy machine. */
  private static final Duration SHORT = Duration.ofMillis(1_500);

  private Served served = new Served(routes());

  private static List<Route<String>> routes() {
    return List.of(
        Route.<String>get("/health", "Whether it lives", c -> c.answer("ok")).open(),
        Route.get("/things/{id}", "A thing", c -> c.answer(c.path("id"))),
        Route.post("/json", "Takes JSON", Body.json(), c -> c.answer(c.json(Map.class))),
        Route.post(
            "/stream",
            "Counts",
            Body.stream("text/plain"),
            c -> c.answer(c.body().readAllBytes().length)));
  }

  private void serve(Limits limits) {
    served.close();
    served = new Served(routes(), limits);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\1\2\3\r\n\r\n",
        "GET\r\n\r\n",
        "GET /health\r\n\r\n",
        "GET /health HTTP/1.1\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nX: y\r\n folded\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST /json HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET /things/%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /things/a%2fb HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /things/..;/health HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /things/%00 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET things HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /health HTTP/9.9\r\nHost: a\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
      })
  void request_malformed_isAProblemThatTellsNothingOfTheServer(String bytes) throws Exception {
    String answer = served.raw(bytes);

    assertProblem(answer, "4\\d\\d|505");
  }

  @Test
  void header_overTheLimit_isRefused() throws Exception {
    String within = "X: " + "y".repeat(7_000) + "\r\n";
    String beyond = "X: " + "y".repeat(9_000) + "\r\n";
    String get = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

    assertThat(served.raw(get + within + "\r\n")).startsWith("HTTP/1.1 200 ");
    assertProblem(served.raw(get + beyond + "\r\n"), "431");
    assertProblem(served.raw("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n\r\n"), "414");
  }

  @Test
  void headersWithoutEnd_areRefused() throws Exception {
    String line = "X: " + "y".repeat(60) + "\r\n";

    String answer = served.raw("GET /health HTTP/1.1\r\nHost: a\r\n" + line.repeat(1_000));

    assertProblem(answer, "431");
  }

  @Test
  void body_brokenFraming_isBadRequest() throws Exception {
    String answer =
        served.raw(
            "POST /json HTTP/1.1\r\n"
                + HEAD
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "zz\r\n{}\r\n0\r\n\r\n");

    assertProblem(answer, "400");
  }

  @Test
  void body_ofAStranger_isNotAwaited() throws Exception {
    try (Socket socket = served.socket()) {
      write(
          socket,
          """
          POST /json HTTP/1.1
          Host: a
          Content-Type: application/json
          Content-Length: 1000000
          Expect: 100-continue

          """
              .replace("\n", "\r\n"));

      assertProblem(Served.rest(socket.getInputStream()), "401");
    }
  }

  @Test
  void body_nested10000Deep_isBadRequest() throws Exception {
    String deep = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

    HttpResponse<String> response = served.post("/json", deep);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Served.json(response).get("code").asText()).isEqualTo("bad_request");
  }

  @Test
  void connection_withoutAByte_isCutOff() throws Exception {
    serve(limits(LONG, SHORT, 0, 100));

    try (Socket plain = served.plainSocket();
        Socket tls = served.socket()) {
      assertEnds(plain.getInputStream());
      assertEnds(tls.getInputStream());
    }
  }

  @Test
  void handshake_dribbled_isCutOff() throws Exception {
    serve(limits(SHORT, LONG, 0, 100));

    try (Socket socket = served.plainSocket()) {
      // The beginning of a record that announces 16 KiB.
      byte[] hello = new byte[16_384];
      System.arraycopy(
          new byte[] {22, 3, 1, 0x40, 0, 1, 0, 0x3f, (byte) 0xfc, 3, 3}, 0, hello, 0, 11);
      assertThat(dribble(socket, hello)).isTrue();
    }
  }

  @Test
  void headers_dribbled_areCutOff() throws Exception {
    serve(limits(SHORT, LONG, 0, 100));

    try (Socket socket = served.socket()) {
      assertThat(dribble(socket, "GET /health HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII)))
          .isTrue();
    }
  }

  @Test
  void headers_dribbledAfterAGoodRequest_areCutOff() throws Exception {
    serve(limits(SHORT, LONG, 0, 100));

    try (Socket socket = served.socket()) {
      write(socket, "GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
      readUntil(socket.getInputStream(), "\"ok\"");

      assertThat(dribble(socket, "GET /health HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII)))
          .isTrue();
    }
  }

  @Test
  void connection_keptAliveBetweenRequests_outlivesTheTimeForHeaders() throws Exception {
    serve(limits(SHORT, LONG, 0, 100));

    try (Socket socket = served.socket()) {
      for (int i = 0; i < 3; i++) {
        Thread.sleep(i == 0 ? 0 : SHORT.multipliedBy(2).toMillis());
        write(socket, "GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
        readUntil(socket.getInputStream(), "\"ok\"");
      }
    }
  }

  @Test
  void body_dribbled_isCutOffAsTooSlow() throws Exception {
    serve(limits(LONG, LONG, 1_000, 100));

    try (Socket socket = served.socket()) {
      write(
          socket,
          "POST /stream HTTP/1.1\r\n"
              + HEAD
              + "\r\nContent-Type: text/plain\r\nContent-Length: 1000000\r\n\r\n");
      Thread writer = new Thread(() -> dribble(socket, new byte[4_000]));
      writer.start();
      String answer = readUntil(socket.getInputStream(), "too slowly");
      writer.interrupt();
      writer.join();

      assertThat(answer).startsWith("HTTP/1.1 408 ").contains("application/problem+json");
    }
  }

  @Test
  void body_stopping_isAnsweredAsTooSlow() throws Exception {
    serve(limits(LONG, SHORT, 0, 100));

    try (Socket socket = served.socket()) {
      write(
          socket,
          "POST /json HTTP/1.1\r\n"
              + HEAD
              + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");

      assertProblem(Served.rest(socket.getInputStream()), "408");
    }
  }

  @Test
  void connections_overTheLimit_waitUntilOneIsFree() throws Exception {
    serve(limits(LONG, LONG, 0, 3));
    List<Socket> held = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Socket socket = served.socket();
      held.add(socket);
      write(socket, "GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
      readUntil(socket.getInputStream(), "\"ok\"");
    }

    try (Socket plain = served.plainSocket()) {
      plain.setSoTimeout((int) SHORT.toMillis());
      // Accepted by the system, not by us: a server that had read this would send an alert.
      plain.getOutputStream().write("not a handshake\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(catchTimeout(plain.getInputStream())).isTrue();

      held.remove(0).close();
      Awaitility.await().until(() -> !catchTimeout(plain.getInputStream()));
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  private static Limits limits(Duration headersWithin, Duration idle, int rate, int connections) {
    return new Limits(8 * 1024, headersWithin, idle, rate, connections, Limits.DEFAULT.drain());
  }

  private static void write(Socket socket, String bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Sends {@code bytes}, then more of them, one at a time: true when that gets an error. */
  private static boolean dribble(Socket socket, byte[] bytes) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes, 0, Math.min(bytes.length, 50));
      for (int i = 0; i < 1_000; i++) {
        Thread.sleep(SHORT.dividedBy(6).toMillis());
        out.write('y');
        out.flush();
      }
      return false;
    } catch (IOException e) {
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static boolean catchTimeout(InputStream in) throws IOException {
    try {
      in.read();
      return false;
    } catch (SSLException e) {
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  /** The server hangs up, one way or another, before the socket's own time is out. */
  private static void assertEnds(InputStream in) throws IOException {
    assertThat(catchTimeout(in)).isFalse();
  }

  private static String readUntil(InputStream in, String end) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (!read.toString(StandardCharsets.ISO_8859_1).contains(end)) {
      int next = in.read();
      assertThat(next).as("connection ended after: %s", read).isNotNegative();
      read.write(next);
    }
    return read.toString(StandardCharsets.ISO_8859_1);
  }

  private static void assertProblem(String answer, String status) {
    assertThat(answer).matches("(?s)HTTP/1.1 (" + status + ") .*");
    assertThat(answer).containsIgnoringCase("Content-Type: application/problem+json");
    assertThat(answer).contains("\"type\":\"urn:problem-type:strongroom:", "\"detail\":\"");
    Envelope.HEADERS.forEach((name, value) -> assertThat(answer).contains(name + ": " + value));
    assertThat(answer).doesNotContainIgnoringCase("jetty").doesNotContainIgnoringCase("<html");
    assertThat(answer).doesNotContain("Server:", "Exception", "java.");
  }
}
