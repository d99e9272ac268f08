package org.strongroom.translog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TileIdTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 256, tile/0/000",
    "0, 1234067, 256, tile/0/x001/x234/067",
    "0, 1234067, 8, tile/0/x001/x234/067.p/8",
    "1, 999, 1, tile/1/999.p/1",
    "2, 1000, 255, tile/2/x001/000.p/255",
    "63, 5, 256, tile/63/005",
    "-1, 0, 256, tile/entries/000",
    "-1, 1000000, 17, tile/entries/x001/x000/000.p/17",
    "0, 36028797018963967, 256, tile/0/x036/x028/x797/x018/x963/967",
    "0, 9223372036854775807, 256, tile/0/x009/x223/x372/x036/x854/x775/807",
  })
  void path_anyTile_isOfTheSpecificationAndReadsBack(
      int level, long number, int width, String path) {
    TileId id = new TileId(level, number, width);
    assertThat(id.path()).isEqualTo(path);
    assertThat(TileId.parse(path)).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "/tile/0/000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/+1/000",
        "tile/data/000",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/001/",
        "tile/0/x001",
        "tile/0/001/002",
        "tile/0/x000/001",
        "tile/0/x001/x234/67",
        "tile/0/X001/234",
        "tile/0/-01",
        "tile/0/00a",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/08",
        "tile/0/000.p/256",
        "tile/0/000.p/-1",
        "tile/0/000.p/8/",
        "tile/0/000.p/8.p/8",
        "tile/0/x009/x223/x372/x036/x854/x775/808",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/x999/x999/x999/x999/x999/999",
        "tile/0/\u0660\u0660\u0660",
        "tile/0/000\n",
        "entries/000",
        "tile/entries",
        "tile/0/../0/000",
      })
  void parse_anythingElse_isRefused(String path) {
    assertThatThrownBy(() -> TileId.parse(path)).isInstanceOf(IllegalArgumentException.class);
  }

  /** The example of tlog-tiles: 273 full and 1 partial tile, then 1 and 1, then 1. */
  @Test
  void ofTree_70000Leaves_isTheSpecificationsExample() {
    List<TileId> tiles = TileId.ofTree(70_000).toList();
    assertThat(tiles).hasSize(274 + 274 + 2 + 1).doesNotHaveDuplicates();
    assertThat(tiles.stream().filter(TileId::isPartial).map(TileId::path))
        .containsExactly(
            "tile/entries/273.p/112", "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1");
    assertThat(tiles.stream().filter(TileId::isEntries)).hasSize(274);
    assertThat(tiles).contains(TileId.parse("tile/0/272"), TileId.parse("tile/1/000"));
  }

  @Test
  void ofTree_256Leaves_isAFullTileAndOneHashAbove() {
    assertThat(TileId.ofTree(256).map(TileId::path))
        .containsExactly("tile/entries/000", "tile/0/000", "tile/1/000.p/1");
    assertThat(TileId.ofTree(0)).isEmpty();
  }

  @Test
  void isWithin_growingTree_turnsTrueWithItsLastHash() {
    assertThat(new TileId(0, 1, 3).isWithin(258)).isFalse();
    assertThat(new TileId(0, 1, 3).isWithin(259)).isTrue();
    assertThat(new TileId(1, 0, 2).isWithin(511)).isFalse();
    assertThat(new TileId(1, 0, 2).isWithin(512)).isTrue();
    assertThat(new TileId(TileId.ENTRIES, 1, 3).isWithin(258)).isFalse();
    assertThat(new TileId(TileId.ENTRIES, 1, 3).isWithin(259)).isTrue();
    assertThat(new TileId(63, 0, 1).isWithin(Long.MAX_VALUE)).isFalse();
    assertThat(new TileId(0, Long.MAX_VALUE, 1).isWithin(Long.MAX_VALUE)).isFalse();
    assertThat(new TileId(0, Long.MAX_VALUE / 256, 255).isWithin(Long.MAX_VALUE)).isTrue();
    assertThat(new TileId(0, 1, 3).full()).isEqualTo(new TileId(0, 1, 256));
  }

  @Test
  void constructor_impossibleTile_isRefused() {
    for (int[] bad : new int[][] {{-2, 0, 1}, {64, 0, 1}, {0, -1, 1}, {0, 0, 0}, {0, 0, 257}}) {
      assertThatThrownBy(() -> new TileId(bad[0], bad[1], bad[2]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
