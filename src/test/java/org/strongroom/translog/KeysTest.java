package org.strongroom.translog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.Bytes;

/** {@link VerifierKey} and {@link SigningKey}. */
final class KeysTest {
  /** The example of C2SP signed-note. */
  private static final String EXAMPLE =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

  private static final String SECRET =
      "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

  private final SecureRandom random = new SecureRandom();

  @Test
  void parse_publishedKey_hasItsPartsAndReadsBack() {
    VerifierKey key = VerifierKey.parse(EXAMPLE);
    assertThat(key.name()).isEqualTo("example.com/foo");
    assertThat(key.type()).isEqualTo(VerifierKey.Type.NOTE);
    assertThat(key.id().hex()).isEqualTo("530d903a");
    assertThat(key.text()).isEqualTo(EXAMPLE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|of the form",
        "example.com/foo|of the form",
        "example.com/foo+530d903a|of the form",
        "example.com/foo+530d903a+|empty",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k|id is not",
        "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k|id is not",
        "example.com/foo+30d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k|id is not",
        "example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k|id is not",
        "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k|name",
        "a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k|name",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2|base64",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3Q==|30 bytes",
        "example.com/foo+530d903a+BukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k|signature type 6",
        "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k|signature type 2",
        "example.com/foo+530d903a+/+kyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k|signature type 255",
        "example.com/foo+530d903a+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA|no Ed25519",
        "example.com/foo+530d903a+Af//////////////////////////////////////////|no Ed25519",
      })
  void parse_noVerifierKey_isRefusedSayingWhy(String text, String why) {
    assertThatThrownBy(() -> VerifierKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a+b",
        "a b",
        "a\nb",
        "a\u00a0b",
        "a\u0085b",
        "a\u2028b",
        "a\u3000b",
        "a\tb",
        "\ud800"
      })
  void constructor_nameThatNotesDoNotAllow_isRefused(String name) {
    Bytes key = VerifierKey.parse(EXAMPLE).key();
    assertThatThrownBy(() -> new VerifierKey(name, VerifierKey.Type.NOTE, key))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void id_otherTypeOfTheSameKey_differs() {
    VerifierKey note = VerifierKey.parse(EXAMPLE);
    VerifierKey cosignature =
        new VerifierKey(note.name(), VerifierKey.Type.COSIGNATURE, note.key());
    assertThat(cosignature.id()).isNotEqualTo(note.id());
    assertThat(VerifierKey.parse(cosignature.text())).isEqualTo(cosignature);
  }

  @Test
  void signingKey_asText_readsBackForBothTypes() {
    for (VerifierKey.Type type : VerifierKey.Type.values()) {
      SigningKey key = SigningKey.generate("example.com/\u00e9", type, random);
      SigningKey read = SigningKey.parse(key.secretText());
      assertThat(read.verifier()).isEqualTo(key.verifier());
      assertThat(read.secretText()).isEqualTo(key.secretText());
    }
  }

  @Test
  void signingKey_printed_tellsNothingOfTheSecret() {
    SigningKey key = SigningKey.parse(SECRET);
    assertThat(key.toString())
        .contains(key.verifier().text())
        .doesNotContain("AYEKFALVFGyNhPJEMzD1QIDr");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|of the form",
        "PRIVATE+KEY+PeterNeumann|of the form",
        "PUBLIC+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz|of the form",
        "PRIVATE+KEY+PeterNeumann+c74f20a4+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz|id is not",
        "PRIVATE+KEY+PeterNeumanm+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz|id is not",
        "PRIVATE+KEY+PeterNeumann+c74f20a3+CYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz|type 9",
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr|type and 32",
        "PRIVATE+KEY+PeterNeumann+c74f20a3+A!EKFALVFGyNhPJEMzD1QIDr|base64",
      })
  void signingKey_wrongText_isRefusedWithoutASecret(String text, String why) {
    assertThatThrownBy(() -> SigningKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("EKFALVFGyNhPJEMzD1QIDr");
  }

  @Test
  void cosign_checkpoint_verifiesForWhoeverReadsTheSpecification() throws Exception {
    SigningKey log = SigningKey.generate("example.com/log", VerifierKey.Type.NOTE, random);
    SigningKey witness =
        SigningKey.generate("witness.example/w", VerifierKey.Type.COSIGNATURE, random);
    Checkpoint checkpoint = new Checkpoint("example.com/log", 0, Bytes.owned(Hashes.empty()));
    SignedNote note = SignedNote.sign(Bytes.owned(checkpoint.body()), log);
    NoteSignature cosignature = witness.cosign(note.text(), 1_679_315_147L);
    SignedNote both = note.with(List.of(cosignature));

    PlainNote read = PlainNote.read(both.bytes());
    assertThat(read.verified(witness.verifier().text())).containsExactly(1_679_315_147L);
    assertThat(read.verified(log.verifier().text())).containsExactly(0L);
    assertThat(Cosignature.epochSeconds(cosignature)).isEqualTo(1_679_315_147L);
    assertThat(witness.verifier().verifies(note.text(), cosignature)).isTrue();
  }

  @Test
  void verifies_cosignatureWithAnotherTimeOrTextOrName_fails() {
    SigningKey witness = SigningKey.generate("w", VerifierKey.Type.COSIGNATURE, random);
    Bytes text = Bytes.owned("log\n0\n".getBytes(StandardCharsets.UTF_8));
    NoteSignature good = witness.cosign(text, 1000);
    VerifierKey key = witness.verifier();
    assertThat(key.verifies(text, good)).isTrue();
    assertThat(key.verifies(Bytes.owned("log\n1\n".getBytes(StandardCharsets.UTF_8)), good))
        .isFalse();
    for (int bit = 0; bit < good.signature().length() * 8; bit++) {
      byte[] flipped = good.signature().toArray();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(key.verifies(text, new NoteSignature("w", good.keyId(), Bytes.owned(flipped))))
          .isFalse();
    }
    assertThat(key.verifies(text, new NoteSignature("v", good.keyId(), good.signature())))
        .isFalse();
    Bytes shorter = Bytes.owned(new byte[71]);
    assertThat(key.verifies(text, new NoteSignature("w", good.keyId(), shorter))).isFalse();
    assertThatThrownBy(
            () -> Cosignature.epochSeconds(new NoteSignature("w", good.keyId(), shorter)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sign_keyOfTheOtherType_isRefused() {
    SigningKey log = SigningKey.generate("l", VerifierKey.Type.NOTE, random);
    SigningKey witness = SigningKey.generate("w", VerifierKey.Type.COSIGNATURE, random);
    Bytes text = Bytes.owned("log\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> log.cosign(text, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> witness.sign(text)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> witness.cosign(text, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  /** RFC 8032, section 7.1, test 1. */
  @Test
  void publicKey_publishedVector_isThePublishedKey() {
    byte[] secret =
        Bytes.ofHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").toArray();
    assertThat(Ed25519.publicKey(secret).hex())
        .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    byte[] signature = Ed25519.sign(secret, new byte[0]);
    assertThat(Bytes.owned(signature).hex())
        .isEqualTo(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    assertThat(Ed25519.verifies(Ed25519.publicKey(secret), new byte[0], signature)).isTrue();
    assertThat(Ed25519.verifies(Ed25519.publicKey(secret), new byte[1], signature)).isFalse();
    assertThat(Ed25519.verifies(Ed25519.publicKey(secret), new byte[0], new byte[63])).isFalse();
  }
}
