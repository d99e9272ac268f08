package org.strongroom.leak.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.strongroom.ChildJvm;

/** Memory does not grow with the sample. */
final class SampleMemoryTest {
  private static final int MOST_MIB = 48;

  @Test
  void next_largeSamplesOfAnyForm_keepsLittleAlive() throws Exception {
    List<String> lines = ChildJvm.killedAfter(5, LiveHeap.class);

    assertThat(lines)
        .hasSize(5)
        .allSatisfy(
            line -> {
              String[] words = line.split(" ", -1);
              assertThat(Integer.parseInt(words[2])).as(line).isBetween(1, MOST_MIB);
            });
    assertThat(Long.parseLong(lines.get(0).split(" ", -1)[1])).isGreaterThan(300_000_000);
  }
}
