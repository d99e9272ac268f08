package org.strongroom.store;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Another store, with its reads counted and its writes in the hands of the test. */
public class WatchedStore implements Store {
  /** What becomes of a write. */
  public interface Interceptor {
    /** Calls {@code really} to write; a fault thrown before or after reaches the caller. */
    void write(Batch batch, Durability durability, Runnable really);
  }

  private final Store store;
  private final AtomicLong reads = new AtomicLong();
  private volatile Interceptor interceptor = (batch, durability, really) -> really.run();

  public WatchedStore(Store store) {
    this.store = store;
  }

  /** From the next write on. */
  public void intercept(Interceptor next) {
    interceptor = next;
  }

  /** Keys asked for and rows walked so far. */
  public long reads() {
    return reads.get();
  }

  @Override
  public byte @Nullable [] get(Table table, byte[] key) {
    reads.incrementAndGet();
    return store.get(table, key);
  }

  @Override
  public List<byte @Nullable []> getAll(Table table, List<byte[]> keys) {
    reads.addAndGet(keys.size());
    return store.getAll(table, keys);
  }

  @Override
  public Cursor scan(Table table, byte[] prefix, byte[] from) {
    Cursor cursor = store.scan(table, prefix, from);
    return new Cursor() {
      @Override
      public boolean next() {
        reads.incrementAndGet();
        return cursor.next();
      }

      @Override
      public byte[] key() {
        return cursor.key();
      }

      @Override
      public byte[] value() {
        return cursor.value();
      }

      @Override
      public void close() {
        cursor.close();
      }
    };
  }

  @Override
  public byte @Nullable [] lastKey(Table table) {
    reads.incrementAndGet();
    return store.lastKey(table);
  }

  @Override
  public void write(Batch batch, Durability durability) {
    interceptor.write(batch, durability, () -> store.write(batch, durability));
  }

  @Override
  public Rows pack(Batch batch) {
    return store.pack(batch);
  }

  @Override
  public Run newRun() {
    return store.newRun();
  }

  /** The interceptor sees the batch alone. */
  @Override
  public void ingest(Run run, Batch batch) {
    interceptor.write(batch, Durability.SYNCED, () -> store.ingest(run, batch));
  }

  /** What is read of it is not counted. */
  @Override
  public Snapshot snapshot() {
    return store.snapshot();
  }

  @Override
  public void close() {
    store.close();
  }
}
