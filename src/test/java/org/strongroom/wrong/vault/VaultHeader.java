package org.strongroom.wrong.vault;

import org.jspecify.annotations.NullMarked;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;

/** Right: the one that may write beside the log. */
@NullMarked
public final class VaultHeader {
  private VaultHeader() {}

  public static void found(Store store) {
    store.write(new Batch(), Store.Durability.SYNCED);
  }
}
