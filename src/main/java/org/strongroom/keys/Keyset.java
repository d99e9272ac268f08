package org.strongroom.keys;

import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.signature.PredefinedSignatureParameters;

/**
 * The keysets of a vault, beside the data keys. Names stand in wrapped keysets and stay for ever.
 */
public enum Keyset {
  /** Derives one key for each blind index (HKDF, RFC 5869). */
  INDEX("index", PredefinedPrfParameters.HKDF_SHA256),
  /** Seals what the meta table holds of users. */
  ACCOUNTS("accounts", PredefinedAeadParameters.AES256_GCM),
  /** Seals collections and policy: no secrets, but nobody else may write them. */
  DECLARATIONS("declarations", PredefinedAeadParameters.AES256_GCM),
  /** Seals audit entries. */
  AUDIT("audit", PredefinedAeadParameters.AES256_GCM),
  /** Seals the records that an import rejected. */
  REJECTS("rejects", PredefinedAeadParameters.AES256_GCM),
  /** Seals the TLS key that the vault made for itself. */
  TLS("tls", PredefinedAeadParameters.AES256_GCM),
  /** Seals what leak checks found. */
  LEAKS("leaks", PredefinedAeadParameters.AES256_GCM),
  /** Signs checkpoints of the audit log (Ed25519, RFC 8032). */
  CHECKPOINT("checkpoint", PredefinedSignatureParameters.ED25519WithRawOutput);

  private final String text;
  private final Parameters parameters;

  Keyset(String text, Parameters parameters) {
    this.text = text;
    this.parameters = parameters;
  }

  /** The name on disk. */
  public String text() {
    return text;
  }

  Parameters parameters() {
    return parameters;
  }
}
