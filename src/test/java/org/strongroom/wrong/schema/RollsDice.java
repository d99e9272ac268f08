package org.strongroom.wrong.schema;

import java.security.SecureRandom;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;

/** Wrong: makes its own randomness. */
@NullMarked
public final class RollsDice {
  private RollsDice() {}

  public static int predictable() {
    return new Random(1).nextInt();
  }

  public static double mathematical() {
    return Math.random();
  }

  public static SecureRandom ofItsOwn() {
    return new SecureRandom();
  }

  public static UUID hidden() {
    return UUID.randomUUID();
  }
}
