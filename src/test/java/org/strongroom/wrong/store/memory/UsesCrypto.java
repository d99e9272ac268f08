package org.strongroom.wrong.store.memory;

import org.jspecify.annotations.NullMarked;

/** Wrong: an engine uses a room above the port. */
@NullMarked
public final class UsesCrypto {
  public UsesCrypto(org.strongroom.wrong.crypto.Seal seal) {}
}
