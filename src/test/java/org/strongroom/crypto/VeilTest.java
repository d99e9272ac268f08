package org.strongroom.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

final class VeilTest {
  private final Randomness random = new Randomness(new SecureRandom());

  @Test
  void lift_coveredBlocks_areThoseThatWereCovered() {
    Veil veil = new Veil(random);
    byte[] values = random.bytes(10 * Veil.BLOCK_BYTES);
    byte[] before = values.clone();
    veil.cover(values, Veil.BLOCK_BYTES, 8 * Veil.BLOCK_BYTES);
    for (int block = 0; block < 10; block++) {
      boolean same =
          java.util.Arrays.equals(
              values, block * 16, block * 16 + 16, before, block * 16, block * 16 + 16);
      assertThat(same).isEqualTo(block == 0 || block == 9);
    }
    veil.lift(values, Veil.BLOCK_BYTES, 8 * Veil.BLOCK_BYTES);
    assertThat(values).isEqualTo(before);
  }

  @Test
  void lift_byAnother_isNoise() {
    byte[] values = new byte[Veil.BLOCK_BYTES];
    new Veil(random).cover(values, 0, values.length);
    new Veil(random).lift(values, 0, values.length);
    assertThat(values).isNotEqualTo(new byte[Veil.BLOCK_BYTES]);
  }
}
