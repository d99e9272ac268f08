package org.strongroom.store.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.Table;

/**
 * A {@link Store} in memory: the contract without durability. A scan copies its rows when it
 * starts, which is its snapshot.
 */
public final class MemoryStore implements Store {
  private final Map<Table, NavigableMap<byte[], byte[]>> tables = new EnumMap<>(Table.class);

  /** Held for writing by a batch, so that no scan sees half of one. */
  private final ReentrantReadWriteLock batches = new ReentrantReadWriteLock();

  /** Whose snapshot this is; null for a store of its own. */
  private final @Nullable MemoryStore origin;

  private volatile boolean closed;

  public MemoryStore() {
    this(null);
  }

  private MemoryStore(@Nullable MemoryStore origin) {
    this.origin = origin;
    for (Table table : Table.values()) {
      tables.put(table, new ConcurrentSkipListMap<>(Arrays::compareUnsigned));
    }
  }

  @Override
  public byte @Nullable [] get(Table table, byte[] key) {
    return rows(table).get(key);
  }

  @Override
  public List<byte @Nullable []> getAll(Table table, List<byte[]> keys) {
    NavigableMap<byte[], byte[]> rows = rows(table);
    List<byte @Nullable []> values = new ArrayList<>();
    batches.readLock().lock();
    try {
      keys.forEach(key -> values.add(rows.get(key)));
    } finally {
      batches.readLock().unlock();
    }
    return values;
  }

  @Override
  public Cursor scan(Table table, byte[] prefix, byte[] from) {
    if (!startsWith(from, prefix)) {
      throw new BugException("a scan starts within its prefix");
    }
    NavigableMap<byte[], byte[]> rows = rows(table);
    List<Map.Entry<byte[], byte[]>> found = new ArrayList<>();
    batches.readLock().lock();
    try {
      for (Map.Entry<byte[], byte[]> row : rows.tailMap(from, true).entrySet()) {
        if (!startsWith(row.getKey(), prefix)) {
          break;
        }
        found.add(Map.entry(row.getKey(), row.getValue()));
      }
    } finally {
      batches.readLock().unlock();
    }
    return new MemoryCursor(found.iterator());
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  @Override
  public byte @Nullable [] lastKey(Table table) {
    Map.Entry<byte[], byte[]> last = rows(table).lastEntry();
    return last == null ? null : last.getKey();
  }

  @Override
  public void write(Batch batch, Durability durability) {
    batches.writeLock().lock();
    try {
      for (Batch.Change change : batch.changes()) {
        byte[] value = change.value();
        if (value == null) {
          rows(change.table()).remove(change.key());
        } else {
          rows(change.table()).put(change.key(), value);
        }
      }
      requireOpen();
    } finally {
      batches.writeLock().unlock();
    }
  }

  @Override
  public Rows pack(Batch batch) {
    return new MemoryRows(new Batch().addAll(batch));
  }

  @Override
  public Run newRun() {
    return new MemoryRun();
  }

  @Override
  public void ingest(Run run, Batch batch) {
    write(((MemoryRun) run).finished().addAll(batch), Durability.SYNCED);
  }

  @Override
  public Snapshot snapshot() {
    MemoryStore copy = new MemoryStore(this);
    batches.readLock().lock();
    try {
      for (Table table : Table.values()) {
        copy.rows(table).putAll(rows(table));
      }
    } finally {
      batches.readLock().unlock();
    }
    return new MemorySnapshot(copy);
  }

  @Override
  public void close() {
    batches.writeLock().lock();
    try {
      closed = true;
    } finally {
      batches.writeLock().unlock();
    }
  }

  private NavigableMap<byte[], byte[]> rows(Table table) {
    requireOpen();
    NavigableMap<byte[], byte[]> rows = tables.get(table);
    if (rows == null) {
      throw new BugException("every table has its rows");
    }
    return rows;
  }

  private void requireOpen() {
    if (closed || (origin != null && origin.closed)) {
      throw new VaultException(ErrorCode.STORE_FAILED, "the vault is closed");
    }
  }

  private record MemoryRows(Batch batch) implements Rows {
    @Override
    public int count() {
      return batch.changes().size();
    }

    @Override
    public long bytes() {
      return batch.changes().stream()
          .mapToLong(
              change -> {
                byte[] value = change.value();
                return 1L + change.key().length + (value == null ? 0 : value.length);
              })
          .sum();
    }
  }

  private static final class MemoryRun implements Run {
    private final Batch batch = new Batch();
    private boolean finished;
    private boolean closed;

    @Override
    public void add(Rows rows) {
      require(!finished);
      batch.addAll(((MemoryRows) rows).batch());
    }

    @Override
    public int rows() {
      return batch.changes().size();
    }

    @Override
    public long bytes() {
      return new MemoryRows(batch).bytes();
    }

    @Override
    public void finish() {
      require(!finished);
      finished = true;
    }

    private Batch finished() {
      require(finished);
      return new Batch().addAll(batch);
    }

    private void require(boolean state) {
      if (closed || !state) {
        throw new BugException("the run is not in that state");
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** A copy of all rows, as long as the store is open. */
  private final class MemorySnapshot implements Snapshot {
    private final MemoryStore copy;

    MemorySnapshot(MemoryStore copy) {
      this.copy = copy;
    }

    private MemoryStore live() {
      requireOpen();
      if (copy.closed) {
        throw new BugException("the snapshot is closed");
      }
      return copy;
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
      return live().get(table, key);
    }

    @Override
    public List<byte @Nullable []> getAll(Table table, List<byte[]> keys) {
      return live().getAll(table, keys);
    }

    @Override
    public Cursor scan(Table table, byte[] prefix, byte[] from) {
      return live().scan(table, prefix, from);
    }

    @Override
    public byte @Nullable [] lastKey(Table table) {
      return live().lastKey(table);
    }

    @Override
    public void close() {
      copy.close();
    }
  }

  private final class MemoryCursor implements Cursor {
    private final Iterator<Map.Entry<byte[], byte[]>> rows;
    private Map.@Nullable Entry<byte[], byte[]> row;

    MemoryCursor(Iterator<Map.Entry<byte[], byte[]>> rows) {
      this.rows = rows;
    }

    @Override
    public boolean next() {
      requireOpen();
      row = rows.hasNext() ? rows.next() : null;
      return row != null;
    }

    @Override
    public byte[] key() {
      return onRow().getKey();
    }

    @Override
    public byte[] value() {
      return onRow().getValue();
    }

    private Map.Entry<byte[], byte[]> onRow() {
      if (row == null) {
        throw new BugException("the cursor stands on no row");
      }
      return row;
    }

    @Override
    public void close() {}
  }
}
