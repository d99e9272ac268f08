package org.strongroom.identity;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where accounts are kept. A key is {@code kind/name}. The kind, up to and with the slash, is no
 * secret and may stand in the store as it is, so that {@link #list} can be a prefix scan; the name
 * after it may be a person's, so an implementation should write a keyed hash of it. Values hold
 * password hashes and names, and should be sealed; each says itself whose it is, so nothing ever
 * needs to get a name back out of a key.
 *
 * <p>Thread-safe. Failures are {@link org.strongroom.kernel.VaultException}s; after a failed write
 * the old values or all the new ones are in force. One process at a time may write: {@link
 * Identity} remembers what it has read.
 */
public interface Accounts {
  /** The value last written at {@code key}. The array is the caller's. */
  Optional<byte[]> read(String key);

  /**
   * Writes all the changes or none; they are durable when this returns. An empty value deletes; so
   * does deleting what is not there.
   */
  void write(Map<String, Optional<byte[]>> changes);

  /**
   * {@link #write} of what a refused try leaves behind, such as one try less: not an act of whoever
   * tried.
   */
  void writeRefused(Map<String, Optional<byte[]>> changes);

  /** The values of all keys of one kind, such as {@code user/}, in any order. */
  List<byte[]> list(String prefix);
}
