package org.strongroom.identity;

/**
 * A slow, salted, one-way function of passwords. Implementations are thread-safe, wipe their own
 * copies of a password, and leave the caller's array as it is.
 */
public interface PasswordHash {
  /** A hash of {@code password} under a new salt, as a text that tells its own parameters. */
  String hash(char[] password);

  /**
   * Whether {@code stored} is a hash of {@code password}. Compares in constant time.
   *
   * @throws org.strongroom.kernel.VaultException CORRUPT if {@code stored} is not a hash at all
   */
  boolean matches(char[] password, String stored);

  /** A hash that no password is known to match, and that costs as much to try as a real one. */
  String decoy();
}
