package org.strongroom.witness;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.VerifierKey;

/**
 * The newest cosigned checkpoint of each log, in a directory: a file a log, named by the SHA-256 of
 * its origin. A file is replaced as a whole, so that a crash leaves the old or the new one.
 *
 * <p>Thread-safe, but of two writers for one origin the last wins: it is up to the caller to let
 * one in at a time. A lock keeps a second process out of the directory.
 */
final class WitnessState implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String UNFINISHED = ".new";
  private static final String FILE = "[0-9a-f]{64}";

  private static final String WHAT_NOW =
      "; a witness that forgets what it saw is worth nothing: put the file back from a copy, or"
          + " begin anew with a new key and an empty directory";

  private final Path directory;
  private final FileChannel lock;
  private final Map<String, SignedNote> newest = new ConcurrentHashMap<>();

  private WitnessState(Path directory, FileChannel lock, Map<String, SignedNote> newest) {
    this.directory = directory;
    this.lock = lock;
    this.newest.putAll(newest);
  }

  /**
   * Reads all files, after making the directory where there is none.
   *
   * @param key the witness's, which must have cosigned what is there
   * @throws VaultException {@code CORRUPT} when a file does not read or is not what this witness
   *     wrote; {@code CONFLICT} when another process has the directory; {@code STORE_FAILED} when
   *     it cannot be read or made
   */
  static WitnessState open(Path directory, VerifierKey key) {
    try {
      Files.createDirectories(directory);
      FileChannel lock = locked(directory);
      try {
        return new WitnessState(directory, lock, readAll(directory, key));
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new VaultException(
          ErrorCode.STORE_FAILED, "the state directory " + directory + " cannot be read", e);
    }
  }

  private static FileChannel locked(Path directory) throws IOException {
    FileChannel lock = FileChannel.open(directory.resolve(LOCK), CREATE, WRITE);
    try {
      if (lock.tryLock() != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      // By this very process: the same answer.
    }
    lock.close();
    throw new VaultException(
        ErrorCode.CONFLICT, "another witness is running on the state directory " + directory);
  }

  private static Map<String, SignedNote> readAll(Path directory, VerifierKey key)
      throws IOException {
    Map<String, SignedNote> out = new HashMap<>();
    List<Path> files;
    try (Stream<Path> listed = Files.list(directory)) {
      files = listed.toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (name.endsWith(UNFINISHED)) {
        // A crash came before this one was put in place, so nobody was answered from it.
        Files.delete(file);
      } else if (!name.equals(LOCK)) {
        out.put(name, read(file, name, key));
      }
    }
    return out;
  }

  private static SignedNote read(Path file, String name, VerifierKey key) throws IOException {
    if (!name.matches(FILE) || Files.size(file) > SignedNote.MAX_BYTES) {
      throw new VaultException(
          ErrorCode.CORRUPT, file + " is no file of a witness's state" + WHAT_NOW);
    }
    try {
      SignedNote note = SignedNote.parse(Files.readAllBytes(file));
      if (!hash(Checkpoint.of(note).origin()).equals(name)) {
        throw new VaultException(
            ErrorCode.CORRUPT, file + " holds the checkpoint of another log" + WHAT_NOW);
      }
      if (note.verifiedBy(List.of(key)).isEmpty()) {
        throw new VaultException(
            ErrorCode.CORRUPT, file + " is not signed by this witness's key" + WHAT_NOW);
      }
      return note;
    } catch (IllegalArgumentException e) {
      throw new VaultException(
          ErrorCode.CORRUPT, file + " does not read: " + e.getMessage() + WHAT_NOW, e);
    }
  }

  /** The newest cosigned checkpoint of the log with that hash; empty when there was none. */
  Optional<SignedNote> newest(String originHash) {
    return Optional.ofNullable(newest.get(originHash));
  }

  /**
   * Keeps a cosigned checkpoint; it is durable on return.
   *
   * @throws VaultException {@code STORE_FAILED} when that cannot be told: then the old one counts
   *     as the newest, and the cosignature must not be given away
   */
  void keep(String originHash, SignedNote cosigned) {
    Path file = directory.resolve(originHash);
    Path unfinished = directory.resolve(originHash + UNFINISHED);
    try {
      ByteBuffer bytes = ByteBuffer.wrap(cosigned.bytes());
      try (FileChannel out = FileChannel.open(unfinished, CREATE, TRUNCATE_EXISTING, WRITE)) {
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(unfinished, file, ATOMIC_MOVE);
      try (FileChannel names = FileChannel.open(directory)) {
        names.force(true);
      }
    } catch (IOException e) {
      throw new VaultException(
          ErrorCode.STORE_FAILED, "the witness could not write its state; nothing was signed", e);
    }
    newest.put(originHash, cosigned);
  }

  /** The SHA-256 of an origin, lower-case hexadecimal: how tlog-witness names a log in paths. */
  static String hash(String origin) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return Bytes.owned(sha256.digest(origin.getBytes(StandardCharsets.UTF_8))).hex();
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new VaultException(ErrorCode.STORE_FAILED, "the state's lock does not close", e);
    }
  }
}
