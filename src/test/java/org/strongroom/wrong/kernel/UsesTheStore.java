package org.strongroom.wrong.kernel;

import org.jspecify.annotations.NullMarked;

/** Wrong: a room uses one above. */
@NullMarked
public final class UsesTheStore {
  public UsesTheStore(org.strongroom.wrong.store.Port port) {}
}
