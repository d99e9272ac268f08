package org.strongroom.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.signature.PredefinedSignatureParameters;
import com.google.crypto.tink.signature.SignatureConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

final class KeyFileTest {
  private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);
  private static final byte[] BOUND = "bound".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  @Test
  void create_newFile_isReadableByItsOwnerAlone() throws IOException {
    Path file = directory.resolve("vault.key");
    KeyFile.create(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void create_fileExists_refusesAndKeepsIt() throws IOException {
    Path file = directory.resolve("vault.key");
    Files.writeString(file, "something else");
    assertKeyFileFault(() -> KeyFile.create(file));
    assertThat(file).hasContent("something else");
  }

  @Test
  void create_noSuchDirectory_isRefused() {
    assertKeyFileFault(() -> KeyFile.create(directory.resolve("none/vault.key")));
  }

  @Test
  void create_twice_makesDifferentKeys() throws GeneralSecurityException {
    KeyFile one = KeyFile.create(directory.resolve("one.key"));
    KeyFile other = KeyFile.create(directory.resolve("other.key"));
    byte[] wrapped = one.getAead(KeyFile.URI).encrypt(TEXT, BOUND);
    assertThatThrownBy(() -> other.getAead(KeyFile.URI).decrypt(wrapped, BOUND))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void open_createdFile_isTheSameKey() throws GeneralSecurityException {
    Path file = directory.resolve("vault.key");
    byte[] wrapped = KeyFile.create(file).getAead(KeyFile.URI).encrypt(TEXT, BOUND);
    assertThat(KeyFile.open(file).getAead(KeyFile.URI).decrypt(wrapped, BOUND)).isEqualTo(TEXT);
  }

  @Test
  void open_fileNotWritable_isAllowed() throws IOException {
    Path file = directory.resolve("vault.key");
    KeyFile.create(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    assertThat(KeyFile.open(file)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw---x---", "rw------x"})
  void open_looseMode_isRefusedWithTheCure(String mode) throws IOException {
    Path file = directory.resolve("vault.key");
    KeyFile.create(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    assertThatThrownBy(() -> KeyFile.open(file))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void open_missingFile_saysHowToNameIt() {
    assertThatThrownBy(() -> KeyFile.open(directory.resolve("none.key")))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("--key-file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "null", "7", "\"text\"", "{\"key\":[]}", "not JSON", "{"})
  void open_notAKeyset_isRefused(String content) throws IOException {
    assertKeyFileFault(() -> KeyFile.open(file(content.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void open_brokenUtf8_isRefused() throws IOException {
    assertKeyFileFault(() -> KeyFile.open(file(new byte[] {(byte) 0xc3, 0x28})));
  }

  @Test
  void open_endlessFile_isRefused() throws IOException {
    Path file = directory.resolve("vault.key");
    KeyFile.create(file);
    Files.writeString(file, Files.readString(file) + " ".repeat(SecretFile.MAX_BYTES));
    assertKeyFileFault(() -> KeyFile.open(file));
  }

  @Test
  void open_keysetOfAnotherKind_isRefused() throws Exception {
    SignatureConfig.register();
    String json =
        TinkJsonProtoKeysetFormat.serializeKeyset(
            KeysetHandle.generateNew(
                PredefinedSignatureParameters.ED25519, RegistryConfiguration.get()),
            RegistryConfiguration.get(),
            InsecureSecretKeyAccess.get());
    assertKeyFileFault(() -> KeyFile.open(file(json.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void open_cutAnywhere_isRefusedAndTellsNothing() throws IOException {
    Path whole = directory.resolve("whole.key");
    KeyFile.create(whole);
    String json = Files.readString(whole).strip();
    for (int length = 0; length < json.length(); length++) {
      byte[] cut = json.substring(0, length).getBytes(StandardCharsets.UTF_8);
      VaultException fault = assertKeyFileFault(() -> KeyFile.open(file(cut)));
      assertTellsNothing(fault, secretOf(json));
    }
  }

  @Test
  void open_anyCharacterChanged_neverFailsOtherwiseThanAsAKeyFile() throws IOException {
    Path whole = directory.resolve("whole.key");
    KeyFile.create(whole);
    String json = Files.readString(whole);
    int refused = 0;
    for (int at = 0; at < json.length(); at++) {
      StringBuilder changed = new StringBuilder(json);
      changed.setCharAt(at, json.charAt(at) == '~' ? '!' : '~');
      Path file = file(changed.toString().getBytes(StandardCharsets.UTF_8));
      try {
        KeyFile.open(file);
      } catch (VaultException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.KEY_FILE);
        assertTellsNothing(e, secretOf(json));
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(json.length() / 2);
  }

  @Test
  void toString_openKey_tellsNothing() throws IOException {
    Path file = directory.resolve("vault.key");
    KeyFile key = KeyFile.create(file);
    assertThat(printed(key)).doesNotContain(secretOf(Files.readString(file)));
  }

  @Test
  void getAead_otherUri_isRefused() {
    KeyFile key = KeyFile.create(directory.resolve("vault.key"));
    assertThat(key.doesSupport(KeyFile.URI)).isTrue();
    assertThat(key.doesSupport("aws-kms://x")).isFalse();
    assertThat(key.withDefaultCredentials()).isSameAs(key);
    assertThatThrownBy(() -> key.getAead("aws-kms://x"))
        .isInstanceOf(GeneralSecurityException.class);
  }

  /** The key's own base64 in the file, which must turn up nowhere else. */
  private static String secretOf(String json) {
    Matcher value = Pattern.compile("\"value\":\\s*\"([^\"]{20,})\"").matcher(json);
    assertThat(value.find()).isTrue();
    return value.group(1).substring(4, 20);
  }

  private static String printed(Object object) {
    return object.toString();
  }

  private static void assertTellsNothing(@Nullable Throwable fault, String secret) {
    for (Throwable at = fault; at != null; at = at.getCause()) {
      assertThat(at.toString()).doesNotContain(secret);
    }
  }

  private static VaultException assertKeyFileFault(ThrowingCallable call) {
    VaultException fault = catchThrowableOfType(VaultException.class, call);
    assertThat(fault).isNotNull();
    assertThat(fault.code()).isEqualTo(ErrorCode.KEY_FILE);
    return fault;
  }

  private Path file(byte[] content) throws IOException {
    Path file = directory.resolve("made.key");
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.write(file, content);
  }
}
