package org.strongroom.wrong.crypto;

import org.jspecify.annotations.NullMarked;

/** Right, and used by others. */
@NullMarked
public final class Seal {
  private Seal() {}
}
