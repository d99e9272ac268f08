package org.strongroom.leak.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.crypto.Randomness;
import org.strongroom.kernel.Bytes;

final class KeySpillTest {
  private static final Randomness RANDOM = new Randomness(new SecureRandom());

  private static LookupKey key(byte[] bytes) {
    return new LookupKey(Bytes.copyOf(bytes));
  }

  /** Against a sorted set; few first bytes, so that piles run over into the file. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 700, 20_000})
  void ranges_anyKeys_areThoseOfASortedSet(int count) throws IOException {
    Random random = new Random(count);
    Map<LookupKind, TreeMap<Integer, TreeSet<Bytes>>> model = new EnumMap<>(LookupKind.class);
    Map<LookupKind, TreeMap<Integer, List<Bytes>>> got = new EnumMap<>(LookupKind.class);
    try (KeySpill spill = new KeySpill(RANDOM)) {
      List<byte[]> before = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        byte[] bytes = new byte[LookupKey.BYTES];
        random.nextBytes(bytes);
        bytes[0] = (byte) (random.nextInt(3) * 127);
        if (i % 5 == 4) {
          bytes = before.get(random.nextInt(before.size()));
        }
        before.add(bytes);
        LookupKind kind = random.nextBoolean() ? LookupKind.EMAIL : LookupKind.PHONE;
        spill.add(kind, key(bytes));
        model
            .computeIfAbsent(kind, each -> new TreeMap<>())
            .computeIfAbsent((bytes[0] & 0xff) << 8 | (bytes[1] & 0xff), each -> new TreeSet<>())
            .add(Bytes.owned(Arrays.copyOfRange(bytes, 2, LookupKey.BYTES)));
      }
      spill.ranges(
          (kind, range, suffixes) -> {
            List<Bytes> list = new ArrayList<>();
            for (int at = 0; at < suffixes.length; at += LookupKey.SUFFIX_BYTES) {
              list.add(Bytes.owned(Arrays.copyOfRange(suffixes, at, at + LookupKey.SUFFIX_BYTES)));
            }
            assertThat(got.computeIfAbsent(kind, each -> new TreeMap<>()).put(range, list))
                .isNull();
          });
    }
    assertThat(got.keySet()).isEqualTo(model.keySet());
    model.forEach(
        (kind, ranges) -> {
          Map<Integer, List<Bytes>> expected = new TreeMap<>();
          ranges.forEach((range, suffixes) -> expected.put(range, List.copyOf(suffixes)));
          assertThat(got.get(kind)).isEqualTo(expected);
        });
  }
}
