package org.strongroom.wrong.store;

import org.jspecify.annotations.NullMarked;

/** Wrong: the port knows an engine. */
@NullMarked
public final class UsesAnEngine {
  public UsesAnEngine(org.strongroom.wrong.store.memory.Engine engine) {}
}
