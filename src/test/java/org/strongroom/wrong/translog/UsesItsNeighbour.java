package org.strongroom.wrong.translog;

import org.jspecify.annotations.NullMarked;

/** Wrong: rooms on one floor do not see each other. */
@NullMarked
public final class UsesItsNeighbour {
  public UsesItsNeighbour(org.strongroom.wrong.crypto.Seal seal) {}
}
