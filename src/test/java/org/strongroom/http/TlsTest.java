package org.strongroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What curl and openssl make of the listener. */
final class TlsTest {
  private static final List<Route<String>> ROUTES =
      List.of(Route.<String>get("/health", "Whether it lives", c -> c.answer("ok")).open());

  @TempDir Path dir;
  private Served served = new Served(ROUTES);

  @BeforeEach
  void saveCertificate() throws Exception {
    Files.writeString(dir.resolve("cert.pem"), served.tls.certificatePem());
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void curl_trustingTheCertificate_accepts(String host) throws Exception {
    Tool curl = curl(host, "--cacert", "cert.pem");

    assertThat(curl.output()).isEqualTo("\"ok\"");
    assertThat(curl.exit()).isZero();
  }

  @Test
  void curl_withoutTheCertificate_doesNotTrust() throws Exception {
    assertThat(curl("127.0.0.1").exit()).isEqualTo(60);
  }

  @Test
  void curl_byAnotherName_doesNotTrust() throws Exception {
    Tool curl =
        curl(
            "vault.example",
            "--cacert",
            "cert.pem",
            "--resolve",
            "vault.example:" + served.port + ":127.0.0.1");

    assertThat(curl.exit()).isEqualTo(60);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-verify_ip 127.0.0.1", "-verify_ip ::1", "-verify_hostname localhost"})
  void certificate_ownNames_areVerified(String name) throws Exception {
    Tool verify =
        Tool.run(dir, ("openssl verify -CAfile cert.pem " + name + " cert.pem").split(" "));

    assertThat(verify.exit()).as(verify.output()).isZero();
  }

  @Test
  void certificate_isForASingleServerAndALimitedTime() throws Exception {
    Instant now = Instant.parse("2026-03-02T10:00:00Z");
    TlsMaterial made = SelfSigned.make(Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
    X509Certificate certificate = made.chain().get(0);

    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
    assertThat(certificate.getNotBefore().toInstant()).isBefore(now);
    assertThat(Duration.between(certificate.getNotBefore().toInstant(), made.expires()))
        .isLessThanOrEqualTo(Duration.ofDays(825));
    assertThat(made.expires()).isAfter(now.plus(Duration.ofDays(365)));
  }

  @Test
  void handshake_tls12And13_isAccepted() throws Exception {
    assertThat(handshake("-tls1_3").output()).contains("Protocol version: TLSv1.3");
    assertThat(handshake("-tls1_2").output()).contains("Protocol version: TLSv1.2");
  }

  /** At security level 0 it is not openssl that refuses, but we do: hence the alert. */
  @ParameterizedTest
  @ValueSource(strings = {"-tls1", "-tls1_1"})
  void handshake_olderTls_isRefused(String version) throws Exception {
    Tool handshake = handshake(version, "-cipher", "ALL@SECLEVEL=0");

    assertThat(handshake.exit()).isNotZero();
    assertThat(handshake.output()).contains("alert protocol version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA", "ECDHE-ECDSA-AES128-CCM"})
  void handshake_cipherWithoutGcm_isRefused(String cipher) throws Exception {
    Tool handshake = handshake("-tls1_2", "-cipher", cipher);

    assertThat(handshake.exit()).isNotZero();
    assertThat(handshake.output()).contains("alert handshake failure");
  }

  @Test
  void handshake_rsaKeyFromFiles_isAccepted() throws Exception {
    Tool made =
        Tool.run(
            dir,
            ("openssl req -x509 -newkey rsa:2048 -nodes -keyout rsa.pem -out rsa.crt -days 2"
                    + " -subj /CN=localhost -addext subjectAltName=DNS:localhost")
                .split(" "));
    assertThat(made.exit()).as(made.output()).isZero();
    TlsMaterial rsa =
        PemFiles.load(dir.resolve("rsa.crt"), dir.resolve("rsa.pem"), Clock.systemUTC());
    served.close();
    served = new Served(ROUTES, Limits.DEFAULT, rsa);

    assertThat(curl("localhost", "--cacert", "rsa.crt", "--tls-max", "1.2").exit()).isZero();
    assertThat(curl("localhost", "--cacert", "rsa.crt", "--tlsv1.3").exit()).isZero();
  }

  private Tool handshake(String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("openssl", "s_client", "-brief", "-connect", "127.0.0.1:" + served.port));
    command.addAll(List.of(options));
    return Tool.run(dir, command.toArray(new String[0]));
  }

  private Tool curl(String host, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-s"));
    command.addAll(List.of(options));
    command.add("https://" + host + ":" + served.port + "/health");
    return Tool.run(dir, command.toArray(new String[0]));
  }
}
