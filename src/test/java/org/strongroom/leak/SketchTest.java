package org.strongroom.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.strongroom.kernel.BigEndian;
import org.strongroom.translog.Hashes;

final class SketchTest {
  private static Sketch of(long from, long to) {
    return new Sketch(
        LongStream.range(from, to)
            .mapToObj(i -> BigEndian.getLong(Hashes.sha256(BigEndian.ofLong(i)), 0))
            .toList());
  }

  @Test
  void likeness_ofSmallSets_isExact() {
    assertThat(of(0, 100).likeness(of(50, 150))).isEqualTo(50 / 150.0);
    assertThat(of(0, 100).likeness(of(0, 100))).isEqualTo(1);
    assertThat(of(0, 100).likeness(of(100, 200))).isZero();
  }

  @Test
  void likeness_ofNobody_isNone() {
    assertThat(of(0, 0).likeness(of(0, 0))).isZero();
    assertThat(of(0, 0).likeness(of(0, 9))).isZero();
  }

  @Test
  void likeness_ofLargeSets_isEstimated() {
    assertThat(of(0, 20_000).likeness(of(10_000, 30_000))).isCloseTo(1 / 3.0, within(0.1));
    assertThat(of(0, 20_000).likeness(of(2_000, 20_000))).isCloseTo(0.9, within(0.07));
    assertThat(of(0, 20_000).likeness(of(0, 100))).isLessThan(0.05);
  }

  @Test
  void smallest_ofMany_areKeptUnsigned() {
    assertThat(of(0, 1000).smallest())
        .hasSize(Sketch.SIZE)
        .isSortedAccordingTo(Long::compareUnsigned);
    assertThat(new Sketch(List.of(-1L, 5L, 5L)).smallest()).containsExactly(5L, -1L);
  }
}
