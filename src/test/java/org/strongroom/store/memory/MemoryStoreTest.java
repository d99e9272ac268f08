package org.strongroom.store.memory;

import org.strongroom.store.Store;
import org.strongroom.store.StoreContract;

final class MemoryStoreTest extends StoreContract {
  @Override
  protected Store create() {
    return new MemoryStore();
  }

  @Override
  protected Store settled(Store store) {
    return store;
  }
}
