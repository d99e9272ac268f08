package org.strongroom.leak.sample;

import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** Says why a sample cannot be read, and where; never what it holds. */
final class Unreadable {
  private static final int MAX_NAME = 200;

  private Unreadable() {}

  /** Of a file as a whole. */
  static VaultException file(String file, String reason) {
    return new VaultException(ErrorCode.UNREADABLE_INPUT, shown(file) + ": " + reason);
  }

  /**
   * Of a place in a file.
   *
   * @param place such as {@code line 3}
   */
  static VaultException at(String file, String place, String reason) {
    return new VaultException(
        ErrorCode.UNREADABLE_INPUT, shown(file) + ", " + place + ": " + reason);
  }

  /** A file's name, which an archive may have filled with anything. */
  private static String shown(String name) {
    StringBuilder out = new StringBuilder();
    name.codePoints()
        .limit(MAX_NAME)
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }
}
