package org.strongroom.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class TokenTextTest {
  private final SecureRandom random = new SecureRandom();

  @Test
  void fresh_manyTimes_isWellFormedAndNeverTheSame() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      byte[] text = TokenText.fresh(random);
      String token = new String(text, StandardCharsets.US_ASCII);
      assertThat(token).matches("srm_[0-9A-Za-z]{60}");
      assertThat(TokenText.isWellFormed(text)).isTrue();
      assertThat(seen.add(token)).isTrue();
    }
  }

  @Test
  void fresh_check_isTheCrcOfTheRestInBase62() {
    byte[] text = TokenText.fresh(random);
    CRC32 crc = new CRC32();
    crc.update(text, 0, 58);
    long fromText = 0;
    for (int i = 58; i < 64; i++) {
      fromText =
          fromText * 62
              + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".indexOf(text[i]);
    }
    assertThat(fromText).isEqualTo(crc.getValue());
  }

  @Test
  void isWellFormed_anyOneCharacterMistyped_isFalse() {
    byte[] text = TokenText.fresh(random);
    for (int i = 0; i < text.length; i++) {
      byte[] mistyped = text.clone();
      mistyped[i] = (byte) (mistyped[i] == 'x' ? 'y' : 'x');
      assertThat(TokenText.isWellFormed(mistyped)).as("position %d", i).isFalse();
    }
  }

  @Test
  void isWellFormed_foreignCharacterUnderARightCheck_isFalse() {
    byte[] text = TokenText.fresh(random);
    text[20] = '-';
    TokenText.writeCheck(text, text);
    assertThat(TokenText.isWellFormed(text)).isFalse();
  }

  @Test
  void hash_isSha256OfIdAndSecret() throws NoSuchAlgorithmException {
    byte[] text = TokenText.fresh(random);
    String inner = new String(text, StandardCharsets.US_ASCII).substring(4, 58);
    assertThat(TokenText.hash(text))
        .isEqualTo(
            MessageDigest.getInstance("SHA-256").digest(inner.getBytes(StandardCharsets.US_ASCII)));
    assertThat(TokenText.id(text)).isEqualTo(inner.substring(0, 11));
  }
}
