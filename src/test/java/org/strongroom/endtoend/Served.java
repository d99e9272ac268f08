package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A vault that the program serves, and where. */
record Served(Program.Running running, String address, Path certificate) implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /** Serves the program's vault on a free port. */
  static Served start(Program program, String... options) {
    List<String> line = new ArrayList<>(List.of("serve", "--listen", "127.0.0.1:0", "--json"));
    line.addAll(List.of(options));
    Program.Running running = program.start(line);
    try {
      JsonNode said = JSON.readTree(running.line("{"));
      return new Served(
          running, said.get("address").asText(), Path.of(said.get("certificate").asText()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The program as a client of this server. */
  Program client(Program program) {
    return program.with("STRONGROOM_VAULT", address).with("STRONGROOM_CA", certificate.toString());
  }

  /** Finds as any program would, over connections that stay open. */
  Everyone.Vault finding(String token) throws IOException, GeneralSecurityException {
    HttpClient client = HttpClient.newBuilder().sslContext(trusting(certificate)).build();
    URI find = URI.create(address + "/v1/collections/residents/find");
    return where -> {
      Map<String, Object> question =
          Map.of("where", where, "purpose", "serious-crime", "reason", "end-to-end test");
      HttpRequest request =
          HttpRequest.newBuilder(find)
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(question)))
              .build();
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      JsonNode body = JSON.readTree(response.body());
      assertThat(response.statusCode()).as("%s", body).isEqualTo(200);
      List<Everyone.Seen> out = new ArrayList<>();
      for (JsonNode match : body.get("matches")) {
        out.add(
            new Everyone.Seen(
                match.get("version").asInt(),
                JSON.convertValue(match.get("fields"), new TypeReference<>() {})));
      }
      return out;
    };
  }

  private static SSLContext trusting(Path certificate)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      trusted.setCertificateEntry(
          "vault", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** Stops it as an init system would, and demands that it goes quietly. */
  void stop() {
    running.signal("TERM");
    Program.Ended ended = running.end();
    assertThat(ended.exit()).as(ended.err()).isEqualTo(128 + 15);
    assertThat(ended.err()).doesNotContain("Exception", "ERROR", "\tat ");
  }

  @Override
  public void close() {
    running.process().destroyForcibly();
  }
}
