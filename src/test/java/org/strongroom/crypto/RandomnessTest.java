package org.strongroom.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.Id;

final class RandomnessTest {
  private static final int BLOCK_BYTES = 4096;

  @Test
  void bytes_manyDraws_areTheSourcesBytesEachOnce() {
    // Across many blocks and odd lengths, whatever is handed out was drawn once and stays in order.
    Counting source = new Counting();
    Randomness random = new Randomness(source);
    Set<Integer> seen = new HashSet<>();
    int last = -1;
    for (int i = 0; i < 5000; i++) {
      byte[] draw = random.bytes(4 * (1 + i % 9));
      for (int at = 0; at < draw.length; at += 4) {
        int number = ByteBuffer.wrap(draw).getInt(at);
        assertThat(seen.add(number)).isTrue();
        assertThat(number).isGreaterThan(last);
        last = number;
      }
    }
  }

  @Test
  void bytes_realSource_doesNotRepeat() {
    Randomness random = new Randomness(new SecureRandom());
    Set<ByteBuffer> seen = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      seen.add(ByteBuffer.wrap(random.bytes(12)));
    }
    assertThat(seen).hasSize(100_000);
  }

  @Test
  void id_manyDraws_areDistinct() {
    Randomness random = new Randomness(new SecureRandom());
    Set<Id> seen = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      seen.add(random.id());
    }
    assertThat(seen).hasSize(20_000);
  }

  @Test
  void bytes_manyThreads_shareNothing() throws Exception {
    Randomness random = new Randomness(new Counting());
    Set<ByteBuffer> seen = ConcurrentHashMap.newKeySet();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        futures.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < 5000; n++) {
                    assertThat(seen.add(ByteBuffer.wrap(random.bytes(12)))).isTrue();
                  }
                }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(seen).hasSize(40_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 12, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 3 * BLOCK_BYTES})
  void fill_anyLength_fillsExactlyThat(int length) {
    byte[] to = new byte[length + 20];
    new Randomness(new Ones()).fill(to, 10, length);
    assertThat(Arrays.copyOf(to, 10)).containsOnly(0);
    assertThat(Arrays.copyOfRange(to, length + 10, length + 20)).containsOnly(0);
    for (int i = 10; i < length + 10; i++) {
      assertThat(to[i]).isEqualTo((byte) 1);
    }
  }

  @Test
  void fill_outsideTheArray_failsAndLosesNothing() {
    Randomness random = new Randomness(new Counting());
    assertThatThrownBy(() -> random.fill(new byte[8], 4, 8))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> random.fill(new byte[8], 0, -1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(ByteBuffer.wrap(random.bytes(4)).getInt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {12, BLOCK_BYTES + 4})
  void bytes_handedOut_areWipedFromWhereTheyWereDrawn(int length) {
    Ones source = new Ones();
    byte[] out = new Randomness(source).bytes(length);
    byte[] drawn = source.drawn.get(0);
    assertThat(out).hasSize(length);
    assertThat(Arrays.copyOf(drawn, length)).containsOnly(0);
    assertThat(Arrays.copyOfRange(drawn, length, drawn.length)).doesNotContain((byte) 0);
  }

  /** Yields the numbers 0, 1, 2, ... as four bytes each. */
  private static final class Counting extends SecureRandom {
    private int next;

    @Override
    public synchronized void nextBytes(byte[] bytes) {
      ByteBuffer to = ByteBuffer.wrap(bytes);
      while (to.remaining() >= 4) {
        to.putInt(next++);
      }
    }
  }

  /** Yields ones, and remembers into which arrays. */
  private static final class Ones extends SecureRandom {
    private final transient List<byte[]> drawn = new ArrayList<>();

    @Override
    public void nextBytes(byte[] bytes) {
      Arrays.fill(bytes, (byte) 1);
      drawn.add(bytes);
    }
  }
}
