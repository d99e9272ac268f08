package org.strongroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void check_randomBytes_agreesWithTheJdkDecoder() {
    Random random = new Random(7);
    int good = 0;
    for (int round = 0; round < 200_000; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(14);
      for (int i = 0; i < length; i++) {
        int bits = 1 + random.nextInt(20);
        int c = 1 + random.nextInt((1 << bits) - 1 + 1);
        text.appendCodePoint(c >= 0xd800 && c < 0xe000 ? 'x' : c);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      if (bytes.length > 0 && random.nextBoolean()) {
        bytes[random.nextInt(bytes.length)] = (byte) (1 + random.nextInt(255));
      }
      boolean expected = decodes(bytes);
      good += expected ? 1 : 0;
      assertThat(Utf8.check(bytes, 0, bytes.length) == Utf8.Verdict.GOOD)
          .as(Arrays.toString(bytes))
          .isEqualTo(expected);
    }
    assertThat(good).isBetween(100_000, 190_000);
  }

  @Test
  void check_everyTextCutInItsLastCharacter_isCut() {
    for (int c : new int[] {0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff}) {
      byte[] bytes = ("abcdefgh" + Character.toString(c)).getBytes(StandardCharsets.UTF_8);
      for (int length = 9; length < bytes.length; length++) {
        assertThat(Utf8.check(bytes, 0, length)).isEqualTo(Utf8.Verdict.CUT);
      }
      assertThat(Utf8.check(bytes, 0, bytes.length)).isEqualTo(Utf8.Verdict.GOOD);
    }
  }

  @Test
  void check_nulAnywhere_isFound() {
    for (int at = 0; at < 20; at++) {
      byte[] bytes = new byte[20];
      Arrays.fill(bytes, (byte) 'a');
      bytes[at] = 0;
      assertThat(Utf8.check(bytes, 0, 20)).isEqualTo(Utf8.Verdict.NUL);
    }
  }
}
