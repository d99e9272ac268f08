package org.strongroom.wrong.rest;

import org.jspecify.annotations.NullMarked;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.memory.MemoryStore;

/** Wrong: writes without an entry. */
@NullMarked
public final class Writes {
  private Writes() {}

  public static void write(Store store) {
    store.write(new Batch(), Store.Durability.SYNCED);
  }

  public static void writeToEngine(MemoryStore store) {
    store.write(new Batch(), Store.Durability.SYNCED);
  }
}
