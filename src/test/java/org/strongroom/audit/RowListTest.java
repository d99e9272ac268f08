package org.strongroom.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Table;
import org.strongroom.translog.SlowTree;

final class RowListTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Bytes leaf(Table table, boolean deleted, byte[] key, String value) {
    byte[] data = new byte[3 + key.length + value.length()];
    data[0] = (byte) (table.id() + (deleted ? 128 : 0));
    data[1] = (byte) (key.length / 256);
    data[2] = (byte) (key.length % 256);
    System.arraycopy(key, 0, data, 3, key.length);
    System.arraycopy(bytes(value), 0, data, 3 + key.length, value.length());
    return SlowTree.leaf(data);
  }

  private static void add(
      RowList list, List<Bytes> leaves, Table table, byte[] key, @Nullable String value) {
    list.add(table, key, value == null ? null : bytes(value));
    leaves.add(leaf(table, value == null, key, value == null ? "" : value));
  }

  @Test
  void read_whatWasAdded_isItInItsOrder() {
    RowList list = new RowList();
    List<Bytes> leaves = new ArrayList<>();
    add(list, leaves, Table.RECORDS, new byte[30], "one");
    add(list, leaves, Table.RECORDS, new byte[30], "two");
    add(list, leaves, Table.META, bytes("user/x"), "u");
    add(list, leaves, Table.META, bytes("user/y"), null);
    add(list, leaves, Table.META, bytes(""), "");
    add(list, leaves, Table.RECORDS, new byte[300], "last");

    List<RowList.Row> rows = RowList.read(list.toArray());

    assertThat(rows).extracting(RowList.Row::table).startsWith(Table.RECORDS, Table.RECORDS);
    assertThat(rows)
        .extracting(RowList.Row::deleted)
        .containsExactly(false, false, false, true, false, false);
    assertThat(rows).extracting(row -> row.key().length()).containsExactly(30, 30, 6, 6, 0, 300);
    for (int i = 0; i < leaves.size(); i++) {
      assertThat(rows.get(i).leafHash()).isEqualTo(leaves.get(i));
    }
    assertThat(list.commitment()).isEqualTo(SlowTree.root(leaves));
    assertThat(RowList.commitment(rows)).isEqualTo(SlowTree.root(leaves));
    assertThat(list.size()).isEqualTo(6);
  }

  @Test
  void toArray_thousandRecords_costsWhatKeysDifferInAndAHashEach() {
    RowList list = new RowList();
    for (int i = 0; i < 1000; i++) {
      byte[] key = new byte[30];
      key[14] = (byte) i;
      key[15] = (byte) (i >>> 8);
      list.add(Table.RECORDS, key, new byte[] {(byte) i});
    }
    assertThat(list.toArray()).hasSize(9 + 14 + 1000 * (16 + 32));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void read_keysThatEndAlikeOrNot_areThose(long seed) {
    Random random = new Random(seed);
    RowList list = new RowList();
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      byte[] key = new byte[i / 20 % 7];
      for (int at = 0; at < key.length; at++) {
        key[at] = (byte) random.nextInt(2);
      }
      keys.add(Bytes.copyOf(key));
      list.add(Table.META, key, random.nextInt(9) == 0 ? null : new byte[0]);
    }

    assertThat(RowList.read(list.toArray())).extracting(RowList.Row::key).isEqualTo(keys);
  }

  @Test
  void leafHash_sameBytesCutElsewhere_isAnother() {
    assertThat(RowList.leafHash(Table.META, bytes("ab"), bytes("c")))
        .isNotEqualTo(RowList.leafHash(Table.META, bytes("a"), bytes("bc")))
        .isNotEqualTo(RowList.leafHash(Table.RECORDS, bytes("ab"), bytes("c")));
    assertThat(RowList.leafHash(Table.META, bytes("a"), null))
        .isNotEqualTo(RowList.leafHash(Table.META, bytes("a"), new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void read_brokenList_isCorruptOrOtherRows(long seed) {
    RowList list = new RowList();
    for (int i = 0; i < 3; i++) {
      list.add(Table.RECORDS, new byte[30], new byte[] {(byte) i});
      list.add(Table.META, bytes("name" + i), null);
    }
    byte[] whole = list.toArray();
    Random random = new Random(seed);
    for (int cut = 1; cut < whole.length; cut++) {
      byte[] shorter = Arrays.copyOf(whole, cut);
      byte[] altered = whole.clone();
      altered[cut] = (byte) random.nextInt();
      readOrRefuse(shorter);
      readOrRefuse(altered);
    }
    assertCorrupt(Arrays.copyOf(whole, whole.length - 1));
    assertCorrupt(new byte[] {3, 0, 30, 0, 0, 0x7f, -1, -1, -1});
    assertCorrupt(new byte[] {3, 0, 30, 0, 0, 0, 0, 0, 0});
    assertCorrupt(new byte[] {3, 0, 30, 0, 30, 0, 0, 0, 1});
    assertCorrupt(Arrays.copyOf(new byte[] {3, 0, 3, 0, 4, 0, 0, 0, 1}, 99));
    assertCorrupt(new byte[] {99, 0, 0, 0, 0, 0, 0, 0, 0});
  }

  private static void readOrRefuse(byte[] list) {
    try {
      assertThat(RowList.read(list)).isNotEmpty();
    } catch (VaultException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT);
    }
  }

  private static void assertCorrupt(byte[] list) {
    assertThatThrownBy(() -> RowList.read(list))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
  }
}
