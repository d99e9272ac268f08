package org.strongroom.vault;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.keys.Custody;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/**
 * The data key of one subject at a time, unwrapped once for all its records that follow each other.
 * For one thread; closing wipes the key.
 */
final class DataKeys implements AutoCloseable {
  private final StoreView store;
  private final Custody custody;
  private @Nullable Id subject;
  private @Nullable SecretBytes key;

  DataKeys(StoreView store, Custody custody) {
    this.store = store;
    this.custody = custody;
  }

  /** The subject's key, or empty once it was destroyed. Wiped by the next call for another. */
  Optional<SecretBytes> of(Id wanted) {
    return wanted.equals(subject)
        ? Optional.ofNullable(key)
        : unwrapped(wanted, store.get(Table.RECORDS, Layout.dataKey(wanted)));
  }

  /** The same for the subject of what was found, whose wrapped key may have come with it. */
  Optional<SecretBytes> of(Finder.Found found) {
    byte @Nullable [] wrapped = found.wrappedKey();
    return wrapped == null || found.subject().equals(subject)
        ? of(found.subject())
        : unwrapped(found.subject(), wrapped);
  }

  private Optional<SecretBytes> unwrapped(Id wanted, byte @Nullable [] wrapped) {
    close();
    key = wrapped == null ? null : custody.unwrap(wanted, wrapped);
    subject = wanted;
    return Optional.ofNullable(key);
  }

  @Override
  public void close() {
    if (key != null) {
      key.close();
    }
    key = null;
    subject = null;
  }
}
