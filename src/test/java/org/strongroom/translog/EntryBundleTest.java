package org.strongroom.translog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.strongroom.kernel.Bytes;

final class EntryBundleTest {
  private static final Bytes LONGEST = Bytes.owned(new byte[65_535]);

  @Test
  void bytes_someEntries_areEachLedByTwoBytesOfLength() {
    EntryBundle bundle =
        new EntryBundle(List.of(Bytes.ofHex("aa"), Bytes.ofHex(""), Bytes.ofHex("bbcc")));
    assertThat(Bytes.owned(bundle.bytes()).hex()).isEqualTo("0001aa" + "0000" + "0002bbcc");
    assertThat(EntryBundle.parse(bundle.bytes(), 3)).isEqualTo(bundle);
  }

  @Test
  void bytes_fullBundleWithTheLongestEntry_readsBack() {
    Bytes[] leaves = new Bytes[256];
    Arrays.fill(leaves, Bytes.ofHex("01"));
    leaves[200] = LONGEST;
    EntryBundle bundle = new EntryBundle(List.of(leaves));
    assertThat(EntryBundle.parse(bundle.bytes(), 256)).isEqualTo(bundle);
  }

  @Test
  void parse_cutAnywhere_isRefused() {
    byte[] whole = new EntryBundle(List.of(Bytes.ofHex("aabb"), Bytes.ofHex("cc"))).bytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> EntryBundle.parse(cut, 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the bundle ");
    }
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertThatThrownBy(() -> EntryBundle.parse(longer, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EntryBundle.parse(whole, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EntryBundle.parse(whole, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void constructor_noneOrTooManyOrTooLong_isRefused() {
    Bytes leaf = Bytes.ofHex("aa");
    Bytes tooLong = Bytes.owned(new byte[65_536]);
    for (List<Bytes> leaves :
        List.of(List.<Bytes>of(), Collections.nCopies(257, leaf), List.of(tooLong))) {
      assertThatThrownBy(() -> new EntryBundle(leaves))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
