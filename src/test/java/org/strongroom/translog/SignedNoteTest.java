package org.strongroom.translog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.strongroom.kernel.Bytes;

/** The example of the reference implementation, Go's {@code golang.org/x/mod/sumdb/note}. */
final class SignedNoteTest {
  /** The example of C2SP signed-note. */
  private static final String SPEC_KEY =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

  private static final String LINE =
      "\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmR"
          + "KuwHjG1Yu72IneyaQM=\n";
  private static final String SPEC_NOTE = "This is an example message.\n\n" + LINE;

  private static final String NAME = "PeterNeumann";
  private static final String VERIFIER_KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String SIGNER_KEY =
      "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
  private static final String TEXT =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.
      """;
  private static final String NOTE =
      TEXT
          + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf"
          + "qdngotpRZb6KE6RyyBwJnAM=\n";

  /** Both keys are a type byte and 32 bytes, in base64, after the last of the separators. */
  private static final Ed25519PrivateKeyParameters PRIVATE =
      new Ed25519PrivateKeyParameters(keyBytes(SIGNER_KEY, "PRIVATE+KEY+PeterNeumann+c74f20a3+"));

  private static final Bytes PUBLIC = Bytes.owned(keyBytes(VERIFIER_KEY, "PeterNeumann+c74f20a3+"));
  private static final VerifierKey KEY = new VerifierKey(NAME, VerifierKey.Type.NOTE, PUBLIC);

  @Test
  void sign_publishedKeyAndText_isThePublishedNoteByteForByte() {
    byte[] note = SignedNote.sign(utf8(TEXT), KEY, SignedNoteTest::ed25519);
    assertThat(new String(note, StandardCharsets.UTF_8)).isEqualTo(NOTE);
  }

  @Test
  void verifierKey_publishedKey_isThePublishedText() {
    assertThat(KEY.text()).isEqualTo(VERIFIER_KEY);
  }

  @Test
  void sign_checkpoint_verifiesForWhoeverReadsTheSpecification() {
    byte[] body = new Checkpoint("example.com/log", 0, Bytes.owned(Hashes.empty())).body();
    String note =
        new String(
            SignedNote.sign(
                body,
                new VerifierKey("example.com/log", VerifierKey.Type.NOTE, PUBLIC),
                SignedNoteTest::ed25519),
            StandardCharsets.UTF_8);

    int blank = note.lastIndexOf("\n\n");
    String text = note.substring(0, blank + 1);
    String[] signature = note.substring(blank + 2).split(" ", -1);
    assertThat(signature[0]).isEqualTo("\u2014");
    assertThat(signature[1]).isEqualTo("example.com/log");
    assertThat(signature[2]).endsWith("\n");
    byte[] tagged = Base64.getDecoder().decode(signature[2].strip());
    String vkey = new VerifierKey("example.com/log", VerifierKey.Type.NOTE, PUBLIC).text();
    assertThat(Bytes.owned(Arrays.copyOf(tagged, 4)).hex()).isEqualTo(vkey.split("\\+", 3)[1]);

    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, new Ed25519PublicKeyParameters(PUBLIC.toArray()));
    verifier.update(utf8(text), 0, utf8(text).length);
    assertThat(verifier.verifySignature(Arrays.copyOfRange(tagged, 4, tagged.length))).isTrue();
  }

  @Test
  void verifiedBy_exampleOfTheSpecification_isSigned() {
    SignedNote note = SignedNote.parse(utf8(SPEC_NOTE));
    VerifierKey key = VerifierKey.parse(SPEC_KEY);
    assertThat(note.verifiedBy(List.of(key))).containsExactly(entry(key, note.signatures().get(0)));
    assertThat(note.text()).isEqualTo(Bytes.owned(utf8("This is an example message.\n")));
    assertThat(note.bytes()).isEqualTo(utf8(SPEC_NOTE));
  }

  @Test
  void verifiedBy_unknownKeys_passesOverThem() {
    SignedNote note =
        SignedNote.parse(utf8(SPEC_NOTE)).with(SignedNote.parse(utf8(NOTE)).signatures());
    VerifierKey key = VerifierKey.parse(SPEC_KEY);
    assertThat(note.signatures()).hasSize(2);
    assertThat(note.verifiedBy(List.of(key))).containsOnlyKeys(key);
    assertThat(note.verifiedBy(List.of())).isEmpty();
    VerifierKey sameName = new VerifierKey(key.name(), VerifierKey.Type.COSIGNATURE, key.key());
    assertThat(note.verifiedBy(List.of(sameName))).isEmpty();
  }

  @Test
  void verifiedBy_knownKeyThatFails_refusesTheWholeNote() {
    SignedNote foreign =
        SignedNote.parse(utf8(SPEC_NOTE)).with(SignedNote.parse(utf8(NOTE)).signatures());
    List<VerifierKey> known = List.of(VerifierKey.parse(SPEC_KEY), VerifierKey.parse(VERIFIER_KEY));
    assertThatThrownBy(() -> foreign.verifiedBy(known))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the signature of PeterNeumann does not verify");
    SignedNote changed =
        SignedNote.parse(utf8(SPEC_NOTE.replace("example message", "example massage")));
    assertThatThrownBy(() -> changed.verifiedBy(known))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_textWithBlankLines_isCutAtTheLast() {
    String text = "Ognuno sta solo\n\n\u00e8 subito sera.\n\n\n";
    SignedNote note = SignedNote.parse(utf8(text + "\n" + LINE));
    assertThat(note.text()).isEqualTo(Bytes.owned(utf8(text)));
    assertThat(SignedNote.parse(note.bytes())).isEqualTo(note);
    assertThat(PlainNote.read(note.bytes()).text()).isEqualTo(text);
  }

  @Test
  void parse_asManySignaturesAsMayBe_areAllRead() {
    assertThat(SignedNote.parse(utf8("a\n\n" + LINE.repeat(64))).signatures()).hasSize(64);
    assertThatThrownBy(() -> SignedNote.parse(utf8("a\n\n" + LINE.repeat(65))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the note has more than 64 signatures");
  }

  @Test
  void with_signatureThatItHas_doesNotAddItTwice() {
    SignedNote note = SignedNote.parse(utf8(SPEC_NOTE));
    assertThat(note.with(note.signatures())).isEqualTo(note);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void parse_noNote_isRefusedSayingWhy(String note, String why) {
    assertThatThrownBy(() -> SignedNote.parse(utf8(note)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        arguments("", "newline"),
        arguments("text\n", "blank line"),
        arguments("text\n\n", "no signature"),
        arguments("text\n" + LINE, "blank line"),
        arguments("text\n\n" + LINE.strip(), "end in a newline"),
        arguments("text\n\n" + LINE + "more\n", "signature line"),
        arguments("text\n\n" + LINE.replace("\n", "\r\n"), "control character"),
        arguments("te\u0000xt\n\n" + LINE, "control character (code 0)"),
        arguments("te\txt\n\n" + LINE, "control character (code 9)"),
        arguments("text\n\n" + LINE.replace("\u2014", "-"), "signature line"),
        arguments("text\n\n" + LINE.replace("\u2014 ", "\u2014  "), "signature line"),
        arguments("text\n\n" + LINE.replace("\n", " \n"), "signature line"),
        arguments("text\n\n" + LINE.replace("example.com/foo", "a+b"), "name"),
        arguments("text\n\n" + LINE.replace("example.com/foo", "a\u00a0b"), "name"),
        arguments("text\n\n" + LINE.replace("=\n", "\n"), "base64"),
        arguments("text\n\n" + LINE.replace("QM=", "QN="), "canonical"),
        arguments("text\n\n\u2014 example.com/foo Uw2QOg==\n", "only 4 bytes"),
        arguments("x".repeat(1 << 20) + "\n\n" + LINE, "at most 1048576"));
  }

  @Test
  void parse_notUtf8_isRefused() {
    byte[] note = utf8(SPEC_NOTE);
    note[3] = (byte) 0xff;
    assertThatThrownBy(() -> SignedNote.parse(note))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the note is not UTF-8");
  }

  private static byte[] ed25519(byte[] message) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, PRIVATE);
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }

  private static byte[] keyBytes(String key, String before) {
    byte[] typed = Base64.getDecoder().decode(key.substring(before.length()));
    assertThat(typed[0]).isEqualTo((byte) 1);
    return Arrays.copyOfRange(typed, 1, 33);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
