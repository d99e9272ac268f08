package org.strongroom.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.strongroom.kernel.VaultException;

final class VeilTest {
  private final Randomness random = new Randomness(new SecureRandom());

  @Test
  void lift_whatWasCovered_isWhatItWas() {
    byte[] values = random.bytes(1_000);
    try (Veil veil = new Veil(random)) {
      byte[] covered = veil.cover(7, values, 900);
      assertThat(covered).hasSize(900 + Veil.OVERHEAD_BYTES);
      assertThat(veil.lift(7, covered)).isEqualTo(Arrays.copyOf(values, 900));
      // Equal values do not look equal.
      assertThat(veil.cover(7, values, 900)).isNotEqualTo(covered);
    }
  }

  @Test
  void lift_byAnotherOrFromElsewhere_isRefused() {
    byte[] values = random.bytes(100);
    try (Veil veil = new Veil(random);
        Veil other = new Veil(random)) {
      byte[] covered = veil.cover(7, values, 100);
      assertThatThrownBy(() -> other.lift(7, covered)).isInstanceOf(VaultException.class);
      assertThatThrownBy(() -> veil.lift(8, covered)).isInstanceOf(VaultException.class);
    }
  }
}
