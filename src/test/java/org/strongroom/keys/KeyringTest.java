package org.strongroom.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.prf.HkdfPrfKey;
import com.google.crypto.tink.prf.HkdfPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;

final class KeyringTest {
  private static final Id VAULT = new Id(1, 2);
  private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);
  private static final byte[] BOUND = "bound".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  private Aead kek;
  private Map<Keyset, Bytes> wrapped;

  @BeforeEach
  void generate() throws Exception {
    kek = KeyFile.create(directory.resolve("vault.key")).getAead(KeyFile.URI);
    wrapped = Keyring.generate(kek, VAULT);
  }

  @Test
  void open_rightKeyAndVault_sealsAndOpensAgain() {
    byte[] text = Keyring.open(kek, VAULT, wrapped).sealer(Keyset.AUDIT).seal(TEXT, BOUND);
    Keyring again = Keyring.open(kek, VAULT, wrapped);
    assertThat(again.sealer(Keyset.AUDIT).open(text, BOUND)).isEqualTo(TEXT);
    assertThat(wrapped).containsOnlyKeys(Keyset.values());
  }

  @Test
  void open_otherKeyFile_isRefused() throws Exception {
    Aead other = KeyFile.create(directory.resolve("other.key")).getAead(KeyFile.URI);
    assertFault(() -> Keyring.open(other, VAULT, wrapped), ErrorCode.KEY_FILE);
  }

  @Test
  void open_otherVaultUnderTheSameKeyFile_isRefused() {
    assertFault(() -> Keyring.open(kek, new Id(1, 3), wrapped), ErrorCode.KEY_FILE);
  }

  @Test
  void oprfKey_sameVaultAndLabel_isTheSameFunction() {
    Bytes value = Keyring.open(kek, VAULT, wrapped).oprfKey("one").evaluate(TEXT);
    assertThat(Keyring.open(kek, VAULT, wrapped).oprfKey("one").evaluate(TEXT)).isEqualTo(value);
    assertThat(Keyring.open(kek, VAULT, wrapped).oprfKey("other").evaluate(TEXT))
        .isNotEqualTo(value);
    Keyring another = Keyring.open(kek, VAULT, Keyring.generate(kek, VAULT));
    assertThat(another.oprfKey("one").evaluate(TEXT)).isNotEqualTo(value);
  }

  @Test
  void unwrap_whatWrapNewMade_sealsAndOpensUnderItsNameAlone() {
    Keyring keyring = Keyring.open(kek, VAULT, wrapped);
    Bytes own = keyring.wrapNew(Keyset.LEAKS, "one");
    byte[] text = keyring.unwrap(Keyset.LEAKS, "one", own).seal(TEXT, BOUND);
    assertThat(keyring.unwrap(Keyset.LEAKS, "one", own).open(text, BOUND)).isEqualTo(TEXT);
    assertFault(() -> keyring.unwrap(Keyset.LEAKS, "other", own), ErrorCode.CORRUPT);
    assertFault(() -> keyring.unwrap(Keyset.REJECTS, "one", own), ErrorCode.CORRUPT);
    Bytes another = keyring.wrapNew(Keyset.LEAKS, "one");
    assertFault(
        () -> keyring.unwrap(Keyset.LEAKS, "one", another).open(text, BOUND), ErrorCode.CORRUPT);
  }

  @ParameterizedTest
  @EnumSource(Keyset.class)
  void open_anotherKeysetInItsPlace_isRefused(Keyset keyset) {
    Keyset other = keyset == Keyset.AUDIT ? Keyset.ACCOUNTS : Keyset.AUDIT;
    Map<Keyset, Bytes> swapped = new EnumMap<>(wrapped);
    swapped.putAll(Map.of(keyset, of(other), other, of(keyset)));
    assertFault(() -> Keyring.open(kek, VAULT, swapped), ErrorCode.KEY_FILE);
  }

  @Test
  void open_anyByteOfAWrappedKeysetChanged_isRefused() {
    byte[] bytes = of(Keyset.CHECKPOINT).toArray();
    int refused = 0;
    for (int at = 0; at < bytes.length; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      Map<Keyset, Bytes> damaged = new EnumMap<>(wrapped);
      damaged.put(Keyset.CHECKPOINT, Bytes.owned(changed));
      try {
        // What the format carries beside the ciphertext may read otherwise and mean the same.
        Keyring ring = Keyring.open(kek, VAULT, damaged);
        assertThat(ring.checkpointKey("log").key())
            .isEqualTo(Keyring.open(kek, VAULT, wrapped).checkpointKey("log").key());
      } catch (VaultException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.KEY_FILE);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(bytes.length / 2);
  }

  @Test
  void use_keysetMissing_isCorrupt() {
    wrapped.remove(Keyset.INDEX);
    Keyring ring = Keyring.open(kek, VAULT, wrapped);
    assertFault(() -> ring.blindIndex("residents/phone"), ErrorCode.CORRUPT);
  }

  @Test
  void generate_twice_sharesNoKey() {
    Keyring one = Keyring.open(kek, VAULT, wrapped);
    Keyring other = Keyring.open(kek, VAULT, Keyring.generate(kek, VAULT));
    assertThat(one.checkpointKey("log").key()).isNotEqualTo(other.checkpointKey("log").key());
    assertThat(one.blindIndex("a").blind(TEXT)).isNotEqualTo(other.blindIndex("a").blind(TEXT));
    byte[] text = one.sealer(Keyset.AUDIT).seal(TEXT, BOUND);
    assertFault(() -> other.sealer(Keyset.AUDIT).open(text, BOUND), ErrorCode.CORRUPT);
  }

  @Test
  void sealer_otherKeysetBindingOrByte_doesNotOpen() {
    Keyring ring = Keyring.open(kek, VAULT, wrapped);
    byte[] text = ring.sealer(Keyset.AUDIT).seal(TEXT, BOUND);
    assertFault(() -> ring.sealer(Keyset.ACCOUNTS).open(text, BOUND), ErrorCode.CORRUPT);
    assertFault(() -> ring.sealer(Keyset.AUDIT).open(text, TEXT), ErrorCode.CORRUPT);
    for (int at = 0; at < text.length; at++) {
      byte[] changed = text.clone();
      changed[at] ^= 1;
      assertFault(() -> ring.sealer(Keyset.AUDIT).open(changed, BOUND), ErrorCode.CORRUPT);
    }
  }

  @Test
  void blindIndex_labels_haveEachAKeyOfTheirOwn() {
    Keyring ring = Keyring.open(kek, VAULT, wrapped);
    Set<Bytes> values = new HashSet<>();
    for (String label : new String[] {"", "residents/phone", "residents/phon", "residents/email"}) {
      Bytes blind = Bytes.owned(ring.blindIndex(label).blind(TEXT));
      assertThat(blind.toArray()).isEqualTo(ring.blindIndex(label).blind(TEXT));
      values.add(blind);
    }
    assertThat(values).hasSize(4);
    assertThat(Keyring.open(kek, VAULT, wrapped).blindIndex("residents/phone").blind(TEXT))
        .isEqualTo(ring.blindIndex("residents/phone").blind(TEXT));
  }

  /** RFC 5869, appendix A, cases 1 to 3: the HKDF that index keys come from. */
  @ParameterizedTest
  @CsvSource({
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b,000102030405060708090a0b0c,f0f1f2f3f4f5f6f7f8f9,"
        + "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e"
        + "2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f,"
        + "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d"
        + "8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf,"
        + "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdd"
        + "dedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff,"
        + "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e59"
        + "0e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b,,,"
        + "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
  })
  void hkdf_publishedVector_isItsOutput(
      String input, @Nullable String salt, @Nullable String info, String output) throws Exception {
    byte[] expected = hex(output);
    assertThat(hkdf(hex(input), hex(salt), hex(info), expected.length)).isEqualTo(expected);
    if (hex(input).length >= 32) {
      // The library refuses shorter keys.
      assertThat(hkdfOfTheLibrary(hex(input), hex(salt), hex(info), expected.length))
          .isEqualTo(expected);
    }
  }

  @Test
  void blindIndex_keyOfTheKeyset_isHkdfOfTheLabelThenHmac() throws Exception {
    // The keyset as it lies wrapped, read without Keyring: its key, then RFC 5869 and RFC 2104.
    PrfConfig.register();
    KeysetHandle handle =
        TinkProtoKeysetFormat.parseEncryptedKeyset(
            of(Keyset.INDEX).toArray(),
            kek,
            (VAULT + "/index").getBytes(StandardCharsets.UTF_8),
            RegistryConfiguration.get());
    byte[] key =
        ((HkdfPrfKey) handle.getPrimary().getKey())
            .getKeyBytes()
            .toByteArray(InsecureSecretKeyAccess.get());
    byte[] indexKey = hkdf(key, new byte[0], "label".getBytes(StandardCharsets.UTF_8), 32);
    assertThat(Keyring.open(kek, VAULT, wrapped).blindIndex("label").blind(TEXT))
        .isEqualTo(Arrays.copyOf(hmac(indexKey, TEXT), 16));
  }

  @Test
  void signCheckpoint_message_verifiesWithTwoIndependentImplementations() throws Exception {
    Keyring ring = Keyring.open(kek, VAULT, wrapped);
    byte[] signature = ring.signCheckpoint(TEXT);
    Bytes key = ring.checkpointKey("log").key();
    assertThat(signature).hasSize(64);
    assertThat(key.length()).isEqualTo(32);
    assertThat(verifiesWithTheJdk(key, TEXT, signature)).isTrue();
    assertThat(verifiesWithTheJdk(key, BOUND, signature)).isFalse();
    assertThat(verifiesWithBouncyCastle(key, TEXT, signature)).isTrue();
    assertThat(verifiesWithBouncyCastle(key, BOUND, signature)).isFalse();
    assertThat(Keyring.open(kek, VAULT, wrapped).signCheckpoint(TEXT)).isEqualTo(signature);
  }

  @Test
  void toStringAndFaults_ofKeysAndSealers_tellNothing() throws Exception {
    Keyring ring = Keyring.open(kek, VAULT, wrapped);
    String index = HexFormat.of().formatHex(ring.blindIndex("label").blind(TEXT));
    assertThat(printed(ring) + printed(ring.sealer(Keyset.TLS)) + printed(ring.blindIndex("label")))
        .doesNotContain(index)
        .doesNotContain("key_value")
        .doesNotContain("value:");
    Aead other = KeyFile.create(directory.resolve("other.key")).getAead(KeyFile.URI);
    assertThatThrownBy(() -> Keyring.open(other, VAULT, wrapped))
        .hasMessageContaining("--key-file")
        .hasMessageNotContaining(of(Keyset.INDEX).hex());
  }

  private static byte[] hkdfOfTheLibrary(byte[] key, byte[] salt, byte[] info, int length)
      throws Exception {
    PrfConfig.register();
    HkdfPrfParameters parameters =
        HkdfPrfParameters.builder()
            .setKeySizeBytes(key.length)
            .setHashType(HkdfPrfParameters.HashType.SHA256)
            .setSalt(com.google.crypto.tink.util.Bytes.copyFrom(salt))
            .build();
    HkdfPrfKey prf =
        HkdfPrfKey.builder()
            .setParameters(parameters)
            .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
            .build();
    return KeysetHandle.newBuilder()
        .addEntry(KeysetHandle.importKey(prf).withRandomId().makePrimary())
        .build()
        .getPrimitive(RegistryConfiguration.get(), PrfSet.class)
        .computePrimary(info, length);
  }

  /** RFC 5869 as it is written down, SHA-256. */
  private static byte[] hkdf(byte[] input, byte[] salt, byte[] info, int length) throws Exception {
    byte[] key = hmac(salt.length == 0 ? new byte[32] : salt, input);
    byte[] out = new byte[length];
    byte[] block = new byte[0];
    for (int at = 0, number = 1; at < length; at += block.length, number++) {
      block = hmac(key, block, info, new byte[] {(byte) number});
      System.arraycopy(block, 0, out, at, Math.min(block.length, length - at));
    }
    return out;
  }

  private static byte[] hmac(byte[] key, byte[]... parts) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  private static boolean verifiesWithTheJdk(Bytes key, byte[] message, byte[] signature)
      throws Exception {
    // RFC 8410: the fixed head of an Ed25519 SubjectPublicKeyInfo, then the key.
    byte[] info = hex("302a300506032b6570032100" + key.hex());
    Signature verifier = Signature.getInstance("Ed25519", "SunEC");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519", "SunEC").generatePublic(new X509EncodedKeySpec(info)));
    verifier.update(message);
    return verifier.verify(signature);
  }

  private static boolean verifiesWithBouncyCastle(Bytes key, byte[] message, byte[] signature) {
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, new Ed25519PublicKeyParameters(key.toArray()));
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }

  private static String printed(Object object) {
    return object.toString();
  }

  private Bytes of(Keyset keyset) {
    Bytes bytes = wrapped.get(keyset);
    assertThat(bytes).isNotNull();
    return Objects.requireNonNull(bytes);
  }

  private static void assertFault(ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(VaultException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static byte[] hex(@Nullable String text) {
    return text == null ? new byte[0] : HexFormat.of().parseHex(text);
  }
}
