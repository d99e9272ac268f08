package org.strongroom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** Files as operators have them: made by openssl, in every form that it writes. */
final class PemFilesTest {
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir Path dir;

  @BeforeEach
  void makeKeys() throws Exception {
    openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec-pkcs8.pem");
    openssl("pkey -in ec-pkcs8.pem -traditional -out ec-sec1.pem");
    openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa-pkcs8.pem");
    openssl("pkey -in rsa-pkcs8.pem -traditional -out rsa-pkcs1.pem");
    openssl("req -x509 -key ec-pkcs8.pem -subj /CN=vault.example -days 30 -out ec.crt");
    openssl("req -x509 -key rsa-pkcs8.pem -subj /CN=vault.example -days 30 -out rsa.crt");
  }

  @ParameterizedTest
  @CsvSource({
    "ec.crt,ec-pkcs8.pem,EC", "ec.crt,ec-sec1.pem,EC",
    "rsa.crt,rsa-pkcs8.pem,RSA", "rsa.crt,rsa-pkcs1.pem,RSA"
  })
  void load_keyInAnyForm_givesKeyAndCertificate(String certificate, String key, String algorithm) {
    TlsMaterial tls = PemFiles.load(dir.resolve(certificate), dir.resolve(key), CLOCK);

    assertThat(tls.key().getAlgorithm()).isEqualTo(algorithm);
    assertThat(tls.chain().get(0).getSubjectX500Principal().getName())
        .isEqualTo("CN=vault.example");
  }

  @Test
  void load_keyAfterCurveParameters_isFound() throws Exception {
    openssl("ecparam -name prime256v1 -genkey -out with-parameters.pem");
    openssl("req -x509 -key with-parameters.pem -subj /CN=v -days 2 -out with-parameters.crt");

    TlsMaterial tls =
        PemFiles.load(
            dir.resolve("with-parameters.crt"), dir.resolve("with-parameters.pem"), CLOCK);

    assertThat(tls.chain()).hasSize(1);
  }

  @Test
  void load_chain_keepsItsOrder() throws Exception {
    Path chain = dir.resolve("chain.crt");
    Files.writeString(
        chain, Files.readString(dir.resolve("ec.crt")) + Files.readString(dir.resolve("rsa.crt")));

    TlsMaterial tls = PemFiles.load(chain, dir.resolve("ec-pkcs8.pem"), CLOCK);

    assertThat(tls.chain())
        .extracting(c -> c.getPublicKey().getAlgorithm())
        .containsExactly("EC", "RSA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa-pkcs8.pem", "other.pem"})
  void load_keyOfAnotherCertificate_isRefused(String key) throws Exception {
    openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out other.pem");

    assertThat(refusal("ec.crt", key, CLOCK)).contains("is not the key of", "ec.crt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pkcs8 -topk8 -v2 aes-256-cbc", "ec -aes256"})
  void load_encryptedKey_isRefused(String form) throws Exception {
    openssl(form + " -in ec-pkcs8.pem -passout pass:example -out encrypted.pem");

    assertThat(refusal("ec.crt", "encrypted.pem", CLOCK)).contains("is encrypted");
  }

  @Test
  void load_expiredOrNotYetValid_isRefused() {
    assertThat(refusal("ec.crt", "ec-pkcs8.pem", Clock.offset(CLOCK, Duration.ofDays(31))))
        .contains("expired on", "renew it");
    assertThat(refusal("ec.crt", "ec-pkcs8.pem", Clock.offset(CLOCK, Duration.ofDays(-1))))
        .contains("is not valid before");
  }

  @Test
  void load_notPemOrMissingOrSwapped_isRefused() throws Exception {
    Files.writeString(dir.resolve("words.pem"), "no key here\n");
    Files.write(dir.resolve("binary.pem"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    Files.writeString(
        dir.resolve("damaged.pem"),
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

    assertThat(refusal("ec.crt", "words.pem", CLOCK)).contains("holds no PEM private key");
    assertThat(refusal("ec.crt", "binary.pem", CLOCK)).contains("binary.pem");
    assertThat(refusal("ec.crt", "damaged.pem", CLOCK)).contains("damaged.pem");
    assertThat(refusal("ec.crt", "nowhere.pem", CLOCK)).contains("cannot be read");
    assertThat(refusal("ec-pkcs8.pem", "ec-pkcs8.pem", CLOCK)).contains("holds no PEM certificate");
    assertThat(refusal("ec.crt", "ec.crt", CLOCK)).contains("holds no PEM private key");
  }

  @Test
  void of_whatWasTakenOut_isTheSame() {
    TlsMaterial tls = PemFiles.load(dir.resolve("rsa.crt"), dir.resolve("rsa-pkcs8.pem"), CLOCK);

    TlsMaterial again = TlsMaterial.of(tls.encodedKey(), tls.certificatePem());

    assertThat(again.key()).isEqualTo(tls.key());
    assertThat(again.chain()).isEqualTo(tls.chain());
    assertThat(tls.toString()).isEqualTo("TlsMaterial[" + tls.fingerprint() + "]");
  }

  private String refusal(String certificate, String key, Clock clock) {
    VaultException e =
        catchThrowableOfType(
            VaultException.class,
            () -> PemFiles.load(dir.resolve(certificate), dir.resolve(key), clock));
    assertThat(e.code()).isEqualTo(ErrorCode.REFUSED_TO_LISTEN);
    return String.valueOf(e.getMessage());
  }

  private void openssl(String arguments) throws Exception {
    Tool run = Tool.run(dir, ("openssl " + arguments).split(" "));
    assertThat(run.exit()).as(run.output()).isZero();
  }
}
