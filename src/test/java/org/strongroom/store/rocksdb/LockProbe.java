package org.strongroom.store.rocksdb;

import java.nio.file.Path;
import org.strongroom.kernel.VaultException;

/** Opens the store in the directory that is its argument, and prints how that went. */
final class LockProbe {
  private LockProbe() {}

  public static void main(String[] arguments) {
    try {
      RocksStore.open(Path.of(arguments[0])).close();
      System.out.println("opened.");
    } catch (VaultException e) {
      System.out.println(e.code() + ".");
    }
  }
}
