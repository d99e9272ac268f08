package org.strongroom.store.rocksdb;

import java.nio.file.Path;
import org.strongroom.kernel.BigEndian;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.Table;

/**
 * Brings in numbered runs, for ever, and prints each number once its run is durable. Arguments: the
 * directory, the first number.
 */
final class KilledIngest {
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  private KilledIngest() {}

  /** Rows all over their tables, as sealed ones are. */
  static void put(Batch batch, long number) {
    for (long i = 0; i < SortedRun.MIN_ROWS; i++) {
      byte[] key = BigEndian.ofLong(((number << 16) + i) * SPREAD);
      batch.put(i % 3 == 0 ? Table.RECORDS : Table.INDEX, key, new byte[100]);
    }
  }

  static void putBeside(Batch batch, long number) {
    batch.put(Table.AUDIT_ENTRIES, BigEndian.ofLong(number), new byte[300]);
  }

  public static void main(String[] arguments) {
    RocksStore store = RocksStore.open(Path.of(arguments[0]));
    for (long number = Long.parseLong(arguments[1]); ; number++) {
      Batch rows = new Batch();
      put(rows, number);
      Batch beside = new Batch();
      putBeside(beside, number);
      try (Store.Run run = store.newRun()) {
        run.add(store.pack(rows));
        run.finish();
        store.ingest(run, beside);
      }
      System.out.println(number + ".");
    }
  }
}
