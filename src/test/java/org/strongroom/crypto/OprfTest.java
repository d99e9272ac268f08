package org.strongroom.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.kernel.VaultException;

final class OprfTest {
  private static final byte[] INFO = "test key".getBytes(StandardCharsets.US_ASCII);
  private static final String BLIND =
      "3338fa65ec36e0290022b48eb562889d89dbfa691d1cde91517fa222ed7ad364";

  /** Of RFC 9497, appendix A.3.1: input, blinded element, evaluated element, output. */
  static Stream<Arguments> rfc9497() {
    return Stream.of(
        Arguments.of(
            "00",
            "03723a1e5c09b8b9c18d1dcbca29e8007e95f14f4732d9346d490ffc195110368d",
            "030de02ffec47a1fd53efcdd1c6faf5bdc270912b8749e783c7ca75bb412958832",
            "a0b34de5fa4c5b6da07e72af73cc507cceeb48981b97b7285fc375345fe495dd"),
        Arguments.of(
            "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a",
            "03cc1df781f1c2240a64d1c297b3f3d16262ef5d4cf102734882675c26231b0838",
            "03a0395fe3828f2476ffcd1f4fe540e5a8489322d398be3c4e5a869db7fcb7c52c",
            "c748ca6dd327f0ce85f4ae3a8cd6d4d5390bbb804c9e12dcf94f853fece3dcce"));
  }

  private static OprfKey key() {
    return OprfKey.derive(SecretBytes.owned(hex("a3".repeat(32))), INFO);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  @Test
  void derive_publishedSeed_isThePublishedKey() {
    assertThat(key().scalar().toString(16))
        .isEqualTo("159749d750713afe245d2d39ccfaae8381c53ce92d098a9375ee70739c7ac0bf");
  }

  @ParameterizedTest
  @MethodSource("rfc9497")
  void everyStep_publishedVector_isAsPublished(
      String input, String blinded, String evaluated, String output) {
    OprfQuery query = new OprfQuery(hex(input), new BigInteger(BLIND, 16));
    assertThat(query.blinded().hex()).isEqualTo(blinded);
    assertThat(key().evaluateBlinded(query.blinded()).hex()).isEqualTo(evaluated);
    assertThat(query.finish(Bytes.ofHex(evaluated)).hex()).isEqualTo(output);
    assertThat(key().evaluate(hex(input)).hex()).isEqualTo(output);
  }

  @Test
  void exchange_manyInputsFromManyThreads_meetsWhatTheServerComputes() throws Exception {
    Randomness random = new Randomness(new SecureRandom());
    OprfKey key = key();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> same = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        byte[] input = ("+86138" + (10_000_000 + i)).getBytes(StandardCharsets.US_ASCII);
        same.add(
            threads.submit(
                () -> {
                  OprfQuery query = OprfQuery.of(input, random);
                  return query
                      .finish(key.evaluateBlinded(query.blinded()))
                      .equals(key.evaluate(input));
                }));
      }
      for (Future<Boolean> each : same) {
        assertThat(each.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
  }

  /** What the server sees of one input is never the same twice. */
  @Test
  void blinded_sameInputAgain_isAnotherElement() {
    Randomness random = new Randomness(new SecureRandom());
    Set<Bytes> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      seen.add(OprfQuery.of(hex("00"), random).blinded());
    }
    assertThat(seen).hasSize(20);
  }

  @Test
  void derive_otherInfo_isAnotherKey() {
    OprfKey other = OprfKey.derive(SecretBytes.owned(hex("a3".repeat(32))), hex("00"));
    assertThat(other.evaluate(hex("00"))).isNotEqualTo(key().evaluate(hex("00")));
  }

  @Test
  void evaluate_emptyAndLongestInput_isAnswered_andLongerIsRefused() {
    assertThat(key().evaluate(new byte[0]).length()).isEqualTo(OprfKey.OUTPUT_BYTES);
    assertThat(key().evaluate(new byte[65_535]).length()).isEqualTo(OprfKey.OUTPUT_BYTES);
    assertThatThrownBy(() -> key().evaluate(new byte[65_536]))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
  }

  /** The identity, wrong lengths, an x without a y, an x beyond the field, the long form. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "02",
        "000000000000000000000000000000000000000000000000000000000000000000",
        "020000000000000000000000000000000000000000000000000000000000000001",
        "02ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
        "02ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "05723a1e5c09b8b9c18d1dcbca29e8007e95f14f4732d9346d490ffc195110368d",
        "03723a1e5c09b8b9c18d1dcbca29e8007e95f14f4732d9346d490ffc195110368d00",
        "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
            + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
      })
  void evaluateBlinded_noElement_isRefused(String element) {
    assertThatThrownBy(() -> key().evaluateBlinded(Bytes.ofHex(element)))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_VALUE));
    OprfQuery query = new OprfQuery(hex("00"), new BigInteger(BLIND, 16));
    assertThatThrownBy(() -> query.finish(Bytes.ofHex(element))).isInstanceOf(VaultException.class);
  }

  @Test
  void times_scalarsAtTheEdges_isWhatTheUsualMultiplicationGives() {
    ECPoint point = OprfGroup.hash(hex("00"));
    for (BigInteger scalar :
        List.of(
            BigInteger.ONE,
            BigInteger.TWO,
            OprfGroup.ORDER.subtract(BigInteger.ONE),
            OprfGroup.ORDER.shiftRight(1))) {
      assertThat(OprfGroup.times(point, scalar)).isEqualTo(point.multiply(scalar));
    }
  }

  @Test
  void isScalar_zeroAndTheOrder_areNone() {
    assertThat(OprfGroup.isScalar(BigInteger.ZERO)).isFalse();
    assertThat(OprfGroup.isScalar(OprfGroup.ORDER)).isFalse();
    assertThat(OprfGroup.isScalar(OprfGroup.ORDER.subtract(BigInteger.ONE))).isTrue();
  }

  @Test
  void toString_keyAndQuery_tellNothing() {
    assertThat(key().toString()).isEqualTo("OprfKey[redacted]");
    assertThat(new OprfQuery(hex("00"), BigInteger.TWO).toString())
        .isEqualTo("OprfQuery[redacted]");
  }
}
