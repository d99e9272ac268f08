package org.strongroom.wrong.rest;

import org.jspecify.annotations.NullMarked;
import org.strongroom.crypto.Sealer;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.keys.LocalCustody;

/** Wrong: seals and unwraps beside the vault. */
@NullMarked
public final class SealsRecords {
  private SealsRecords() {}

  public static byte[] sealedBy(Sealer sealer, SecretBytes key) {
    return sealer.seal(key, new byte[0], new byte[0]);
  }

  public static SecretBytes unwrappedBy(LocalCustody custody, Id subject) {
    return custody.unwrap(subject, new byte[0]);
  }
}
