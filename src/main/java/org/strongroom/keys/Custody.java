package org.strongroom.keys;

import org.strongroom.kernel.Id;
import org.strongroom.kernel.SecretBytes;

/**
 * Who holds the key-encryption key, and wraps and unwraps one subject's data key at a time. Narrow
 * on purpose: a separate process that limits how many keys it unwraps can stand behind it.
 * Thread-safe.
 */
public interface Custody {
  /**
   * Wraps a data key for {@code subject}, bound to vault and subject, so that it unwraps for no
   * other. Stores nothing.
   */
  byte[] wrap(Id subject, SecretBytes dataKey);

  /**
   * Unwraps what {@link #wrap} made for the same subject, under whichever version of the
   * key-encryption key. The caller closes the key after use and never keeps it.
   *
   * @throws org.strongroom.kernel.VaultException {@code CORRUPT} when it was altered, or wrapped
   *     for another subject or vault
   */
  SecretBytes unwrap(Id subject, byte[] wrapped);
}
