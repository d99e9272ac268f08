package org.strongroom.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.KeyFile;

/**
 * Makes a vault's directory and key file so that a kill at any moment leaves either a whole vault
 * or one that is made anew when it is founded again.
 *
 * <pre>
 * DIR/founding          while it lasts: locked; says which key file is being made
 * DIR/store.unfinished  the store until it is whole
 * DIR/store             the store
 * </pre>
 */
final class Founding {
  static final String STORE = "store";
  private static final String UNFINISHED = "store.unfinished";
  private static final String NOTE = "founding";

  private final Path directory;
  private final Path keyFile;

  Founding(Path directory, Path keyFile) {
    this.directory = directory;
    this.keyFile = keyFile.toAbsolutePath().normalize();
  }

  /** Fills a new store. */
  interface Filling {
    void fill(Path store, KeyFile key);
  }

  /**
   * Makes the key file and the store.
   *
   * @param filling leaves a whole vault behind, closed, when it returns
   * @throws VaultException {@code VAULT_EXISTS} when the directory holds anything but what an
   *     unfinished founding left; {@code VAULT_IN_USE} while another is founding there; {@code
   *     KEY_FILE} when the key file exists, or lies inside the directory
   */
  void run(Filling filling) {
    if (keyFile.startsWith(directory.toAbsolutePath().normalize())) {
      throw new VaultException(
          ErrorCode.KEY_FILE,
          "the key file must lie outside the vault's directory, or whoever copies one has both");
    }
    try {
      Files.createDirectories(directory);
      requireNothingElse();
      Path note = directory.resolve(NOTE);
      try (FileChannel channel =
              FileChannel.open(
                  note,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE);
          FileLock lock = lock(channel)) {
        requireNothingElse();
        boolean ours = lock.isValid() && Files.readString(note).equals(said());
        KeyFile key = key(ours, note);
        Path unfinished = directory.resolve(UNFINISHED);
        clear(unfinished);
        Files.createDirectory(unfinished);
        filling.fill(unfinished, key);
        Files.move(unfinished, directory.resolve(STORE), StandardCopyOption.ATOMIC_MOVE);
        sync(directory);
        Files.delete(note);
      }
    } catch (IOException e) {
      throw new VaultException(
          ErrorCode.STORE_FAILED, "cannot make a vault in the directory " + directory, e);
    }
  }

  /**
   * A new key; or the one that an unfinished founding made, since a key is never overwritten. The
   * note is on disk before the key is, so that such a key is known for one.
   */
  private KeyFile key(boolean ours, Path note) throws IOException {
    if (ours && Files.exists(keyFile)) {
      return KeyFile.open(keyFile);
    }
    if (!Files.exists(keyFile)) {
      Files.writeString(
          note, said(), StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.SYNC);
      sync(directory);
      return KeyFile.create(keyFile);
    }
    Files.delete(note);
    // Refuses, as it should.
    return KeyFile.create(keyFile);
  }

  private String said() {
    return keyFile + "\n";
  }

  private void requireNothingElse() throws IOException {
    Set<String> found;
    try (Stream<Path> files = Files.list(directory)) {
      found = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
    // What is unfinished is ours only beside its note.
    if (!found.isEmpty()
        && !(found.contains(NOTE) && Set.of(NOTE, UNFINISHED).containsAll(found))) {
      throw new VaultException(
          ErrorCode.VAULT_EXISTS, directory + " is not empty; name a new directory");
    }
  }

  private FileLock lock(FileChannel channel) throws IOException {
    @Nullable FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held in this process: told below.
    }
    if (lock == null) {
      throw new VaultException(
          ErrorCode.VAULT_IN_USE, "a vault is being made in " + directory + " at this moment");
    }
    return lock;
  }

  private static void clear(Path unfinished) throws IOException {
    if (!Files.exists(unfinished)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(unfinished)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    }
  }
}
