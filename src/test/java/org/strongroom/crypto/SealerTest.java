package org.strongroom.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.kernel.VaultException;

final class SealerTest {
  private static final byte[] ASSOCIATED = "vault/subject".getBytes(StandardCharsets.UTF_8);
  private static final byte[] PLAINTEXT = "what nobody may read".getBytes(StandardCharsets.UTF_8);

  private final Sealer sealer = new Sealer(new Randomness(new SecureRandom()));

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "aes-256-gcm.csv", numLinesToSkip = 1)
  void open_publishedVector_isItsPlaintextOrRefused(
      String name,
      String key,
      String nonce,
      @Nullable String associated,
      @Nullable String plaintext,
      @Nullable String ciphertext,
      String tag) {
    byte[] text = concat(hex(nonce), hex(ciphertext), hex(tag));
    if ("FAIL".equals(plaintext)) {
      assertCorrupt(() -> sealer.open(secret(key), hex(associated), text));
    } else {
      assertThat(sealer.open(secret(key), hex(associated), text))
          .as(name)
          .isEqualTo(hex(plaintext));
    }
  }

  @Test
  void parts_ofOneThing_openUnderItsNonceAndTheirNumbers() throws Exception {
    byte[] key = new byte[Sealer.KEY_BYTES];
    new SecureRandom().nextBytes(key);
    int each = PLAINTEXT.length + Sealer.TAG_BYTES;
    byte[] out = new byte[Sealer.NONCE_BYTES + 2 * each];
    SecretBytes secret = SecretBytes.owned(key.clone());

    Sealer.Parts parts = sealer.parts(secret, out, 0);
    parts.seal(1, ASSOCIATED, PLAINTEXT, 0, PLAINTEXT.length, out, Sealer.NONCE_BYTES);
    parts.seal(255, ASSOCIATED, PLAINTEXT, 0, PLAINTEXT.length, out, Sealer.NONCE_BYTES + each);

    byte[] nonce = Arrays.copyOf(out, Sealer.NONCE_BYTES);
    int at = Sealer.NONCE_BYTES;
    for (int number : new int[] {1, 255}) {
      assertThat(sealer.openPart(secret, nonce, number, ASSOCIATED, out, at, each))
          .isEqualTo(PLAINTEXT);
      byte[] own = nonce.clone();
      own[Sealer.NONCE_BYTES - 1] ^= (byte) number;
      Cipher jdk = Cipher.getInstance("AES/GCM/NoPadding");
      jdk.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, own));
      jdk.updateAAD(ASSOCIATED);
      assertThat(jdk.doFinal(out, at, each)).isEqualTo(PLAINTEXT);
      at += each;
    }
  }

  @Test
  void openPart_underAnotherNumberOrNonce_isCorrupt() {
    SecretBytes key = SecretBytes.owned(new byte[Sealer.KEY_BYTES]);
    int length = PLAINTEXT.length + Sealer.TAG_BYTES;
    byte[] nonce = new byte[Sealer.NONCE_BYTES];
    byte[] out = new byte[length];
    sealer.parts(key, nonce, 0).seal(1, ASSOCIATED, PLAINTEXT, 0, PLAINTEXT.length, out, 0);
    byte[] other = nonce.clone();
    other[0]++;

    assertCorrupt(() -> sealer.openPart(key, nonce, 2, ASSOCIATED, out, 0, length));
    assertCorrupt(() -> sealer.openPart(key, other, 1, ASSOCIATED, out, 0, length));
    assertCorrupt(() -> sealer.openPart(key, nonce, 1, new byte[0], out, 0, length));
    assertCorrupt(() -> sealer.openPart(key, nonce, 1, ASSOCIATED, out, 0, 15));
  }

  @Test
  void parts_numberNotAboveTheLastOrTooLarge_isABug() {
    byte[] out = new byte[PLAINTEXT.length + Sealer.OVERHEAD_BYTES];
    Sealer.Parts parts = sealer.parts(SecretBytes.owned(new byte[Sealer.KEY_BYTES]), out, 0);
    parts.seal(2, ASSOCIATED, PLAINTEXT, 0, 1, out, Sealer.NONCE_BYTES);

    for (int number : new int[] {-1, 1, 2, 256}) {
      assertThatThrownBy(
              () -> parts.seal(number, ASSOCIATED, PLAINTEXT, 0, 1, out, Sealer.NONCE_BYTES))
          .isInstanceOf(BugException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 512, 70_000})
  void seal_anyLength_opensWithTwoIndependentImplementations(int length) throws Exception {
    byte[] plaintext = new byte[length];
    new SecureRandom().nextBytes(plaintext);
    byte[] key = new byte[Sealer.KEY_BYTES];
    new SecureRandom().nextBytes(key);

    byte[] text = sealer.seal(SecretBytes.owned(key.clone()), ASSOCIATED, plaintext);

    assertThat(text).hasSize(length + Sealer.OVERHEAD_BYTES);
    Cipher jdk = Cipher.getInstance("AES/GCM/NoPadding");
    jdk.init(
        Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, text, 0, 12));
    jdk.updateAAD(ASSOCIATED);
    assertThat(jdk.doFinal(text, 12, text.length - 12)).isEqualTo(plaintext);
    var bouncyCastle = GCMBlockCipher.newInstance(AESEngine.newInstance());
    bouncyCastle.init(
        false, new AEADParameters(new KeyParameter(key), 128, Arrays.copyOf(text, 12), ASSOCIATED));
    byte[] opened = new byte[bouncyCastle.getOutputSize(text.length - 12)];
    int count = bouncyCastle.processBytes(text, 12, text.length - 12, opened, 0);
    count += bouncyCastle.doFinal(opened, count);
    assertThat(Arrays.copyOf(opened, count)).isEqualTo(plaintext);
  }

  @Test
  void sealAndOpen_partsOfLargerArrays_touchNothingElse() {
    SecretBytes key = secret("11".repeat(32));
    byte[] around = concat(new byte[5], PLAINTEXT, new byte[3]);

    byte[] text = sealer.seal(key, ASSOCIATED, around, 5, PLAINTEXT.length);
    byte[] textAround = concat(new byte[7], text, new byte[2]);

    assertThat(sealer.open(key, ASSOCIATED, textAround, 7, text.length)).isEqualTo(PLAINTEXT);
    assertThat(around).isEqualTo(concat(new byte[5], PLAINTEXT, new byte[3]));
  }

  @Test
  void seal_sameInputOften_neverRepeatsANonce() {
    SecretBytes key = secret("11".repeat(32));
    Set<ByteBuffer> nonces = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      nonces.add(ByteBuffer.wrap(sealer.seal(key, ASSOCIATED, new byte[1]), 0, 12));
    }
    assertThat(nonces).hasSize(20_000);
  }

  @Test
  void open_anyBitOfTheTextChanged_isCorrupt() {
    SecretBytes key = secret("11".repeat(32));
    byte[] text = sealer.seal(key, ASSOCIATED, PLAINTEXT);
    for (int bit = 0; bit < text.length * 8; bit++) {
      byte[] changed = flipped(text, bit);
      assertCorrupt(() -> sealer.open(key, ASSOCIATED, changed));
    }
    assertThat(sealer.open(key, ASSOCIATED, text)).isEqualTo(PLAINTEXT);
  }

  @Test
  void open_anyBitOfTheKeyChanged_isCorrupt() {
    byte[] key = hex("0123456789abcdef".repeat(4));
    byte[] text = sealer.seal(SecretBytes.owned(key), ASSOCIATED, PLAINTEXT);
    for (int bit = 0; bit < key.length * 8; bit++) {
      SecretBytes changed = SecretBytes.owned(flipped(key, bit));
      assertCorrupt(() -> sealer.open(changed, ASSOCIATED, text));
    }
  }

  @Test
  void open_anyBitOfTheAssociatedDataChanged_isCorrupt() {
    SecretBytes key = secret("11".repeat(32));
    byte[] text = sealer.seal(key, ASSOCIATED, PLAINTEXT);
    for (int bit = 0; bit < ASSOCIATED.length * 8; bit++) {
      byte[] changed = flipped(ASSOCIATED, bit);
      assertCorrupt(() -> sealer.open(key, changed, text));
    }
    assertCorrupt(() -> sealer.open(key, new byte[0], text));
    assertCorrupt(() -> sealer.open(key, concat(ASSOCIATED, new byte[1]), text));
  }

  @Test
  void open_cutOrLengthened_isCorrupt() {
    SecretBytes key = secret("11".repeat(32));
    byte[] text = sealer.seal(key, ASSOCIATED, PLAINTEXT);
    for (int length = 0; length < text.length; length++) {
      byte[] cut = Arrays.copyOf(text, length);
      assertCorrupt(() -> sealer.open(key, ASSOCIATED, cut));
    }
    assertCorrupt(() -> sealer.open(key, ASSOCIATED, concat(text, new byte[1])));
  }

  @Test
  void sealAndOpen_keyOfAnotherLength_isABug() {
    for (int length : new int[] {0, 16, 24, 31, 33}) {
      SecretBytes key = SecretBytes.owned(new byte[length]);
      assertThatThrownBy(() -> sealer.seal(key, ASSOCIATED, PLAINTEXT))
          .isInstanceOf(BugException.class);
      assertThatThrownBy(() -> sealer.open(key, ASSOCIATED, new byte[40]))
          .isInstanceOf(BugException.class);
    }
  }

  @Test
  void open_failure_tellsNothingOfKeyOrText() {
    byte[] text = sealer.seal(secret("5a".repeat(32)), ASSOCIATED, PLAINTEXT);
    assertThatThrownBy(() -> sealer.open(secret("5b".repeat(32)), ASSOCIATED, text))
        .hasMessageNotContainingAny("5a5a", "5b5b", "nobody", HexFormat.of().formatHex(text))
        .hasNoSuppressedExceptions();
  }

  private static void assertCorrupt(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] out = bytes.clone();
    out[bit / 8] ^= (byte) (1 << (bit % 8));
    return out;
  }

  private static byte[] concat(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteBuffer out = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      out.put(part);
    }
    return out.array();
  }

  private static SecretBytes secret(String hex) {
    return SecretBytes.owned(hex(hex));
  }

  private static byte[] hex(@Nullable String text) {
    return text == null ? new byte[0] : HexFormat.of().parseHex(text);
  }
}
