package org.strongroom.wrong.schema;

import java.util.logging.Logger;
import org.jspecify.annotations.NullMarked;

/** Wrong: prints, and logs by another way. */
@NullMarked
public final class Prints {
  private Prints() {}

  public static void print() {
    System.out.println(1);
    System.err.println(1);
    Logger.getLogger("log").info("1");
  }
}
