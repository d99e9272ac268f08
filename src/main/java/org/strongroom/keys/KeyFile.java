package org.strongroom.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
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
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.Set;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * The key-encryption key in a file: a Tink keyset of AES-256-GCM keys as JSON, readable by its
 * owner alone. As Tink's {@link KmsClient} it stands where a key management service can stand.
 *
 * <p>Whoever has this file and a copy of the vault has everything: keep it on another medium, and
 * back it up apart from the vault. Immutable and thread-safe.
 */
public final class KeyFile implements KmsClient {
  /** What the one key of this client is called. */
  public static final String URI = "strongroom-key-file://";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Aead aead;

  private KeyFile(KeysetHandle keyset) throws GeneralSecurityException {
    this.aead = keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
  }

  /**
   * Makes a new key and writes it to {@code file}, mode 0600, synced.
   *
   * @throws VaultException {@code KEY_FILE} when the file exists (a key is never overwritten) or
   *     cannot be written
   */
  public static KeyFile create(Path file) {
    try {
      AeadConfig.register();
      KeysetHandle keyset =
          KeysetHandle.generateNew(
              PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get());
      String json =
          TinkJsonProtoKeysetFormat.serializeKeyset(
              keyset, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
      write(file, StandardCharsets.UTF_8.encode(json));
      return new KeyFile(keyset);
    } catch (FileAlreadyExistsException e) {
      throw new VaultException(
          ErrorCode.KEY_FILE,
          "the key file " + file + " exists already and is never overwritten; name another",
          e);
    } catch (IOException | GeneralSecurityException e) {
      throw new VaultException(ErrorCode.KEY_FILE, "cannot write the key file " + file, e);
    }
  }

  /** The file is there whole or not at all, whenever the program is killed. */
  private static void write(Path file, ByteBuffer json) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    try (FileChannel out =
        FileChannel.open(
            part,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      while (json.hasRemaining()) {
        out.write(json);
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
   * Reads the key.
   *
   * @throws VaultException {@code KEY_FILE} when it is missing, damaged, or open to others
   */
  public static KeyFile open(Path file) {
    try {
      AeadConfig.register();
      Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
      if (!OWNER_ONLY.containsAll(allowed)) {
        throw new VaultException(
            ErrorCode.KEY_FILE,
            "the key file " + file + " is open to others; run: chmod 600 " + file);
      }
      return new KeyFile(
          TinkJsonProtoKeysetFormat.parseKeyset(
              Files.readString(file), RegistryConfiguration.get(), InsecureSecretKeyAccess.get()));
    } catch (NoSuchFileException e) {
      throw new VaultException(
          ErrorCode.KEY_FILE,
          "the key file "
              + file
              + " is missing; name it with --key-file. Without it the vault"
              + " cannot be read",
          e);
    } catch (IOException | GeneralSecurityException e) {
      throw new VaultException(
          ErrorCode.KEY_FILE, "the key file " + file + " cannot be read as a key", e);
    }
  }

  @Override
  public boolean doesSupport(String uri) {
    return URI.equals(uri);
  }

  @Override
  public KmsClient withCredentials(String path) {
    return this;
  }

  @Override
  public KmsClient withDefaultCredentials() {
    return this;
  }

  @Override
  public Aead getAead(String uri) throws GeneralSecurityException {
    if (!doesSupport(uri)) {
      throw new GeneralSecurityException("no such key");
    }
    return aead;
  }
}
