package org.strongroom.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.Id;

final class RandomnessTest {
  /** Hands out bytes that the test knows, and remembers into which arrays. */
  private static final class Known extends SecureRandom {
    private final transient List<byte[]> keys = new ArrayList<>();

    @Override
    public void nextBytes(byte[] bytes) {
      Arrays.fill(bytes, (byte) keys.size());
      keys.add(bytes);
    }
  }

  /** By {@code openssl enc -aes-256-ctr} of zeros under a key and counter of zeros. */
  @Test
  void bytes_keyOfZeros_areTheKeystreamOfAes256InCounterMode() {
    Randomness randomness = new Randomness(new Known());
    assertThat(HexFormat.of().formatHex(randomness.bytes(32)))
        .isEqualTo("dc95c078a2408989ad48a21492842087530f8afbc74536b9a963b4f1c4cb738b");
  }

  @Test
  void fill_manyDraws_areUnlikeAndBalanced() {
    Randomness randomness = new Randomness(new SecureRandom());
    Set<Id> ids = new HashSet<>();
    long ones = 0;
    int draws = 100_000;
    for (int i = 0; i < draws; i++) {
      Id id = randomness.id();
      assertThat(ids.add(id)).isTrue();
      ones += Long.bitCount(id.high()) + Long.bitCount(id.low());
    }
    // 12.8 million fair bits are within six standard deviations of half, but for two runs in a
    // thousand million.
    double deviations = (ones - 64.0 * draws) / Math.sqrt(32.0 * draws);
    assertThat(Math.abs(deviations)).isLessThan(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 12, 4095, 4096, 4097, 20_000})
  void fill_anyLength_fillsExactlyThat(int length) {
    byte[] to = new byte[length + 20];
    new Randomness(new SecureRandom()).fill(to, 10, length);
    assertThat(Arrays.copyOf(to, 10)).containsOnly(0);
    assertThat(Arrays.copyOfRange(to, length + 10, length + 20)).containsOnly(0);
    int zeros = 0;
    for (int i = 10; i < length + 10; i++) {
      zeros += to[i] == 0 ? 1 : 0;
    }
    // One byte in 256 is zero by chance; ten more than that is one run in ten thousand million.
    assertThat(zeros).isLessThanOrEqualTo(10 + length / 64);
  }

  @Test
  void fill_pieces_areTheSameStreamWhateverTheirLengths() {
    byte[] whole = new Randomness(new Known()).bytes(10_000);
    Randomness randomness = new Randomness(new Known());
    byte[] pieces = new byte[10_000];
    int at = 0;
    for (int length = 1; at < pieces.length; length = length % 700 + 37) {
      int piece = Math.min(length, pieces.length - at);
      randomness.fill(pieces, at, piece);
      at += piece;
    }
    assertThat(pieces).isEqualTo(whole);
  }

  @Test
  void fill_outsideTheArray_failsAndLosesNothing() {
    Randomness randomness = new Randomness(new Known());
    assertThatThrownBy(() -> randomness.fill(new byte[8], 4, 8))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> randomness.fill(new byte[8], 0, -1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(randomness.bytes(32)).isEqualTo(new Randomness(new Known()).bytes(32));
  }

  @Test
  void bytes_keyOfABlock_isDrawnForItAloneAndWiped() {
    Known source = new Known();
    Randomness randomness = new Randomness(source);
    byte[] out = randomness.bytes(3 * 4096);
    assertThat(source.keys).hasSize(3);
    source.keys.forEach(key -> assertThat(key).hasSize(32).containsOnly(0));
    assertThat(Arrays.copyOf(out, 4096)).isNotEqualTo(Arrays.copyOfRange(out, 4096, 8192));
  }

  @Test
  void id_manyThreads_drawFromKeysOfTheirOwn() throws Exception {
    Randomness randomness = new Randomness(new SecureRandom());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Set<Id>>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(
            threads.submit(
                () -> {
                  Set<Id> ids = new HashSet<>();
                  for (int k = 0; k < 10_000; k++) {
                    ids.add(randomness.id());
                  }
                  return ids;
                }));
      }
      Set<Id> together = new HashSet<>();
      for (Future<Set<Id>> each : all) {
        together.addAll(each.get());
      }
      assertThat(together).hasSize(40_000);
    } finally {
      threads.shutdownNow();
    }
  }
}
