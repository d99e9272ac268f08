package org.strongroom.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** A file with a key as text, for its owner alone. Never overwritten. */
public final class SecretFile {
  /** The longest that is read. */
  static final int MAX_BYTES = 1 << 16;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private SecretFile() {}

  /**
   * Writes a new file, mode 0600, synced. It is there whole or not at all, whenever the program is
   * killed.
   *
   * @throws VaultException {@code KEY_FILE} when the file exists or cannot be written
   */
  public static void create(Path file, String text) {
    try {
      write(file, StandardCharsets.UTF_8.encode(text));
    } catch (FileAlreadyExistsException e) {
      throw new VaultException(
          ErrorCode.KEY_FILE,
          "the key file " + file + " exists already and is never overwritten; name another",
          e);
    } catch (IOException e) {
      throw new VaultException(ErrorCode.KEY_FILE, "cannot write the key file " + file, e);
    }
  }

  private static void write(Path file, ByteBuffer text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    try (FileChannel out =
        FileChannel.open(
            part,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      while (text.hasRemaining()) {
        out.write(text);
      }
      out.force(true);
    }
    try {
      // A second name of the same file: unlike a move, this never replaces what is there.
      Files.createLink(file, part);
    } finally {
      Files.delete(part);
    }
    // The name itself is on disk only once its directory is.
    try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent())) {
      directory.force(true);
    }
  }

  /**
   * Reads a file that is its owner's alone.
   *
   * @param ifMissing what to do when there is none
   * @throws VaultException {@code KEY_FILE} when it is missing or open to others
   * @throws IOException when it cannot be read, is longer than {@value #MAX_BYTES} bytes, or no
   *     UTF-8
   */
  public static String read(Path file, String ifMissing) throws IOException {
    try {
      if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
        throw new VaultException(
            ErrorCode.KEY_FILE,
            "the key file " + file + " is open to others; run: chmod 600 " + file);
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("too long");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new VaultException(
          ErrorCode.KEY_FILE, "the key file " + file + " is missing; " + ifMissing, e);
    }
  }
}
