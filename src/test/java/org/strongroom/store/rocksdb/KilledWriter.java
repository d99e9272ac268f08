package org.strongroom.store.rocksdb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.strongroom.kernel.BigEndian;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.Table;

/**
 * Writes numbered batches over three tables from several threads, for ever, and prints each number
 * once its batch is durable. Arguments: the directory, the first number.
 */
final class KilledWriter {
  static final int THREADS = 4;

  private KilledWriter() {}

  static void put(Batch batch, long number) {
    byte[] key = BigEndian.ofLong(number);
    byte[] value = new byte[200 + (int) (number % 3000)];
    BigEndian.putLong(value, 0, number);
    batch.put(Table.RECORDS, key, value).put(Table.INDEX, key, key).put(Table.META, key, value);
  }

  public static void main(String[] arguments) throws InterruptedException {
    RocksStore store = RocksStore.open(Path.of(arguments[0]));
    long first = Long.parseLong(arguments[1]);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      long start = first + i;
      threads.add(
          new Thread(
              () -> {
                for (long number = start; ; number += THREADS) {
                  Batch batch = new Batch();
                  put(batch, number);
                  store.write(batch, Store.Durability.SYNCED);
                  System.out.println(number + ".");
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
