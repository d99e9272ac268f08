package org.strongroom.vault;

import java.util.concurrent.atomic.AtomicInteger;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.keys.Custody;

/** Counts the data keys that were unwrapped. */
final class SpyCustody implements Custody {
  private final Custody custody;
  private final AtomicInteger unwraps = new AtomicInteger();

  SpyCustody(Custody custody) {
    this.custody = custody;
  }

  int unwraps() {
    return unwraps.get();
  }

  @Override
  public byte[] wrap(Id subject, SecretBytes dataKey) {
    return custody.wrap(subject, dataKey);
  }

  @Override
  public SecretBytes unwrap(Id subject, byte[] wrapped) {
    unwraps.incrementAndGet();
    return custody.unwrap(subject, wrapped);
  }
}
