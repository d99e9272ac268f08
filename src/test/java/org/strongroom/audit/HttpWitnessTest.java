package org.strongroom.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.http.Limits;
import org.strongroom.http.ListenAddress;
import org.strongroom.http.Listener;
import org.strongroom.translog.AddCheckpoint;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.ModelLog;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.SigningKey;
import org.strongroom.translog.VerifierKey;
import org.strongroom.witness.WitnessRoutes;

/** Against our own witness, and against ones that lie, dawdle and babble. */
final class HttpWitnessTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final ModelLog log = ModelLog.make(RANDOM);
  private final SigningKey key = key("witness.example/w");
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Long> askedFrom = new CopyOnWriteArrayList<>();

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void submit_trueWitness_cosignsAndIsRemembered() throws Exception {
    Witness witness = client(honest(log.verifier()), LONG);
    for (int size : List.of(5, 5, 100, 256, 300)) {
      Witness.Cosigned yes = cosigned(witness.submit(log.note(size), this::proof));
      assertThat(key.verifier().verifies(log.note(size).text(), yes.signature())).isTrue();
      assertThat(yes.epochSeconds()).isPositive();
    }
    assertThat(askedFrom).containsExactly(5L, 5L, 100L, 256L);
    assertThat(witness.key()).isEqualTo(key.verifier());
  }

  @Test
  void submit_witnessThatIsElsewhere_learnsTheSizeFromIt() throws Exception {
    URI address = honest(log.verifier());
    cosigned(client(address, LONG).submit(log.note(100), this::proof));
    askedFrom.clear();
    Witness fresh = client(address, LONG);
    cosigned(fresh.submit(log.note(200), this::proof));
    assertThat(askedFrom).containsExactly(100L);
    assertThat(declined(client(address, LONG).submit(log.note(150), this::proof)).reason())
        .isEqualTo(Witness.Reason.AHEAD);
    assertThat(declined(fresh.submit(log.note(150), this::proof)).why())
        .isEqualTo("it has cosigned a log of 200 entries, the one submitted has 150");
  }

  @Test
  void submit_fork_isDeclinedAsOne() throws Exception {
    URI address = honest(log.verifier());
    Witness witness = client(address, LONG);
    cosigned(witness.submit(log.note(100), this::proof));
    ModelLog fork = log.forkedAt(60);
    assertThat(declined(witness.submit(fork.note(120), fork::consistency)).reason())
        .isEqualTo(Witness.Reason.FORK);
    assertThat(declined(client(address, LONG).submit(fork.note(100), fork::consistency)).reason())
        .isEqualTo(Witness.Reason.FORK);
    cosigned(witness.submit(log.note(120), this::proof));
  }

  @Test
  void submit_logThatTheWitnessDoesNotKnow_isDeclined() throws Exception {
    ModelLog other = ModelLog.make(RANDOM);
    Witness.Declined no =
        declined(client(honest(other.verifier()), LONG).submit(log.note(5), this::proof));
    assertThat(no.reason()).isEqualTo(Witness.Reason.NOT_CONFIGURED);
    SignedNote unknown = log.signed(new Checkpoint("example.com/unknown", 5, log.root(5)));
    no = declined(client(honest(log.verifier()), LONG).submit(unknown, this::proof));
    assertThat(no.reason()).isEqualTo(Witness.Reason.NOT_CONFIGURED);
  }

  @Test
  void latest_trueWitness_isWhatItCosigned() throws Exception {
    Witness witness = client(honest(log.verifier()), LONG);
    assertThat(witness.latest(ModelLog.ORIGIN)).isEqualTo(new Witness.Unseen());
    cosigned(witness.submit(log.note(100), this::proof));
    assertThat(witness.latest(ModelLog.ORIGIN))
        .isInstanceOfSatisfying(
            Witness.Seen.class,
            seen -> {
              assertThat(seen.checkpoint())
                  .isEqualTo(new Checkpoint(ModelLog.ORIGIN, 100, log.root(100)));
              assertThat(seen.note().verifiedBy(List.of(key.verifier(), log.verifier())))
                  .hasSize(2);
            });
    assertThat(witness.latest("example.com/other")).isEqualTo(new Witness.Unseen());
  }

  @Test
  void submit_signaturesOfOthersBesideIts_passesOverThem() throws Exception {
    SignedNote note = log.note(5);
    SigningKey other = key("witness.example/other");
    SigningKey sameName = key("witness.example/w");
    URI address =
        lying(
            200,
            "text/plain",
            request ->
                other.cosign(note.text(), 7).line()
                    + "\n"
                    + sameName.cosign(note.text(), 7).line()
                    + "\n"
                    + key.cosign(note.text(), 8).line()
                    + "\n");
    Witness.Cosigned yes = cosigned(client(address, LONG).submit(note, this::proof));
    assertThat(yes.epochSeconds()).isEqualTo(8);
  }

  @Test
  void submit_cosignatureThatIsNotIts_isNotTrusted() throws Exception {
    SignedNote note = log.note(5);
    SigningKey other = key("witness.example/w");
    assertNotTrusted(request -> other.cosign(note.text(), 7).line() + "\n", "no cosignature");
    assertNotTrusted(request -> key.cosign(log.note(6).text(), 7).line() + "\n", "does not verify");
    assertNotTrusted(
        request ->
            key.cosign(note.text(), 7).line()
                + "\n"
                + key.cosign(log.note(6).text(), 7).line()
                + "\n",
        "does not verify");
    assertNotTrusted(request -> key.cosign(note.text(), 7).line(), "signature lines");
    assertNotTrusted(request -> key.cosign(note.text(), 7).line() + "\n\n", "signature lines");
    assertNotTrusted(
        request -> (key.cosign(note.text(), 7).line() + "\n").repeat(65), "signature lines");
    assertNotTrusted(request -> "", "signature lines");
    assertNotTrusted(request -> "<html>welcome</html>\n", "signature lines");
    assertNotTrusted(request -> "x".repeat(100_000) + "\n", "too long");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain|5;|NOT_TRUSTED",
        "text/x.tlog.size|5|NOT_TRUSTED",
        "text/x.tlog.size|05;|NOT_TRUSTED",
        "text/x.tlog.size|-5;|NOT_TRUSTED",
        "text/x.tlog.size|99999999999999999999;|NOT_TRUSTED",
        "text/x.tlog.size|9223372036854775808;|NOT_TRUSTED",
        "text/x.tlog.size|many;|NOT_TRUSTED",
        "text/x.tlog.size|0;|NOT_TRUSTED",
        "text/x.tlog.size|3;|UNREACHABLE",
        "text/x.tlog.size; charset=utf-8|3;|UNREACHABLE",
        "text/x.tlog.size|6;|AHEAD",
      })
  void submit_conflict_isFollowedOnceIfItTellsASize(String type, String body, Witness.Reason reason)
      throws Exception {
    URI address = lying(409, type, request -> body.replace(';', '\n'));
    assertThat(declined(client(address, LONG).submit(log.note(5), this::proof)).reason())
        .isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "204, NOT_TRUSTED",
    "301, NOT_TRUSTED",
    "400, NOT_TRUSTED",
    "401, NOT_TRUSTED",
    "403, NOT_CONFIGURED",
    "404, NOT_CONFIGURED",
    "422, FORK",
    "429, UNREACHABLE",
    "500, UNREACHABLE",
    "503, UNREACHABLE",
  })
  void submit_anyOtherStatus_isDeclined(int status, Witness.Reason reason) throws Exception {
    URI address = lying(status, "text/plain", request -> "x");
    assertThat(declined(client(address, LONG).submit(log.note(5), this::proof)).reason())
        .isEqualTo(reason);
  }

  @Test
  void submit_nobodyThere_isUnreachable() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    Witness witness = client(URI.create("http://127.0.0.1:" + port), LONG);
    assertThat(declined(witness.submit(log.note(5), this::proof)).reason())
        .isEqualTo(Witness.Reason.UNREACHABLE);
    assertThat(witness.latest(ModelLog.ORIGIN))
        .isInstanceOfSatisfying(
            Witness.Declined.class,
            no -> assertThat(no.reason()).isEqualTo(Witness.Reason.UNREACHABLE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
      })
  void submit_witnessThatHangs_isGivenUpOn(String begun) throws Exception {
    Witness witness = client(raw(begun, false), SHORT);
    Witness.Declined no = declined(witness.submit(log.note(5), this::proof));
    assertThat(no.reason()).isEqualTo(Witness.Reason.UNREACHABLE);
    assertThat(no.why()).isEqualTo("it gave no answer in time");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n",
      })
  void submit_endlessAnswer_isHungUpOn(String begun) throws Exception {
    Witness witness = client(raw(begun, true), LONG);
    Witness.Declined no = declined(witness.submit(log.note(5), this::proof));
    assertThat(no.reason()).isEqualTo(Witness.Reason.NOT_TRUSTED);
    assertThat(no.why()).isEqualTo("its answer is too long");
  }

  @Test
  void submit_noHttpAtAll_isDeclined() throws Exception {
    for (String babble :
        List.of(
            "hello\r\n\r\n",
            "HTTP/1.1 abc\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n")) {
      Witness.Submitted answer =
          client(raw(babble, false), Duration.ofSeconds(5)).submit(log.note(5), this::proof);
      assertThat(answer).isInstanceOf(Witness.Declined.class);
    }
  }

  @Test
  void latest_checkpointThatIsNotIts_isNotTrusted() throws Exception {
    SignedNote good = log.note(5);
    SigningKey other = key("witness.example/w");
    assertLatestNotTrusted(good, "no cosignature");
    assertLatestNotTrusted(good.with(List.of(other.cosign(good.text(), 7))), "no cosignature");
    assertLatestNotTrusted(
        good.with(List.of(key.cosign(log.note(6).text(), 7))), "does not verify");
    SignedNote foreign = log.signed(new Checkpoint("example.com/other", 5, log.root(5)));
    assertLatestNotTrusted(foreign.with(List.of(key.cosign(foreign.text(), 7))), "another log");
    URI address = lying(200, "text/plain", request -> "example.com/log\n5\n");
    assertThat(client(address, LONG).latest(ModelLog.ORIGIN))
        .isInstanceOfSatisfying(
            Witness.Declined.class, no -> assertThat(no.why()).contains("does not read"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://w.example/",
        "w.example",
        "https://",
        "https:///x",
        "https://u@w.example/",
        "https://w.example/?q",
        "https://w.example/#f",
        "/path"
      })
  void constructor_wrongAddress_isRefused(String address) {
    assertThatThrownBy(
            () ->
                new HttpWitness(
                    key.verifier(),
                    URI.create(address.equals("https://") ? "https:x" : address),
                    LONG,
                    null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void constructor_keyOfALog_isRefused() {
    assertThatThrownBy(
            () -> new HttpWitness(log.verifier(), URI.create("https://w.example"), LONG, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<org.strongroom.kernel.Bytes> proof(long from, long to) {
    askedFrom.add(from);
    return log.consistency(from, to);
  }

  private Witness client(URI address, Duration within) {
    return new HttpWitness(key.verifier(), address, within, null);
  }

  private static SigningKey key(String name) {
    return SigningKey.generate(name, VerifierKey.Type.COSIGNATURE, RANDOM);
  }

  private void assertNotTrusted(Function<AddCheckpoint, String> answer, String why)
      throws IOException {
    Witness witness = client(lying(200, "text/plain", answer), LONG);
    Witness.Declined no = declined(witness.submit(log.note(5), this::proof));
    assertThat(no.reason()).isEqualTo(Witness.Reason.NOT_TRUSTED);
    assertThat(no.why()).contains(why);
  }

  private void assertLatestNotTrusted(SignedNote note, String why) throws IOException {
    String text = new String(note.bytes(), StandardCharsets.UTF_8);
    Witness witness = client(lying(200, "text/plain", request -> text), LONG);
    assertThat(witness.latest(ModelLog.ORIGIN))
        .isInstanceOfSatisfying(
            Witness.Declined.class,
            no -> {
              assertThat(no.reason()).isEqualTo(Witness.Reason.NOT_TRUSTED);
              assertThat(no.why()).contains(why);
            });
  }

  private static Witness.Cosigned cosigned(Witness.Submitted answer) {
    assertThat(answer).isInstanceOf(Witness.Cosigned.class);
    return (Witness.Cosigned) answer;
  }

  private static Witness.Declined declined(Witness.Submitted answer) {
    assertThat(answer).isInstanceOf(Witness.Declined.class);
    return (Witness.Declined) answer;
  }

  /** Our own witness, which knows one log. */
  private URI honest(VerifierKey known) {
    org.strongroom.witness.Witness witness =
        new org.strongroom.witness.Witness(
            key, folder.resolve("state" + open.size()), List.of(known), Clock.systemUTC());
    Listener listener =
        Listener.plain(
            ListenAddress.parse("127.0.0.1:0"),
            new WitnessRoutes(witness).routes(),
            WitnessRoutes.doorkeeper(),
            Limits.DEFAULT,
            RANDOM);
    listener.start();
    open.add(listener);
    open.add(witness);
    return URI.create("http://127.0.0.1:" + listener.port());
  }

  /** A witness below a path that gives one answer to everything. */
  private URI lying(int status, String type, Function<AddCheckpoint, String> answer)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/some/path/",
        exchange -> {
          byte[] asked = exchange.getRequestBody().readAllBytes();
          byte[] body =
              answer
                  .apply(asked.length == 0 ? null : AddCheckpoint.parse(asked))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", type);
          exchange.sendResponseHeaders(
              status, status == 204 || body.length == 0 ? -1 : body.length);
          if (status != 204) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    open.add(() -> server.stop(0));
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/some/path");
  }

  /** Sends some bytes, then nothing or nonsense without end. */
  private URI raw(String begun, boolean endless) throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = server.accept()) {
                OutputStream out = socket.getOutputStream();
                out.write(begun.getBytes(StandardCharsets.US_ASCII));
                out.flush();
                byte[] more = "nonsense".repeat(1000).getBytes(StandardCharsets.US_ASCII);
                while (endless) {
                  out.write(more);
                }
                while (socket.getInputStream().read() >= 0) {
                  // Until the client hangs up.
                }
              } catch (IOException e) {
                // The client hung up.
              }
            });
    thread.setDaemon(true);
    thread.start();
    open.add(server);
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }
}
