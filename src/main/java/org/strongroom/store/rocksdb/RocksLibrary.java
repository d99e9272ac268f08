package org.strongroom.store.rocksdb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * RocksDB's native library. Without {@link #unpack} every start copies it out of its jar into a
 * temporary file, which stays behind when the process is killed.
 */
public final class RocksLibrary {
  private RocksLibrary() {}

  /**
   * Puts the library of this system into a folder; a start whose {@code java.library.path} names
   * the folder takes it from there.
   *
   * @throws VaultException {@code STORE_FAILED} when the folder cannot be written
   */
  public static void unpack(Path folder) {
    String name = Environment.getJniLibraryFileName("rocksdb");
    try (InputStream in = RocksDB.class.getResourceAsStream("/" + name)) {
      Files.createDirectories(folder);
      // Moved into its place: a running process may have the one before mapped.
      Path whole = folder.resolve(name + ".new");
      Files.copy(Objects.requireNonNull(in, name), whole, StandardCopyOption.REPLACE_EXISTING);
      Files.move(whole, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new VaultException(ErrorCode.STORE_FAILED, "cannot write to " + folder, e);
    }
  }
}
