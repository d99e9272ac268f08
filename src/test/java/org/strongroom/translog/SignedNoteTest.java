package org.strongroom.translog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Test;
import org.strongroom.kernel.Bytes;

/** The example of the reference implementation, Go's {@code golang.org/x/mod/sumdb/note}. */
final class SignedNoteTest {
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

  @Test
  void sign_publishedKeyAndText_isThePublishedNoteByteForByte() {
    byte[] note = SignedNote.sign(utf8(TEXT), NAME, PUBLIC, SignedNoteTest::ed25519);
    assertThat(new String(note, StandardCharsets.UTF_8)).isEqualTo(NOTE);
  }

  @Test
  void verifierKey_publishedKey_isThePublishedText() {
    assertThat(new VerifierKey(NAME, VerifierKey.Type.NOTE, PUBLIC).text()).isEqualTo(VERIFIER_KEY);
  }

  @Test
  void sign_checkpoint_verifiesForWhoeverReadsTheSpecification() {
    byte[] body = new Checkpoint("example.com/log", 0, Bytes.owned(Hashes.empty())).body();
    String note =
        new String(
            SignedNote.sign(body, "example.com/log", PUBLIC, SignedNoteTest::ed25519),
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
