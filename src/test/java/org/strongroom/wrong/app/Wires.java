package org.strongroom.wrong.app;

import org.jspecify.annotations.NullMarked;

/** Right: app sees everything. */
@NullMarked
public final class Wires {
  public Wires(
      org.strongroom.wrong.store.memory.Engine engine, org.strongroom.wrong.crypto.Seal seal) {}
}
