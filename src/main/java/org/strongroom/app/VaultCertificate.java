package org.strongroom.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Change;
import org.strongroom.audit.Entry;
import org.strongroom.http.SelfSigned;
import org.strongroom.http.TlsMaterial;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.Keyset;
import org.strongroom.keys.KeysetSealer;
import org.strongroom.store.Table;
import org.strongroom.vault.Vault;

/**
 * The certificate that a vault makes for itself, for loopback alone. Its key lies sealed in the
 * meta table; the certificate, which is no secret, also in a file for clients to trust.
 */
final class VaultCertificate {
  private static final String FILE = "certificate.pem";
  private static final Duration RENEW_BEFORE = Duration.ofDays(30);
  private static final byte[] KEY = "tls/key".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CHAIN = "tls/certificate".getBytes(StandardCharsets.UTF_8);

  private VaultCertificate() {}

  /** Where clients find the certificate. */
  static Path file(Path directory) {
    return directory.resolve(FILE);
  }

  /** The vault's certificate; a new one when there is none or it is about to expire. */
  static TlsMaterial of(OpenVault vault, Path directory, SecureRandom random) {
    TlsMaterial material = kept(vault);
    if (material == null
        || material.expires().minus(RENEW_BEFORE).isBefore(vault.clock().instant())) {
      material = SelfSigned.make(vault.clock(), random);
      keep(vault, material);
    }
    try {
      Files.writeString(file(directory), material.certificatePem());
    } catch (IOException e) {
      throw new VaultException(
          ErrorCode.STORE_FAILED, "cannot write the certificate to " + file(directory), e);
    }
    return material;
  }

  private static @Nullable TlsMaterial kept(OpenVault vault) {
    byte @Nullable [] key = vault.store().get(Table.META, KEY);
    byte @Nullable [] chain = vault.store().get(Table.META, CHAIN);
    if (key == null || chain == null) {
      return null;
    }
    try (SecretBytes open = sealer(vault).openSecret(key, chain)) {
      return TlsMaterial.of(open, new String(chain, StandardCharsets.UTF_8));
    }
  }

  /** Keeps key and certificate together; the sealing binds the one to the other. */
  private static void keep(OpenVault vault, TlsMaterial material) {
    byte[] chain = material.certificatePem().getBytes(StandardCharsets.UTF_8);
    try (SecretBytes key = material.encodedKey()) {
      Change change =
          new Change()
              .commit(Table.META, CHAIN, chain)
              .commit(Table.META, KEY, sealer(vault).seal(key, chain));
      Entry.By by = Vault.by(LocalSession.operator(), null);
      Entry entry = Entry.of(Entry.Kind.VAULT, vault.clock().instant(), by, "made a certificate");
      vault.sequencer().appendUnconditional(entry, change);
    }
  }

  private static KeysetSealer sealer(OpenVault vault) {
    return vault.keyring().sealer(Keyset.TLS);
  }
}
