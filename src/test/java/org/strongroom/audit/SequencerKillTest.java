package org.strongroom.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.ChildJvm;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.store.rocksdb.RocksStore;

final class SequencerKillTest {
  @TempDir Path directory;

  @Test
  @Timeout(120)
  void append_processKilled_keepsEveryReceiptAndALogThatHoldsTogether() throws Exception {
    Path data = directory.resolve("store");
    Path keyFile = directory.resolve("vault.key");
    try (RocksStore store = RocksStore.create(data)) {
      AuditKeys.create(keyFile, store);
    }
    Map<Integer, String> receipts = new HashMap<>();
    for (int round = 0; round < 4; round++) {
      List<String> lines =
          ChildJvm.killedAfter(
              200 + 130 * round,
              KilledSequencer.class,
              data.toString(),
              keyFile.toString(),
              Integer.toString(round));
      for (String line : lines) {
        String[] words = line.split(" ", 2);
        assertThat(receipts.put(Integer.parseInt(words[0]), words[1])).isNull();
      }
      try (RocksStore store = RocksStore.open(data)) {
        AuditKeys keys = AuditKeys.open(keyFile, store);
        LogReading log = new LogReading(store, keys);
        receipts.forEach((index, name) -> assertThat(log.names().get(index)).isEqualTo(name));
        assertThat(log.names()).doesNotHaveDuplicates();
        assertThat(records(store)).containsExactlyInAnyOrderElementsOf(log.names());
        assertThat(LogReading.checkpoint(store).size()).isLessThanOrEqualTo(log.entries().size());
        assertThat(Log.recover(store).root()).isEqualTo(log.root());
      }
    }
    assertThat(receipts).hasSizeGreaterThan(1000);
  }

  private static List<String> records(Store store) {
    List<String> out = new ArrayList<>();
    try (Store.Cursor cursor = store.scan(Table.RECORDS, new byte[0])) {
      while (cursor.next()) {
        out.add(new String(cursor.value(), StandardCharsets.UTF_8));
      }
    }
    return out;
  }
}
