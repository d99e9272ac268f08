package org.strongroom.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Bytes;
import org.strongroom.store.Batch;
import org.strongroom.store.Table;
import org.strongroom.translog.Hashes;

/**
 * Changes that hold only if certain keys are still absent when they are written: what was read
 * before must not have changed meanwhile. The entry that they are written with commits to those of
 * them that say so. For one thread.
 */
public final class Change {
  private final Batch batch = new Batch();
  private final List<Key> conditions = new ArrayList<>();
  private final List<Key> claims = new ArrayList<>();
  private @Nullable RowList committed;

  /** Writes a key that must not exist yet. */
  public Change putNew(Table table, byte[] key, byte[] value) {
    Key claimed = new Key(table, key);
    conditions.add(claimed);
    claims.add(claimed);
    batch.put(table, key, value);
    return this;
  }

  /** Demands that a key does not exist. */
  public Change requireAbsent(Table table, byte[] key) {
    conditions.add(new Key(table, key));
    return this;
  }

  /**
   * Writes a row to which the entry commits: every row that carries data and does not follow from
   * others, so that the log can be held against what is there. Sets no condition: where somebody
   * else may write the same key, the caller does.
   */
  public Change commit(Table table, byte[] key, byte[] value) {
    rows().add(table, key, value);
    claims.add(new Key(table, key));
    batch.put(table, key, value);
    return this;
  }

  /** {@link #commit} of a row's absence. */
  public Change commitDeletion(Table table, byte[] key) {
    rows().add(table, key, null);
    batch.delete(table, key);
    return this;
  }

  /** How many rows the entry commits to. */
  public int committed() {
    return committed == null ? 0 : Math.toIntExact(committed.size());
  }

  /** The changes themselves, to add rows to of which nobody demands that they are absent. */
  public Batch batch() {
    return batch;
  }

  private RowList rows() {
    if (committed == null) {
      committed = new RowList();
    }
    return committed;
  }

  /** The list of the rows that the entry commits to; empty when there are none. */
  byte[] rowList() {
    return committed == null ? new byte[0] : committed.toArray();
  }

  /** The commitment to those rows, of which {@code rowList} is the list; null when it is empty. */
  Entry.@Nullable Written written(byte[] rowList) {
    return committed == null
        ? null
        : new Entry.Written(committed.commitment(), Bytes.owned(Hashes.sha256(rowList)));
  }

  /** The keys that must be absent. */
  List<Key> conditions() {
    return conditions;
  }

  /** The keys that are written of which somebody else may demand that they are absent. */
  List<Key> claims() {
    return claims;
  }

  /** A key of a table; equal by content. */
  static final class Key {
    private final Table table;
    private final byte[] key;
    private final long hash;

    Key(Table table, byte[] key) {
      this.table = table;
      this.key = key;
      this.hash = KeyHashes.hash(table, key);
    }

    /** As {@link KeyHashes} has it. */
    long hash() {
      return hash;
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
      return Long.hashCode(hash);
    }
  }
}
