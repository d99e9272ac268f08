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
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.strongroom.kernel.BugException;
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
      SecretFile.create(
          file,
          TinkJsonProtoKeysetFormat.serializeKeyset(
              keyset, RegistryConfiguration.get(), InsecureSecretKeyAccess.get()));
      return new KeyFile(keyset);
    } catch (GeneralSecurityException e) {
      throw new BugException("no key could be made", e);
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
      String json =
          SecretFile.read(file, "name it with --key-file. Without it the vault cannot be read");
      return new KeyFile(
          TinkJsonProtoKeysetFormat.parseKeyset(
              json, RegistryConfiguration.get(), InsecureSecretKeyAccess.get()));
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
