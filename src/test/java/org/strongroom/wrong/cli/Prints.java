package org.strongroom.wrong.cli;

import org.jspecify.annotations.NullMarked;

/** Right: the command line prints. */
@NullMarked
public final class Prints {
  private Prints() {}

  public static void print() {
    System.out.println(1);
  }
}
