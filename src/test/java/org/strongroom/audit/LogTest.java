package org.strongroom.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.store.WatchedStore;
import org.strongroom.store.memory.MemoryStore;
import org.strongroom.translog.Frontier;
import org.strongroom.translog.SlowTree;

final class LogTest {
  @Test
  void recover_everySizeUpTo600_isTheTreeThatWasWritten() {
    Store store = new MemoryStore();
    Frontier written = new Frontier();
    for (int size = 0; size <= 600; size++) {
      Frontier recovered = Log.recover(store);
      assertThat(recovered.size()).isEqualTo(size);
      assertThat(recovered.root()).isEqualTo(written.root());
      append(store, written, 1);
    }
  }

  /**
   * However long the log: the entries of the unfinished tile, the tiles of the unfinished tiles
   * above, and the last key.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "255, 256",
    "256, 2",
    "511, 257",
    "65535, 511",
    "65536, 2",
    "70000, 131",
    "131071, 512"
  })
  void recover_longLog_readsNoMoreThanItsEdge(int size, long reads) {
    WatchedStore store = new WatchedStore(new MemoryStore());
    List<Bytes> leaves = append(store, new Frontier(), size);
    long before = store.reads();
    Frontier tree = Log.recover(store);
    assertThat(store.reads() - before).isEqualTo(reads);
    assertThat(tree.size()).isEqualTo(size);
    assertThat(tree.root()).isEqualTo(SlowTree.root(leaves));
  }

  @Test
  void recover_missingEntryOrTile_isCorrupt() {
    Store store = new MemoryStore();
    append(store, new Frontier(), 600);
    assertCorruptWithout(store, Table.AUDIT_ENTRIES, BigEndian.ofLong(520));
    assertCorruptWithout(store, Table.AUDIT_TILES, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 1});
    assertThat(Log.recover(store).size()).isEqualTo(600);
  }

  @Test
  void recover_cutTile_isCorruptAndSpoilsNoLaterHash() {
    Store store = new MemoryStore();
    Frontier written = new Frontier();
    append(store, written, 300);
    byte[] key = new byte[9];
    byte[] tile = Objects.requireNonNull(store.get(Table.AUDIT_TILES, key));
    store.write(new Batch().put(Table.AUDIT_TILES, key, new byte[8191]), Store.Durability.SYNCED);
    assertCorrupt(() -> Log.recover(store));
    store.write(new Batch().put(Table.AUDIT_TILES, key, tile), Store.Durability.SYNCED);
    assertThat(Log.recover(store).root()).isEqualTo(written.root());
  }

  private static void assertCorruptWithout(Store store, Table table, byte[] key) {
    byte[] value = Objects.requireNonNull(store.get(table, key));
    store.write(new Batch().delete(table, key), Store.Durability.SYNCED);
    assertCorrupt(() -> Log.recover(store));
    store.write(new Batch().put(table, key, value), Store.Durability.SYNCED);
  }

  private static void assertCorrupt(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
  }

  /** Appends {@code count} leaves, and returns their hashes by the model. */
  private static List<Bytes> append(Store store, Frontier tree, int count) {
    List<Bytes> out = new ArrayList<>();
    Batch batch = new Batch();
    for (int i = 0; i < count; i++) {
      byte[] leaf = BigEndian.ofLong(tree.size());
      Log.append(batch, tree, leaf, List.of(), new byte[0]);
      out.add(SlowTree.leaf(leaf));
    }
    store.write(batch, Store.Durability.SYNCED);
    return out;
  }
}
