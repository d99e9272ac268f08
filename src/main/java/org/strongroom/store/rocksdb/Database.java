package org.strongroom.store.rocksdb;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * A RocksDB and those who use it. What it holds is native memory, which is freed when it is closed:
 * so closing waits for calls that are under way, and first frees what depends on it. Its faults
 * become {@code STORE_FAILED}, and so does any use after its end. Thread-safe.
 */
final class Database {
  private final RocksDB db;

  /** Held for reading by every call. */
  private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();

  private final Set<Dependent> dependents = ConcurrentHashMap.newKeySet();
  private boolean closed;

  /** Asks something of the database. */
  interface Use<T> {
    T of(RocksDB db) throws RocksDBException;
  }

  /** Does something with the database. */
  interface Act {
    void on(RocksDB db) throws RocksDBException;
  }

  /** What must be freed before the database is closed. */
  interface Dependent {
    /** Comes once. */
    void free();
  }

  Database(RocksDB db) {
    this.db = db;
  }

  <T> T use(Use<T> use) {
    open.readLock().lock();
    try {
      if (closed) {
        throw new VaultException(ErrorCode.STORE_FAILED, "the vault is closed");
      }
      return use.of(db);
    } catch (RocksDBException e) {
      throw failed(e);
    } finally {
      open.readLock().unlock();
    }
  }

  void act(Act act) {
    boolean unused =
        use(
            live -> {
              act.on(live);
              return true;
            });
  }

  /** Does nothing once it is closed. */
  void actIfOpen(Act act) {
    open.readLock().lock();
    try {
      if (!closed) {
        act.on(db);
      }
    } catch (RocksDBException e) {
      throw failed(e);
    } finally {
      open.readLock().unlock();
    }
  }

  /** From within a use: frees it at the latest when this is closed. */
  void add(Dependent dependent) {
    dependents.add(dependent);
  }

  /** Whether it was added, and not freed yet. */
  boolean has(Dependent dependent) {
    return dependents.contains(dependent);
  }

  /** Frees it unless that was done. */
  void free(Dependent dependent) {
    open.readLock().lock();
    try {
      if (dependents.remove(dependent)) {
        dependent.free();
      }
    } finally {
      open.readLock().unlock();
    }
  }

  /**
   * Ends the use of it; idempotent.
   *
   * @param end closes it, once nobody uses it any more
   */
  void close(Act end) {
    open.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        dependents.forEach(Dependent::free);
        dependents.clear();
        end.on(db);
      }
    } catch (RocksDBException e) {
      throw failed(e);
    } finally {
      open.writeLock().unlock();
    }
  }

  static VaultException failed(RocksDBException e) {
    String reason = String.valueOf(e.getMessage());
    String hint =
        reason.contains("No space left")
            // RocksDB stays closed to writing after that until it is opened anew.
            ? "; free some space, then run this again; restart a running server"
            : "; see that the directory can be read and written, then try again";
    return new VaultException(ErrorCode.STORE_FAILED, "the store failed: " + reason + hint, e);
  }
}
