package org.strongroom.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.strongroom.audit.Receipt;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** Asks a running server, over one connection that is kept. Thread-safe. */
final class ServerCalls {
  static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

  /** Longer than any answer that is not streamed: a large declaration, a crowd signing in. */
  private static final Duration ANSWER_WITHIN = Duration.ofMinutes(2);

  private static final Pattern TOKEN = Pattern.compile("srm_[A-Za-z0-9_-]{1,200}");

  private final URI server;
  private final Optional<String> token;
  private final HttpClient client;

  /**
   * @throws VaultException {@code BAD_REQUEST} for an address that names no server
   */
  ServerCalls(URI server, Optional<String> token, SSLContext tls) {
    if (!"https".equals(server.getScheme())
        || server.getHost() == null
        || server.getRawUserInfo() != null
        || server.getRawQuery() != null
        || server.getRawFragment() != null) {
      throw new VaultException(ErrorCode.BAD_REQUEST, "a server is named by https://HOST:PORT");
    }
    this.server = URI.create(server.toString().replaceAll("/+$", ""));
    this.token = token.map(String::strip).filter(text -> !text.isEmpty());
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_WITHIN)
            .sslContext(tls)
            .build();
  }

  URI server() {
    return server;
  }

  /**
   * The value of the header {@code Authorization}.
   *
   * @throws VaultException {@code NOT_AUTHENTICATED} when there is no token, or it cannot be one
   */
  String authorization() {
    String text = token.orElseThrow(ServerCalls::unnamed);
    if (!TOKEN.matcher(text).matches()) {
      throw new VaultException(
          ErrorCode.NOT_AUTHENTICATED, "STRONGROOM_TOKEN holds no token: one begins with srm_");
    }
    return "Bearer " + text;
  }

  private static VaultException unnamed() {
    return new VaultException(
        ErrorCode.NOT_AUTHENTICATED,
        "a server must know who is asking: set STRONGROOM_TOKEN"
            + " (strongroom sign-in NAME prints one)");
  }

  /** A name as one segment of a path, or as a value of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  <T> T get(String path, Class<T> type) {
    return answer(known(path).GET(), type);
  }

  <T> T post(String path, Object body, Class<T> type) {
    return answer(withJson(known(path), ServerAnswers.write(body)), type);
  }

  /** Posts a file as it is, for as long as it takes. */
  <T> T postFile(String path, Path file, Class<T> type) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST,
          file.getFileName() + ": a server is sent one file, which is there");
    }
    HttpRequest request =
        known(path)
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofFile(file))
            .build();
    HttpResponse<byte[]> response = sent(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw refused(response, response.body());
    }
    return ServerAnswers.read(server, response.body(), type);
  }

  /** Posts without a body. */
  <T> T post(String path, Class<T> type) {
    return answer(known(path).POST(BodyPublishers.noBody()), type);
  }

  <T> T put(String path, Object body, Class<T> type) {
    BodyPublisher json = BodyPublishers.ofByteArray(ServerAnswers.write(body));
    return answer(known(path).header("Content-Type", "application/json").PUT(json), type);
  }

  <T> T putYaml(String path, String yaml, Class<T> type) {
    BodyPublisher body = BodyPublishers.ofString(yaml);
    return answer(known(path).header("Content-Type", "application/yaml").PUT(body), type);
  }

  <T> T putText(String path, String text, Class<T> type) {
    BodyPublisher body = BodyPublishers.ofString(text);
    return answer(known(path).header("Content-Type", "text/plain").PUT(body), type);
  }

  /** An answer that is no JSON. */
  byte[] get(String path) {
    return answered(known(path).GET()).body();
  }

  /**
   * {@link #get(String)} of what a server may show to everybody: a token is sent if there is one.
   */
  byte[] getPublished(String path) {
    if (token.isPresent()) {
      return get(path);
    }
    try {
      return answered(anonymous(path).GET()).body();
    } catch (VaultException e) {
      if (e.code() == ErrorCode.NOT_AUTHENTICATED) {
        throw unnamed();
      }
      throw e;
    }
  }

  /** Posts a body that holds a password and is wiped; nothing is answered but a receipt. */
  Receipt postSecret(String path, Object body) {
    return ServerAnswers.receipt(server, secret(known(path), body).headers());
  }

  /** Posts credentials in place of a token. */
  byte[] postCredentials(String path, Object body) {
    return secret(anonymous(path), body).body();
  }

  /** An answer as a stream, which the caller closes. */
  HttpResponse<InputStream> stream(String path, Object body) {
    return streamed(withJson(known(path), ServerAnswers.write(body)));
  }

  /** {@link #stream(String, Object)} of a question without a body. */
  HttpResponse<InputStream> stream(String path) {
    return streamed(known(path).GET());
  }

  private HttpResponse<InputStream> streamed(HttpRequest.Builder request) {
    HttpResponse<InputStream> response = sent(request.build(), BodyHandlers.ofInputStream());
    if (response.statusCode() == 200) {
      return response;
    }
    try (InputStream problem = response.body()) {
      throw refused(response, problem.readAllBytes());
    } catch (IOException e) {
      throw ServerAnswers.unreachable(server, e);
    }
  }

  private HttpResponse<byte[]> secret(HttpRequest.Builder request, Object body) {
    byte[] json = ServerAnswers.write(body);
    try {
      return answered(withJson(request, json));
    } finally {
      Arrays.fill(json, (byte) 0);
    }
  }

  private <T> T answer(HttpRequest.Builder request, Class<T> type) {
    return ServerAnswers.read(server, answered(request).body(), type);
  }

  private HttpResponse<byte[]> answered(HttpRequest.Builder request) {
    HttpResponse<byte[]> response =
        sent(request.timeout(ANSWER_WITHIN).build(), BodyHandlers.ofByteArray());
    if (response.statusCode() >= 200 && response.statusCode() < 300) {
      return response;
    }
    throw refused(response, response.body());
  }

  private RuntimeException refused(HttpResponse<?> response, byte[] document) {
    return ServerAnswers.problem(
        server, response.statusCode(), document, response.headers().firstValue("Retry-After"));
  }

  private <T> HttpResponse<T> sent(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw ServerAnswers.unreachable(server, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VaultException(ErrorCode.UNREACHABLE, "interrupted", e);
    }
  }

  private HttpRequest.Builder known(String path) {
    return anonymous(path).header("Authorization", authorization());
  }

  private HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(URI.create(server + path));
  }

  private static HttpRequest.Builder withJson(HttpRequest.Builder request, byte[] json) {
    return request
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(json));
  }
}
