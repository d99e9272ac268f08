package org.strongroom.rest;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Arrays;

/** A password as it comes in a body: prints nothing, and is wiped once it was looked at. */
final class Secret implements AutoCloseable {
  private final char[] chars;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  Secret(char[] chars) {
    this.chars = chars;
  }

  /** The content itself. */
  char[] open() {
    return chars;
  }

  @Override
  public void close() {
    Arrays.fill(chars, '\0');
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
