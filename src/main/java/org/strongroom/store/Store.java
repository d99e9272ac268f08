package org.strongroom.store;

import java.util.function.BooleanSupplier;

/**
 * Named tables of ordered byte keys. Keys order as unsigned bytes. Every method is safe for use by
 * many threads; byte arrays handed in or out are never copied, so neither side may change them
 * afterwards. A read sees every write that returned before it.
 *
 * <p>Faults of the engine or the disk are {@link org.strongroom.kernel.VaultException} with {@code
 * STORE_FAILED}; a write that failed may or may not have happened, and the caller must read before
 * it assumes either.
 */
public interface Store extends StoreView, AutoCloseable {
  /** How sure the caller wants to be when {@link #write} returns. */
  enum Durability {
    /** On disk: survives a power cut. */
    SYNCED,
    /** Handed to the operating system: survives a kill of this process, perhaps no power cut. */
    BUFFERED
  }

  /** Writes all of {@code batch} or nothing of it. */
  void write(Batch batch, Durability durability);

  /** Brings a batch, which is not kept, into the form in which runs take it. */
  Rows pack(Batch batch);

  /** Begins a run: rows that are gathered beside the store, and come into it all at once. */
  Run newRun();

  /**
   * Brings in all of {@code run} and then all of {@code batch}, or nothing of either; both are on
   * disk when this returns. Where both change a key, the batch wins. For very many rows this costs
   * a fraction of {@link #write}, and little of it while others wait to write.
   *
   * @param run finished; of no use afterwards but to be closed
   */
  void ingest(Run run, Batch batch);

  /**
   * From now on holds back what the store does of its own accord, such as merging what came in,
   * whenever {@code asked} says that somebody waits for an answer. Replaces who was named before.
   *
   * @param asked quick; asked every now and then by a thread of the store's, until it is closed
   */
  default void giveWay(BooleanSupplier asked) {
    // A store that does nothing of its own accord has nothing to hold back.
  }

  /** Flushes and closes; the store is unusable afterwards. Idempotent. */
  @Override
  void close();

  /**
   * The rows as they are at this moment, whatever is written afterwards. To be closed, and soon: as
   * long as it is open, what is overwritten stays on the disk. Who closes it sees to it that nobody
   * reads it any more.
   */
  Snapshot snapshot();

  /** A batch as this store's runs take it. Immutable. */
  interface Rows {
    /** How many changes there are. */
    int count();

    /** The size of their keys, each with one byte for its table, and their values. */
    long bytes();
  }

  /**
   * Rows on their way into the store, unseen until they are there. For one thread at a time.
   * Nothing of it stays on disk once it is closed, or the process was killed and the store is
   * opened anew.
   */
  interface Run extends AutoCloseable {
    /** Adds changes; a later change of the same key wins. */
    void add(Rows rows);

    /** The rows so far, those that are replaced by others included. */
    int rows();

    /** The size of keys and values so far. */
    long bytes();

    /** Sorts and writes the rows, which is most of the work. No more can be added. */
    void finish();

    /** Gives up what was not brought in. Idempotent. */
    @Override
    void close();
  }

  /** A walk over keys. For one thread; the arrays are fresh at every step. */
  interface Cursor extends AutoCloseable {
    /** Steps to the next key; false at the end. */
    boolean next();

    byte[] key();

    byte[] value();

    @Override
    void close();
  }

  /** The rows of one moment; unusable once the store is closed. */
  interface Snapshot extends StoreView, AutoCloseable {
    /** Idempotent. */
    @Override
    void close();
  }
}
