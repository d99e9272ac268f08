package org.strongroom.vault;

import java.nio.charset.StandardCharsets;
import org.strongroom.kernel.Id;
import org.strongroom.keys.KeysetSealer;

/**
 * Seals records that an import could not keep, so that they can be mended without lying about in
 * the clear. Thread-safe.
 */
final class Rejects {
  private final KeysetSealer sealer;
  private final byte[] binding;

  Rejects(KeysetSealer sealer, Id vault) {
    this.sealer = sealer;
    this.binding = ("rejects/" + vault).getBytes(StandardCharsets.UTF_8);
  }

  byte[] seal(byte[] raw) {
    return sealer.seal(raw, binding);
  }

  byte[] open(byte[] ciphertext) {
    return sealer.open(ciphertext, binding);
  }
}
