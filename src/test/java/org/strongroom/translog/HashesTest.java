package org.strongroom.translog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.strongroom.kernel.Bytes;

final class HashesTest {
  /** The leaves that the Certificate Transparency reference implementations test with. */
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  @ParameterizedTest
  @CsvSource({
    "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  })
  void root_publishedLeaves_isThePublishedRoot(int size, String root) {
    List<byte[]> hashes =
        LEAVES.subList(0, size).stream()
            .map(leaf -> Hashes.leaf(Bytes.ofHex(leaf).toArray()))
            .toList();
    assertThat(Hashes.root(hashes).hex()).isEqualTo(root);
    assertThat(SlowTree.root(hashes.stream().map(Bytes::owned).toList()).hex()).isEqualTo(root);
  }

  @Test
  void leaf_afterACallThatFailed_isNotTouchedByIt() {
    byte[] before = Hashes.leaf(new byte[] {7});
    assertThatThrownBy(() -> Hashes.node(new byte[10], 0, new byte[32], 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Hashes.leaf(new byte[] {7})).isEqualTo(before);
    assertThat(Hashes.node(before, before))
        .isEqualTo(SlowTree.node(Bytes.owned(before), Bytes.owned(before)).toArray());
  }

  @Test
  void leafAndNode_sameBytes_differ() {
    byte[] both = new byte[64];
    assertThat(Hashes.leaf(both)).isNotEqualTo(Hashes.node(new byte[32], new byte[32]));
  }
}
