package org.strongroom.wrong.store.memory;

import org.jspecify.annotations.NullMarked;

/** Right: an engine knows the port. */
@NullMarked
public final class Engine {
  public Engine(org.strongroom.wrong.store.Port port) {}
}
