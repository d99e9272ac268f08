package org.strongroom.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.translog.SigningKey;
import org.strongroom.translog.VerifierKey;

final class WitnessKeyFileTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path directory;

  @Test
  void open_createdFile_isTheSameKeyAndItsOwnersAlone() throws IOException {
    SigningKey made = WitnessKeyFile.create(file(), "witness.example", RANDOM);
    assertThat(WitnessKeyFile.open(file()).verifier()).isEqualTo(made.verifier());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(directory.toFile().list()).containsExactly("witness.key");
  }

  @Test
  void create_fileExists_refusesAndKeepsIt() throws IOException {
    Files.writeString(file(), "something else");
    assertFault(ErrorCode.KEY_FILE, () -> WitnessKeyFile.create(file(), "witness.example", RANDOM));
    assertThat(file()).hasContent("something else");
  }

  @Test
  void create_nameWithWhiteSpace_isRefusedAndWritesNothing() {
    assertFault(ErrorCode.BAD_REQUEST, () -> WitnessKeyFile.create(file(), "a witness", RANDOM));
    assertThat(file()).doesNotExist();
  }

  @Test
  void open_missingFile_saysHowToMakeOne() {
    assertThat(assertFault(ErrorCode.KEY_FILE, () -> WitnessKeyFile.open(file())))
        .hasMessageContaining("strongroom witness key");
  }

  @Test
  void open_looseMode_isRefusedWithTheCure() throws IOException {
    WitnessKeyFile.create(file(), "witness.example", RANDOM);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
    assertThat(assertFault(ErrorCode.KEY_FILE, () -> WitnessKeyFile.open(file())))
        .hasMessageContaining("chmod 600");
  }

  @Test
  void open_keyOfALog_isRefused() throws IOException {
    SigningKey log = SigningKey.generate("log.example", VerifierKey.Type.NOTE, RANDOM);
    WitnessKeyFile.create(file(), "witness.example", RANDOM);
    Files.writeString(file(), log.secretText());
    assertThat(assertFault(ErrorCode.KEY_FILE, () -> WitnessKeyFile.open(file())))
        .hasMessageContaining("the key of a log");
  }

  @Test
  void open_cutAnywhere_isRefusedAndTellsNothing() throws IOException {
    SigningKey made = WitnessKeyFile.create(file(), "witness.example", RANDOM);
    String whole = made.secretText();
    String secret = whole.substring(whole.length() - 20, whole.length() - 4);
    for (int length = 0; length < whole.length(); length++) {
      Files.writeString(file(), whole.substring(0, length));
      Throwable at = assertFault(ErrorCode.KEY_FILE, () -> WitnessKeyFile.open(file()));
      for (; at != null; at = at.getCause()) {
        assertThat(at.toString()).doesNotContain(secret);
      }
    }
  }

  private Path file() {
    return directory.resolve("witness.key");
  }

  private static VaultException assertFault(ErrorCode code, ThrowingCallable call) {
    VaultException fault = catchThrowableOfType(VaultException.class, call);
    assertThat(fault).isNotNull();
    assertThat(fault.code()).isEqualTo(code);
    return fault;
  }
}
