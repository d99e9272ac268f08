package org.strongroom.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes that are written together or not at all; a later change of the same key wins. For one
 * thread; arrays are taken over without a copy.
 */
public final class Batch {
  /** One change; a null value deletes. */
  public static final class Change {
    private final Table table;
    private final byte[] key;
    private final byte @Nullable [] value;

    private Change(Table table, byte[] key, byte @Nullable [] value) {
      this.table = table;
      this.key = key;
      this.value = value;
    }

    public Table table() {
      return table;
    }

    public byte[] key() {
      return key;
    }

    public byte @Nullable [] value() {
      return value;
    }
  }

  private final List<Change> changes = new ArrayList<>();

  public Batch put(Table table, byte[] key, byte[] value) {
    changes.add(new Change(table, key, value));
    return this;
  }

  public Batch delete(Table table, byte[] key) {
    changes.add(new Change(table, key, null));
    return this;
  }

  /** Appends all of {@code other}, which stays as it is. */
  public Batch addAll(Batch other) {
    changes.addAll(other.changes);
    return this;
  }

  public List<Change> changes() {
    return changes;
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }
}
