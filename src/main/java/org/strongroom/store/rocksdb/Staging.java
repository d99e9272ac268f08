package org.strongroom.store.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.rocksdb.EnvOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * The folder beside the database's files in which sorted files are made, to be taken in whole:
 * neither the log nor the memory of RocksDB is written through. What lies here when the store is
 * opened was left by a process that was killed, belongs to nothing, and is deleted.
 *
 * <p>There is a file for each table. So rows that come after all that are there, as those of the
 * audit log do, find their place below everything and are never written again; and rows of other
 * tables that are still in memory need not be flushed first. Thread-safe.
 */
final class Staging {
  private static final Logger LOG = LoggerFactory.getLogger(Staging.class);
  private static final String FOLDER = "staged";

  private final Path folder;
  private final RocksOptions options;
  private final AtomicLong names = new AtomicLong();
  private final RowBuffer.Spares spares = new RowBuffer.Spares();

  Staging(Path database, RocksOptions options) {
    this.folder = database.resolve(FOLDER);
    this.options = options;
  }

  RowBuffer.Spares spares() {
    return spares;
  }

  /** Deletes whatever lies here. */
  void clear() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
      for (Path file : left) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new VaultException(
          ErrorCode.STORE_FAILED,
          "the store's folder \"" + FOLDER + "\" could not be emptied; see that it may be written",
          e);
    }
  }

  /**
   * Writes rows to files, which are on disk when this returns.
   *
   * @param known is told of the keys; null for none
   * @return the files by the order of their keys
   */
  List<String> write(RowBuffer rows, @Nullable KeyFilter known) throws RocksDBException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new VaultException(
          ErrorCode.STORE_FAILED,
          "the store failed: its folder \""
              + FOLDER
              + "\" could not be made; free some space, and"
              + " see that the directory can be written, then try again",
          e);
    }
    Writing writing = new Writing(known);
    boolean written = false;
    try (writing) {
      rows.sorted(writing);
      writing.end();
      written = true;
      return writing.files;
    } finally {
      if (!written) {
        delete(writing.files);
      }
    }
  }

  /** Deletes files that were not taken in; of others only the name here is left to delete. */
  void delete(List<String> files) {
    for (String file : files) {
      try {
        Files.deleteIfExists(Path.of(file));
      } catch (IOException e) {
        LOG.warn("a staged file stays until the vault is opened again: {}", e.getMessage());
      }
    }
  }

  /** Adds rows to a batch, for a few of which no file is worth it. */
  static void write(RowBuffer rows, WriteBatch out, @Nullable KeyFilter known)
      throws RocksDBException {
    rows.sorted(
        new RowBuffer.Sink<RocksDBException>() {
          @Override
          public void begin() {}

          @Override
          public void put(ByteBuffer key, ByteBuffer value) throws RocksDBException {
            if (known != null) {
              known.add(key);
            }
            out.put(key, value);
          }

          @Override
          public void delete(byte[] key) throws RocksDBException {
            out.delete(key);
          }
        });
  }

  private final class Writing implements RowBuffer.Sink<RocksDBException>, AutoCloseable {
    /** Else all of a file comes upon the disk at its end, and syncs of others wait behind it. */
    private final EnvOptions environment =
        new EnvOptions().setBytesPerSync(RocksOptions.SYNC_BYTES);

    private final List<String> files = new ArrayList<>();
    private final @Nullable KeyFilter known;
    private @Nullable SstFileWriter writer;

    Writing(@Nullable KeyFilter known) {
      this.known = known;
    }

    @Override
    public void begin() throws RocksDBException {
      end();
      String file = folder.resolve(names.incrementAndGet() + ".sst").toString();
      files.add(file);
      SstFileWriter next = new SstFileWriter(environment, options.database);
      writer = next;
      next.open(file);
    }

    @Override
    public void put(ByteBuffer key, ByteBuffer value) throws RocksDBException {
      if (known != null) {
        known.add(key);
      }
      file().put(key, value);
    }

    @Override
    public void delete(byte[] key) throws RocksDBException {
      file().delete(key);
    }

    private SstFileWriter file() {
      if (writer == null) {
        throw new BugException("a row comes before its table");
      }
      return writer;
    }

    /** Syncs the last file. */
    void end() throws RocksDBException {
      SstFileWriter ending = writer;
      if (ending != null) {
        writer = null;
        try (ending) {
          ending.finish();
        }
      }
    }

    @Override
    public void close() {
      if (writer != null) {
        writer.close();
      }
      environment.close();
    }
  }
}
