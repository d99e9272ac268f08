package org.strongroom.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.kernel.VaultException;

final class LocalCustodyTest {
  private static final Id VAULT = new Id(1, 2);
  private static final Id SUBJECT = new Id(3, 4);
  private static final String KEY = "c0ffee11".repeat(8);

  @TempDir Path directory;

  private Aead kek;
  private Custody custody;

  @BeforeEach
  void open() throws Exception {
    kek = KeyFile.create(directory.resolve("vault.key")).getAead(KeyFile.URI);
    custody = new LocalCustody(kek, VAULT);
  }

  @Test
  void unwrap_sameSubject_isTheKey() {
    byte[] wrapped = custody.wrap(SUBJECT, key());
    assertThat(custody.unwrap(SUBJECT, wrapped)).isEqualTo(key());
    assertThat(new LocalCustody(kek, VAULT).unwrap(SUBJECT, wrapped)).isEqualTo(key());
  }

  @Test
  void wrap_sameKeyTwice_looksDifferentAndShowsNothing() {
    byte[] one = custody.wrap(SUBJECT, key());
    assertThat(one).isNotEqualTo(custody.wrap(SUBJECT, key()));
    assertThat(HexFormat.of().formatHex(one)).doesNotContain("c0ffee11");
  }

  @Test
  void unwrap_otherSubjectVaultOrKeyFile_isCorrupt() throws Exception {
    byte[] wrapped = custody.wrap(SUBJECT, key());
    Aead other = KeyFile.create(directory.resolve("other.key")).getAead(KeyFile.URI);
    assertCorrupt(() -> custody.unwrap(new Id(3, 5), wrapped));
    assertCorrupt(() -> custody.unwrap(new Id(4, 3), wrapped));
    assertCorrupt(() -> new LocalCustody(kek, new Id(1, 3)).unwrap(SUBJECT, wrapped));
    assertCorrupt(() -> new LocalCustody(kek, SUBJECT).unwrap(VAULT, wrapped));
    assertCorrupt(() -> new LocalCustody(other, VAULT).unwrap(SUBJECT, wrapped));
  }

  @Test
  void unwrap_anyByteChangedOrCut_isCorrupt() {
    byte[] wrapped = custody.wrap(SUBJECT, key());
    for (int at = 0; at < wrapped.length; at++) {
      byte[] changed = wrapped.clone();
      changed[at] ^= 0x40;
      assertCorrupt(() -> custody.unwrap(SUBJECT, changed));
      byte[] cut = Arrays.copyOf(wrapped, at);
      assertCorrupt(() -> custody.unwrap(SUBJECT, cut));
    }
  }

  @Test
  void unwrap_failure_tellsNoKeyAnywhere() {
    byte[] wrapped = custody.wrap(SUBJECT, key());
    wrapped[9] ^= 1;
    assertThatThrownBy(() -> custody.unwrap(SUBJECT, wrapped))
        .satisfies(
            fault -> {
              for (@Nullable Throwable at = fault; at != null; at = at.getCause()) {
                assertThat(at.toString())
                    .doesNotContainIgnoringCase("c0ffee")
                    .doesNotContain(HexFormat.of().formatHex(wrapped));
              }
            });
    assertThat(custody.toString()).doesNotContainIgnoringCase("c0ffee");
    assertThat(key().toString()).isEqualTo("[redacted]");
  }

  private static SecretBytes key() {
    return SecretBytes.owned(HexFormat.of().parseHex(KEY));
  }

  private static void assertCorrupt(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
  }
}
