package org.strongroom.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

class Argon2idHashTest {
  private final Argon2idHash argon2id = new Argon2idHash(new SecureRandom());

  @Test
  void bouncyCastle_vectorOfRfc9106_gives_theTag() {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(32)
            .withIterations(3)
            .withParallelism(4)
            .withSalt(filled(16, 2))
            .withSecret(filled(8, 3))
            .withAdditional(filled(12, 4))
            .build());
    byte[] tag = new byte[32];
    generator.generateBytes(filled(32, 1), tag);
    assertThat(HexFormat.of().formatHex(tag))
        .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  }

  /** From the test suite of the reference implementation, P-H-C/phc-winner-argon2. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "65536 2 1 CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "65536 1 1 9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg",
        "65536 4 1 kCXUjmjvc5XMqQedpMTsOv+zyJEf5PhtGiUghW9jFyw",
        "256 2 1 nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "256 2 2 bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
      })
  void matches_vectorOfTheReference_onlyItsPassword(
      int memoryKib, int passes, int lanes, String hash) {
    String stored =
        "$argon2id$v=19$m=" + memoryKib + ",t=" + passes + ",p=" + lanes + "$c29tZXNhbHQ$" + hash;
    assertThat(argon2id.matches("password".toCharArray(), stored)).isTrue();
    assertThat(argon2id.matches("Password".toCharArray(), stored)).isFalse();
  }

  @Test
  void hash_anyPassword_isInPhcFormWithTheDocumentedCostAndMatches() {
    char[] password = "密码 pass\uD83D\uDD11word é".toCharArray();
    String stored = argon2id.hash(password);
    assertThat(stored).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[^$]{22}\\$[^$]{43}");
    assertThat(argon2id.matches(password, stored)).isTrue();
    assertThat(argon2id.matches("密码 pass\uD83D\uDD11word e".toCharArray(), stored)).isFalse();
  }

  @Test
  void hash_samePasswordTwice_isSaltedAnew() {
    char[] password = "correct horse".toCharArray();
    assertThat(argon2id.hash(password)).isNotEqualTo(argon2id.hash(password));
  }

  @Test
  void decoy_hasTheFormOfARealHash_andMatchesNothing() {
    String decoy = argon2id.decoy();
    assertThat(decoy).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[^$]{22}\\$[^$]{43}");
    assertThat(argon2id.matches(new char[0], decoy)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=4,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=99,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=0$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQab$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
      })
  void matches_damagedOrBoundlessHash_isCorruptAndDoesNoWork(String stored) {
    assertThatThrownBy(() -> argon2id.matches("password".toCharArray(), stored))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
  }

  private static byte[] filled(int length, int value) {
    byte[] out = new byte[length];
    Arrays.fill(out, (byte) value);
    return out;
  }
}
