package org.strongroom.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Named tables of ordered byte keys. Keys order as unsigned bytes. Every method is safe for use by
 * many threads; byte arrays handed in or out are never copied, so neither side may change them
 * afterwards.
 *
 * <p>Faults of the engine or the disk are {@link org.strongroom.kernel.VaultException} with {@code
 * STORE_FAILED}; a write that failed may or may not have happened, and the caller must read before
 * it assumes either.
 */
public interface Store extends AutoCloseable {
  /** How sure the caller wants to be when {@link #write} returns. */
  enum Durability {
    /** On disk: survives a power cut. */
    SYNCED,
    /** Handed to the operating system: survives a kill of this process, perhaps no power cut. */
    BUFFERED
  }

  /** The value at {@code key}, or null. Sees every write that returned before this call. */
  byte @Nullable [] get(Table table, byte[] key);

  /** The values at {@code keys}, in their order, null where there is none. One trip. */
  List<byte @Nullable []> getAll(Table table, List<byte[]> keys);

  /**
   * Walks the keys that begin with {@code prefix}, from {@code from} on (itself included), in
   * ascending order, over a snapshot of this moment. To be closed.
   *
   * @param from begins with {@code prefix}
   */
  Cursor scan(Table table, byte[] prefix, byte[] from);

  /** {@link #scan(Table, byte[], byte[])} from the first key with the prefix. */
  default Cursor scan(Table table, byte[] prefix) {
    return scan(table, prefix, prefix);
  }

  /** The greatest key of the table, or null when it is empty. */
  byte @Nullable [] lastKey(Table table);

  /** Writes all of {@code batch} or nothing of it. */
  void write(Batch batch, Durability durability);

  /** Flushes and closes; the store is unusable afterwards. Idempotent. */
  @Override
  void close();

  /** A walk over keys. For one thread; the arrays are fresh at every step. */
  interface Cursor extends AutoCloseable {
    /** Steps to the next key; false at the end. */
    boolean next();

    byte[] key();

    byte[] value();

    @Override
    void close();
  }
}
