package org.strongroom.wrong.vault;

import org.jspecify.annotations.NullMarked;

/** Wrong: only app sees an engine. */
@NullMarked
public final class UsesAnEngine {
  public UsesAnEngine(org.strongroom.wrong.store.memory.Engine engine) {}
}
