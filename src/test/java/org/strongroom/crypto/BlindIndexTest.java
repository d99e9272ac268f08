package org.strongroom.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.strongroom.kernel.SecretBytes;

final class BlindIndexTest {
  /** RFC 4231, HMAC-SHA-256, the first 128 bits; case 5 is published at that length only. */
  static Stream<Arguments> rfc4231() {
    return Stream.of(
        Arguments.of("0b".repeat(20), text("Hi There"), "b0344c61d8db38535ca8afceaf0bf12b"),
        Arguments.of(
            text("Jefe"), text("what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c7"),
        Arguments.of("aa".repeat(20), "dd".repeat(50), "773ea91e36800e46854db8ebd09181a7"),
        Arguments.of(
            "0102030405060708090a0b0c0d0e0f10111213141516171819",
            "cd".repeat(50),
            "82558a389a443c0ea4cc819899f2083a"),
        Arguments.of(
            "0c".repeat(20), text("Test With Truncation"), "a3b6167473100ee06e0c796c2955552b"),
        Arguments.of(
            "aa".repeat(131),
            text("Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f"),
        Arguments.of(
            "aa".repeat(131),
            text(
                "This is a test using a larger than block-size key and a larger than block-size "
                    + "data. The key needs to be hashed before being used by the HMAC algorithm."),
            "9b09ffa71b942fcb27635fbcd5b0e944"));
  }

  @ParameterizedTest
  @MethodSource("rfc4231")
  void blind_publishedVector_isItsFirst128Bits(String key, String data, String mac) {
    BlindIndex index = new BlindIndex(SecretBytes.owned(HexFormat.of().parseHex(key)));
    assertThat(HexFormat.of().formatHex(index.blind(HexFormat.of().parseHex(data))))
        .isEqualTo(mac)
        .hasSize(2 * BlindIndex.BLIND_BYTES);
  }

  @Test
  void blind_keyWipedMeanwhile_keepsItsOwnCopy() {
    SecretBytes key = SecretBytes.owned(new byte[] {1, 2, 3});
    BlindIndex index = new BlindIndex(key);
    byte[] before = index.blind(new byte[] {9});
    key.close();
    assertThat(index.blind(new byte[] {9})).isEqualTo(before);
  }

  @Test
  void blind_otherKeyOrValue_differs() {
    BlindIndex one = new BlindIndex(SecretBytes.owned(new byte[] {1}));
    BlindIndex other = new BlindIndex(SecretBytes.owned(new byte[] {2}));
    assertThat(one.blind(new byte[] {9})).isNotEqualTo(other.blind(new byte[] {9}));
    assertThat(one.blind(new byte[] {9})).isNotEqualTo(one.blind(new byte[] {8}));
    assertThat(one.blind(new byte[0])).isNotEqualTo(one.blind(new byte[1]));
  }

  @Test
  void blind_manyThreads_agree() throws Exception {
    BlindIndex index = new BlindIndex(SecretBytes.owned(new byte[] {1, 2, 3}));
    byte[] expected = index.blind(text("value").getBytes(StandardCharsets.UTF_8));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> agree = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        agree.add(
            threads.submit(
                () -> {
                  boolean same = true;
                  for (int n = 0; n < 2000; n++) {
                    byte[] blind = index.blind(text("value").getBytes(StandardCharsets.UTF_8));
                    same &= Arrays.equals(blind, expected);
                  }
                  return same;
                }));
      }
      for (Future<Boolean> future : agree) {
        assertThat(future.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static String text(String ascii) {
    return HexFormat.of().formatHex(ascii.getBytes(StandardCharsets.UTF_8));
  }
}
