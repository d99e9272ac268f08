package org.strongroom.wrong.unlisted;

import org.jspecify.annotations.NullMarked;

/** Wrong: a package that is no room. */
@NullMarked
public final class InNoRoom {
  private InNoRoom() {}
}
