package org.strongroom.audit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.strongroom.store.Table;
import org.strongroom.store.rocksdb.RocksStore;

/**
 * Appends entries with a record each from several threads, for ever, and prints index and name once
 * there is a receipt. Arguments: the store's directory, the key file, the round.
 */
final class KilledSequencer {
  private KilledSequencer() {}

  public static void main(String[] arguments) throws Exception {
    RocksStore store = RocksStore.open(Path.of(arguments[0]));
    Sequencer sequencer = AuditKeys.open(Path.of(arguments[1]), store).sequencer(store);
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      String start = arguments[2] + "-" + thread + "-";
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; ; i++) {
                  String name = start + i;
                  byte[] key = name.getBytes(StandardCharsets.UTF_8);
                  Change change = new Change().putNew(Table.RECORDS, key, key);
                  Receipt receipt = sequencer.append(AuditKeys.entry(name), change).orElseThrow();
                  System.out.println(receipt.index() + " " + name + ".");
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
