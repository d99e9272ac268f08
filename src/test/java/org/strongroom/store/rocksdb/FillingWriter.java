package org.strongroom.store.rocksdb;

import java.nio.file.Path;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;

/**
 * Writes batches until the store refuses, printing each batch's first number once it is durable,
 * and the error's code at the end. Argument: the directory.
 */
final class FillingWriter {
  /** Of one batch, each with a number of its own. */
  static final int PARTS = 100;

  private FillingWriter() {}

  public static void main(String[] arguments) {
    RocksStore store = RocksStore.open(Path.of(arguments[0]));
    try {
      for (long first = 0; ; first += PARTS) {
        Batch batch = new Batch();
        for (long number = first; number < first + PARTS; number++) {
          KilledWriter.put(batch, number);
        }
        store.write(batch, Store.Durability.SYNCED);
        System.out.println(first + ".");
      }
    } catch (VaultException e) {
      System.out.println(e.code() + ".");
    }
  }
}
