package org.strongroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A listener on a port of its own, and clients that trust its certificate and nothing else. */
final class Served implements AutoCloseable {
  /** The one token that {@link #DOORKEEPER} knows; it names {@code alice}. */
  static final String TOKEN = "srm_alice-0123456789";

  static final String LOCKED_TOKEN = "srm_locked";

  static final Doorkeeper<String> DOORKEEPER =
      token ->
          switch (token) {
            case TOKEN -> new Doorkeeper.Known<>("alice");
            case LOCKED_TOKEN -> new Doorkeeper.LockedOut<>(Duration.ofMillis(6_500));
            default -> new Doorkeeper.Unknown<>();
          };

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SOCKET_TIMEOUT_MILLIS = 30_000;

  final TlsMaterial tls;
  final Listener listener;
  final int port;
  final SSLContext trust;
  final HttpClient client;

  Served(List<Route<String>> routes) {
    this(routes, Limits.DEFAULT);
  }

  Served(List<Route<String>> routes, Limits limits) {
    this(routes, limits, SelfSigned.make(Clock.systemUTC(), new SecureRandom()));
  }

  Served(List<Route<String>> routes, Limits limits, TlsMaterial tls) {
    this.tls = tls;
    listener =
        new Listener(
            ListenAddress.parse("127.0.0.1:0"),
            tls,
            routes,
            DOORKEEPER,
            limits,
            new SecureRandom());
    listener.start();
    port = listener.port();
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      byte[] pem = tls.certificatePem().getBytes(StandardCharsets.US_ASCII);
      trusted.setCertificateEntry(
          "vault",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem)));
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      trust = SSLContext.getInstance("TLS");
      trust.init(null, factory.getTrustManagers(), null);
    } catch (Exception e) {
      throw new AssertionError("the certificate that was just made cannot be trusted", e);
    }
    client = HttpClient.newBuilder().sslContext(trust).build();
  }

  String url(String path) {
    return "https://127.0.0.1:" + port + path;
  }

  /** A request of Alice's. */
  HttpRequest.Builder request(String path) {
    return anonymous(path).header("Authorization", "Bearer " + TOKEN);
  }

  HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(URI.create(url(path))).timeout(Duration.ofMinutes(1));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return MAPPER.readTree(response.body());
  }

  /** Asserts that it is a whole problem document, and gives its members. */
  static JsonNode assertProblem(HttpResponse<String> response, int status, String code)
      throws IOException {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = json(response);
    assertThat(problem.get("type").asText()).isEqualTo("urn:problem-type:strongroom:" + code);
    assertThat(problem.get("title").asText()).isNotBlank();
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("code").asText()).isEqualTo(code);
    assertThat(problem.get("detail").asText()).isNotBlank();
    return problem;
  }

  /** A connection without the handshake. */
  Socket plainSocket() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
    return socket;
  }

  Socket socket() throws IOException {
    Socket socket = trust.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
    return socket;
  }

  /** Sends {@code bytes} as they are, and gives all that comes back until the server hangs up. */
  String raw(String bytes) throws IOException {
    try (Socket socket = socket()) {
      OutputStream out = socket.getOutputStream();
      out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      socket.shutdownOutput();
      return rest(socket.getInputStream());
    }
  }

  static String rest(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    listener.close();
  }
}
