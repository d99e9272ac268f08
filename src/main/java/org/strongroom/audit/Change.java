package org.strongroom.audit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.strongroom.store.Batch;
import org.strongroom.store.Table;

/**
 * Changes that hold only if certain keys are still absent when they are written: what was read
 * before must not have changed meanwhile. For one thread.
 */
public final class Change {
  /** Length of a record version's key. */
  public static final int VERSION_KEY_BYTES = 30;

  private final Batch batch = new Batch();
  private final List<Key> conditions = new ArrayList<>();
  private final ByteArrayOutputStream versions = new ByteArrayOutputStream();

  /** Writes a key that must not exist yet. */
  public Change putNew(Table table, byte[] key, byte[] value) {
    requireAbsent(table, key);
    batch.put(table, key, value);
    return this;
  }

  /** Demands that a key does not exist. */
  public Change requireAbsent(Table table, byte[] key) {
    conditions.add(new Key(table, key));
    return this;
  }

  /**
   * Writes a new record version. Its key is noted beside the log, in the order of the entry's
   * commitment, so that the log can be held against the records. Sets no condition: where somebody
   * else may write the same version, the caller does.
   *
   * @param key in {@link Table#RECORDS}, of {@link #VERSION_KEY_BYTES} bytes
   */
  public Change putVersion(byte[] key, byte[] value) {
    versions.writeBytes(key);
    batch.put(Table.RECORDS, key, value);
    return this;
  }

  /** The changes themselves, to add to. */
  public Batch batch() {
    return batch;
  }

  byte[] versions() {
    return versions.toByteArray();
  }

  /** The keys that must be absent. */
  List<Key> conditions() {
    return conditions;
  }

  /** A key of a table; equal by content. */
  static final class Key {
    private final Table table;
    private final byte[] key;

    Key(Table table, byte[] key) {
      this.table = table;
      this.key = key;
    }

    Table table() {
      return table;
    }

    byte[] key() {
      return key;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && table == that.table && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
      return 31 * table.hashCode() + Arrays.hashCode(key);
    }
  }
}
