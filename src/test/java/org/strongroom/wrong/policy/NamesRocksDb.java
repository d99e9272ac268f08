package org.strongroom.wrong.policy;

import org.jspecify.annotations.NullMarked;
import org.rocksdb.Slice;

/** Wrong: names the engine outside its room. */
@NullMarked
public final class NamesRocksDb {
  private final Slice slice;

  public NamesRocksDb(Slice slice) {
    this.slice = slice;
  }

  public long size() {
    return slice.size();
  }
}
