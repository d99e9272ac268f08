package org.strongroom.leak.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.strongroom.leak.report.Report;

class ShareTest {
  /** By Wilson's formula, with z = 1.959964. */
  @Test
  void of_knownCounts_isWilsonsInterval() {
    Report.Genuine half = Share.of(50, 100, 0);
    assertThat(half.share()).isEqualTo(0.5);
    assertThat(half.low()).isCloseTo(0.4038315, within(1e-6));
    assertThat(half.high()).isCloseTo(0.5961685, within(1e-6));
    Report.Genuine all = Share.of(10, 10, 0);
    assertThat(all.low()).isCloseTo(0.7224672, within(1e-6));
    assertThat(all.high()).isCloseTo(1, within(1e-12));
    assertThat(Share.of(0, 0, 0)).isEqualTo(new Report.Genuine(0, 0, 0, 1, 0));
  }

  @Test
  void of_randomSamples_holdsTheTruthNineteenTimesOfTwenty() {
    Random random = new Random(6);
    int held = 0;
    for (int i = 0; i < 2_000; i++) {
      int genuine = 0;
      for (int k = 0; k < 400; k++) {
        genuine += random.nextDouble() < 0.85 ? 1 : 0;
      }
      Report.Genuine share = Share.of(genuine, 400, 0);
      held += share.low() <= 0.85 && 0.85 <= share.high() ? 1 : 0;
    }
    assertThat(held / 2_000.0).isBetween(0.93, 0.97);
  }

  @Test
  void of_moreThanTheLibraryCounts_stillHasAnInterval() {
    Report.Genuine share = Share.of(6_000_000_000L, 10_000_000_000L, 5);
    assertThat(share.share()).isEqualTo(0.6);
    assertThat(share.low()).isCloseTo(0.6, within(1e-4)).isLessThan(0.6);
    assertThat(share.undecided()).isEqualTo(5);
  }

  @Test
  void of_partsBeyondTheWhole_areRefused() {
    assertThatThrownBy(() -> Share.of(6, 10, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Share.of(-1, 10, 5)).isInstanceOf(IllegalArgumentException.class);
  }
}
