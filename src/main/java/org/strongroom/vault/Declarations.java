package org.strongroom.vault;

import java.util.Optional;
import org.strongroom.audit.Change;
import org.strongroom.keys.KeysetSealer;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/**
 * Rows of the meta table that say what may be kept and who may see it: sealed and bound to their
 * key, so that whoever can write to the disk cannot widen a policy. Thread-safe.
 */
public final class Declarations {
  private final StoreView store;
  private final KeysetSealer sealer;

  /**
   * @param sealer under which all rows of this kind lie
   */
  public Declarations(StoreView store, KeysetSealer sealer) {
    this.store = store;
    this.sealer = sealer;
  }

  /**
   * Adds the row that is in force at {@code name}, and the one of its version, which must be new.
   */
  public void put(Change change, String name, int version, Object row) {
    byte[] json = VaultJson.write(row);
    byte[] ofVersion = Layout.meta(name + "/" + version);
    byte[] inForce = Layout.meta(name);
    change.requireAbsent(Table.META, ofVersion);
    change.commit(Table.META, ofVersion, sealer.seal(json, ofVersion));
    change.commit(Table.META, inForce, sealer.seal(json, inForce));
  }

  /**
   * The row in force.
   *
   * @throws org.strongroom.kernel.VaultException {@code CORRUPT} when it was altered or moved
   */
  public <T> Optional<T> get(String name, Class<T> type) {
    byte[] key = Layout.meta(name);
    return Optional.ofNullable(store.get(Table.META, key)).map(row -> open(key, row, type));
  }

  <T> T open(byte[] key, byte[] row, Class<T> type) {
    return VaultJson.read(sealer.open(row, key), type);
  }
}
