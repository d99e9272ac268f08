package org.strongroom.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScatterTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 13})
  void at_everyNumberOfTheRange_comesOnce(int bits) {
    Scatter scatter = new Scatter(7, bits);
    assertThat(LongStream.range(0, scatter.size()).map(scatter::at).sorted())
        .containsExactly(LongStream.range(0, scatter.size()).boxed().toArray(Long[]::new));
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 34})
  void at_neighbours_landAnywhere(int bits) {
    Scatter scatter = new Scatter(7, bits);
    // The mean of 100,000 uniform draws has a deviation of 0.1 % of the range; 5 of them allowed.
    double mean = LongStream.range(0, 100_000).map(scatter::at).average().orElseThrow();
    assertThat(mean / scatter.size()).isBetween(0.495, 0.505);
  }
}
