package org.strongroom.store.memory;

import org.strongroom.store.IngestContract;
import org.strongroom.store.Store;

final class MemoryIngestTest extends IngestContract {
  @Override
  protected Store create() {
    return new MemoryStore();
  }

  @Override
  protected Store settled(Store store) {
    return store;
  }
}
