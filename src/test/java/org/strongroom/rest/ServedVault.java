package org.strongroom.rest;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.LoggerFactory;
import org.strongroom.app.TestVault;
import org.strongroom.http.Limits;
import org.strongroom.http.ListenAddress;
import org.strongroom.http.Listener;
import org.strongroom.http.Route;
import org.strongroom.http.SelfSigned;
import org.strongroom.http.TlsMaterial;
import org.strongroom.identity.Actor;
import org.strongroom.ingest.Importer;
import org.strongroom.leak.Checking;
import org.strongroom.leak.FakeChecking;
import org.strongroom.synthetic.Residents;

/**
 * A vault served on a port of its own, with a user for every role, and clients that trust its
 * certificate and nothing else. Listens to the log while it is open.
 */
public final class ServedVault implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> ROLES =
      List.of(
          "clerk",
          "officer",
          "investigator",
          "auditor",
          "protection-officer",
          "enquirer",
          "administrator");

  /** The first residents of one seed: other tests may use others. */
  public static final Residents RESIDENTS = new Residents(81, LocalDate.of(2026, 1, 1));

  private final Path directory;
  private final TestVault vault;
  private final Listener listener;
  private final List<Route<Actor>> routes;
  private final HttpClient client;
  private final Path ca;
  private final Map<String, String> tokens = new HashMap<>();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  public ServedVault(Path directory) throws IOException {
    this(directory, Limits.DEFAULT);
  }

  public ServedVault(Path directory, Limits limits) throws IOException {
    this(directory, limits, new FakeChecking());
  }

  /**
   * @param checking finds what leak checks find
   */
  public ServedVault(Path directory, Limits limits, Checking checking) throws IOException {
    this.directory = directory;
    vault = new TestVault(directory);
    for (String role : ROLES) {
      tokens.put(role, vault.addUser("some-" + role, role));
    }
    TlsMaterial tls = SelfSigned.make(Clock.systemUTC(), new SecureRandom());
    ca = Files.writeString(directory.resolve("server.pem"), tls.certificatePem());
    routes =
        new Api(
                vault.services(vault.leaks(checking)),
                vault.lookups(),
                new Importer(vault.vault(), 2),
                false)
            .routes();
    listener =
        new Listener(
            ListenAddress.parse("127.0.0.1:0"),
            tls,
            routes,
            new TokenDoorkeeper(vault.identity()),
            limits,
            new SecureRandom());
    listener.start();
    client = HttpClient.newBuilder().sslContext(trusting(tls)).build();
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    root().addAppender(log);
  }

  private static SSLContext trusting(TlsMaterial tls) {
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
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (Exception e) {
      throw new AssertionError("the certificate that was just made cannot be trusted", e);
    }
  }

  public TestVault vault() {
    return vault;
  }

  List<Route<Actor>> routes() {
    return routes;
  }

  public URI address() {
    return URI.create("https://127.0.0.1:" + listener.port());
  }

  /** PEM of the server's certificate. */
  public Path ca() {
    return ca;
  }

  /** Of the user with that role. */
  public String token(String role) {
    return String.valueOf(tokens.get(role));
  }

  HttpRequest.Builder request(String path, String token) {
    return anonymous(path).header("Authorization", "Bearer " + token);
  }

  HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(URI.create(address() + path)).timeout(Duration.ofMinutes(3));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Sends in the background; cancelling it ends the connection. */
  CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<InputStream> sendForStream(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<String> get(String role, String path) throws IOException, InterruptedException {
    return send(request(path, token(role)));
  }

  HttpResponse<String> post(String role, String path, Object body)
      throws IOException, InterruptedException {
    return send(withJson(request(path, token(role)), json(body)));
  }

  HttpResponse<String> put(String role, String path, String yaml)
      throws IOException, InterruptedException {
    return send(
        request(path, token(role))
            .header("Content-Type", "application/yaml")
            .PUT(BodyPublishers.ofString(yaml)));
  }

  static HttpRequest.Builder withJson(HttpRequest.Builder request, String json) {
    return request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
  }

  static String json(Object value) throws IOException {
    return value instanceof String text ? text : MAPPER.writeValueAsString(value);
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return MAPPER.readTree(response.body());
  }

  static JsonNode parsed(String json) throws IOException {
    return MAPPER.readTree(json);
  }

  /** Runs curl, which trusts the server, and gives what it prints. */
  Path curl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--cacert", ca.toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(directory, "curl", ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(4, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException("curl did not end");
    }
    if (process.exitValue() != 0) {
      throw new IOException("curl failed: " + process.exitValue());
    }
    return output;
  }

  /** All that was logged since this vault was opened, with stacks. */
  public String logged() {
    StringBuilder all = new StringBuilder();
    for (ILoggingEvent event : log.list) {
      all.append(event.getFormattedMessage()).append('\n');
      if (event.getThrowableProxy() != null) {
        all.append(ThrowableProxyUtil.asString(event.getThrowableProxy())).append('\n');
      }
    }
    return all.toString();
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @Override
  public void close() {
    listener.close();
    vault.close();
    root().detachAppender(log);
  }
}
