package org.strongroom.witness;

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
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.translog.SigningKey;
import org.strongroom.translog.VerifierKey;

/** The file with a witness's private key: one line, for its owner alone. */
public final class WitnessKeyFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final int MAX_BYTES = 4096;

  private WitnessKeyFile() {}

  /**
   * Makes a key and writes it to {@code file}, mode 0600, synced.
   *
   * @param name of the witness, best an address without a scheme; no white space and no plus
   * @throws VaultException {@code BAD_REQUEST} for another name; {@code KEY_FILE} when the file
   *     exists (a key is never overwritten) or cannot be written
   */
  public static SigningKey create(Path file, String name, SecureRandom random) {
    SigningKey key = generate(name, random);
    ByteBuffer line = StandardCharsets.UTF_8.encode(key.secretText() + "\n");
    try (FileChannel out =
        FileChannel.open(
            file,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      while (line.hasRemaining()) {
        out.write(line);
      }
      out.force(true);
      // The name itself is on disk only once its directory is.
      try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent())) {
        directory.force(true);
      }
      return key;
    } catch (FileAlreadyExistsException e) {
      throw new VaultException(
          ErrorCode.KEY_FILE,
          "the key file " + file + " exists already and is never overwritten; name another",
          e);
    } catch (IOException e) {
      throw new VaultException(ErrorCode.KEY_FILE, "cannot write the key file " + file, e);
    }
  }

  private static SigningKey generate(String name, SecureRandom random) {
    try {
      return SigningKey.generate(name, VerifierKey.Type.COSIGNATURE, random);
    } catch (IllegalArgumentException e) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "a witness's name has no white space and no plus", e);
    }
  }

  /**
   * Reads the key.
   *
   * @throws VaultException {@code KEY_FILE} when it is missing, damaged, of another kind, or open
   *     to others
   */
  public static SigningKey open(Path file) {
    try {
      if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
        throw new VaultException(
            ErrorCode.KEY_FILE,
            "the key file " + file + " is open to others; run: chmod 600 " + file);
      }
      if (Files.size(file) > MAX_BYTES) {
        throw unreadable(file, null);
      }
      SigningKey key = SigningKey.parse(Files.readString(file).stripTrailing());
      if (key.verifier().type() != VerifierKey.Type.COSIGNATURE) {
        throw new VaultException(
            ErrorCode.KEY_FILE,
            "the key file " + file + " holds the key of a log, which must not be a witness's too");
      }
      return key;
    } catch (NoSuchFileException e) {
      throw new VaultException(
          ErrorCode.KEY_FILE,
          "the key file "
              + file
              + " is missing; make one with: strongroom witness key --name NAME --key "
              + file,
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(file, e);
    }
  }

  private static VaultException unreadable(Path file, @Nullable Exception e) {
    return new VaultException(
        ErrorCode.KEY_FILE, "the key file " + file + " cannot be read as a witness's key", e);
  }
}
