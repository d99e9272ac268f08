package org.strongroom.wrong.store;

import org.jspecify.annotations.NullMarked;

/** Right, and used by others. */
@NullMarked
public final class Port {
  private Port() {}
}
