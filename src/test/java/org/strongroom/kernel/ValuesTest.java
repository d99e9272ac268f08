package org.strongroom.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids, byte strings, secrets, error codes. */
final class ValuesTest {
  @Test
  void id_textAndBytes_readBackAsTheSame() {
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < 1000; i++) {
      Id id = Id.random(random);
      assertThat(Id.parse(id.toString())).isEqualTo(id);
      byte[] around = new byte[20];
      id.write(around, 3);
      assertThat(Id.read(around, 3)).isEqualTo(id);
      assertThat(Bytes.owned(id.toArray()).hex()).isEqualTo(id.toString());
    }
    assertThat(new Id(1, -1)).hasToString("0000000000000001ffffffffffffffff");
    assertThat(Id.parse("0000000000000001FFFFFFFFFFFFFFFF")).isEqualTo(new Id(1, -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "00", "0000000000000001fffffffffffffffg", "0000000000000001fffffffffffffffff"})
  void idParse_notAnId_isRefusedWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> Id.parse(text))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST))
        .hasMessage("an id is 32 hexadecimal digits")
        .hasNoCause();
  }

  @Test
  void idAndBytes_order_isThatOfTheirBytes() {
    List<Id> ids = List.of(new Id(0, 0), new Id(0, 1), new Id(0, -1), new Id(1, 0), new Id(-1, 0));
    assertThat(new TreeSet<>(ids)).containsExactlyElementsOf(ids);
    List<Bytes> bytes = ids.stream().map(id -> Bytes.owned(id.toArray())).toList();
    assertThat(new TreeSet<>(bytes)).containsExactlyElementsOf(bytes);
    assertThat(Bytes.ofHex("7f")).isLessThan(Bytes.ofHex("80"));
    assertThat(Bytes.ofHex("7f")).isLessThan(Bytes.ofHex("7f00"));
  }

  @Test
  void bytes_copies_areApartFromTheirSource() {
    byte[] source = {1, 2, 3};
    Bytes bytes = Bytes.copyOf(source);
    source[0] = 9;
    bytes.toArray()[1] = 9;
    assertThat(bytes).isEqualTo(Bytes.ofHex("010203")).hasToString("010203");
    assertThat(bytes.hashCode()).isEqualTo(Bytes.ofHex("010203").hashCode());
    assertThatThrownBy(() -> Bytes.ofHex("0")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bigEndian_numbers_orderAsTheirBytes() {
    byte[] bytes = new byte[13];
    BigEndian.putLong(bytes, 1, 0x0102030405060708L);
    BigEndian.putInt(bytes, 9, -2);
    assertThat(bytes).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 0xff, 0xff, 0xff, 0xfe);
    assertThat(BigEndian.getLong(bytes, 1)).isEqualTo(0x0102030405060708L);
    assertThat(BigEndian.getInt(bytes, 9)).isEqualTo(-2);
    assertThat(Arrays.compareUnsigned(BigEndian.ofLong(255), BigEndian.ofLong(256))).isNegative();
    assertThatThrownBy(() -> BigEndian.getLong(bytes, 6))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void secret_printedOrHashed_tellsNothing() {
    SecretBytes secret = SecretBytes.owned(new byte[] {1, 2, 3});
    assertThat(secret).hasToString("[redacted]");
    assertThat(secret.hashCode()).isEqualTo(SecretBytes.owned(new byte[9]).hashCode());
    assertThat(secret).isEqualTo(SecretBytes.owned(new byte[] {1, 2, 3}));
    assertThat(secret).isNotEqualTo(SecretBytes.owned(new byte[] {1, 2, 4}));
    assertThat(secret).isNotEqualTo(SecretBytes.owned(new byte[] {1, 2}));
  }

  @Test
  void secret_closed_isWiped() {
    byte[] content = {1, 2, 3};
    SecretBytes secret = SecretBytes.owned(content);
    assertThat(secret.open()).containsExactly(1, 2, 3);
    secret.close();
    secret.close();
    assertThat(content).containsOnly(0);
    assertThat(secret.length()).isEqualTo(3);
  }

  @Test
  void errorCodes_words_areTheirNamesAndDistinct() {
    Set<String> codes = new HashSet<>();
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(code.code()).isEqualTo(code.name().toLowerCase(Locale.ROOT));
      assertThat(code.status()).isBetween(400, 599);
      codes.add(code.code());
    }
    assertThat(codes).hasSameSizeAs(ErrorCode.values());
  }
}
