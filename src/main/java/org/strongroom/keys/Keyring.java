package org.strongroom.keys;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.PublicKeySign;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import com.google.crypto.tink.signature.Ed25519PublicKey;
import com.google.crypto.tink.signature.SignatureConfig;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.strongroom.crypto.BlindIndex;
import org.strongroom.crypto.OprfKey;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.kernel.VaultException;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.VerifierKey;

/**
 * The vault's keysets, unwrapped in memory. Wrapped under the key-encryption key they may lie
 * beside the data. Immutable and thread-safe.
 */
public final class Keyring {
  private static final int INDEX_KEY_BYTES = 32;

  private final Map<Keyset, KeysetHandle> keysets;

  private Keyring(Map<Keyset, KeysetHandle> keysets) {
    this.keysets = keysets;
  }

  /** Makes every keyset anew, wrapped under {@code kek} and bound to {@code vault}. */
  public static Map<Keyset, Bytes> generate(Aead kek, Id vault) {
    register();
    Map<Keyset, Bytes> out = new EnumMap<>(Keyset.class);
    try {
      for (Keyset keyset : Keyset.values()) {
        KeysetHandle handle =
            KeysetHandle.generateNew(keyset.parameters(), RegistryConfiguration.get());
        out.put(
            keyset,
            Bytes.owned(
                TinkProtoKeysetFormat.serializeEncryptedKeyset(
                    handle, kek, binding(vault, keyset), RegistryConfiguration.get())));
      }
      return out;
    } catch (GeneralSecurityException e) {
      throw new BugException("generating keysets failed", e);
    }
  }

  /**
   * Unwraps what {@link #generate} made.
   *
   * @throws VaultException {@code KEY_FILE} when the key-encryption key is not this vault's
   */
  public static Keyring open(Aead kek, Id vault, Map<Keyset, Bytes> wrapped) {
    register();
    Map<Keyset, KeysetHandle> out = new EnumMap<>(Keyset.class);
    wrapped.forEach(
        (keyset, bytes) -> {
          try {
            out.put(
                keyset,
                TinkProtoKeysetFormat.parseEncryptedKeyset(
                    bytes.unsafeArray(), kek, binding(vault, keyset), RegistryConfiguration.get()));
          } catch (GeneralSecurityException e) {
            throw new VaultException(
                ErrorCode.KEY_FILE,
                "the key file is not this vault's (the keyset \""
                    + keyset.text()
                    + "\" does not unwrap); name the right one with --key-file",
                e);
          }
        });
    return new Keyring(out);
  }

  /**
   * Unwraps those keysets that can be, to look at a vault that is damaged. Of the others, every use
   * is a {@code CORRUPT} fault; {@link #has} tells which they are.
   */
  public static Keyring salvage(Aead kek, Id vault, Map<Keyset, Bytes> wrapped) {
    Map<Keyset, KeysetHandle> out = new EnumMap<>(Keyset.class);
    wrapped.forEach(
        (keyset, bytes) -> {
          try {
            out.putAll(open(kek, vault, Map.of(keyset, bytes)).keysets);
          } catch (VaultException e) {
            out.remove(keyset);
          }
        });
    return new Keyring(out);
  }

  /** How many keysets there are. */
  public int size() {
    return keysets.size();
  }

  /** Whether the keyset is there. */
  public boolean has(Keyset keyset) {
    return keysets.containsKey(keyset);
  }

  public KeysetSealer sealer(Keyset keyset) {
    return new KeysetSealer(primitive(keyset, Aead.class));
  }

  /**
   * The blind index called {@code label}: its key is derived from the index keyset by HKDF with the
   * label as info, so every label has a key of its own.
   */
  public BlindIndex blindIndex(String label) {
    try (SecretBytes secret = derived(label, INDEX_KEY_BYTES)) {
      return new BlindIndex(secret);
    }
  }

  /**
   * The oblivious function called {@code label}: its seed is derived as the key of a blind index
   * is, so the label must be none of theirs.
   */
  public OprfKey oprfKey(String label) {
    try (SecretBytes seed = derived(label, OprfKey.SEED_BYTES)) {
      return OprfKey.derive(seed, label.getBytes(StandardCharsets.UTF_8));
    }
  }

  private SecretBytes derived(String label, int bytes) {
    try {
      return SecretBytes.owned(
          primitive(Keyset.INDEX, PrfSet.class)
              .computePrimary(label.getBytes(StandardCharsets.UTF_8), bytes));
    } catch (GeneralSecurityException e) {
      throw new BugException("deriving a key failed", e);
    }
  }

  /**
   * Makes a keyset (AES-256-GCM) for rows that may have to be destroyed together: without it they
   * are noise, wherever copies of them lie.
   *
   * @param under what wraps it
   * @param name bound to it
   */
  public Bytes wrapNew(Keyset under, String name) {
    try {
      KeysetHandle handle =
          KeysetHandle.generateNew(
              PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get());
      return Bytes.owned(
          TinkProtoKeysetFormat.serializeEncryptedKeyset(
              handle,
              primitive(under, Aead.class),
              name.getBytes(StandardCharsets.UTF_8),
              RegistryConfiguration.get()));
    } catch (GeneralSecurityException e) {
      throw new BugException("generating a keyset failed", e);
    }
  }

  /**
   * Seals and opens under what {@link #wrapNew} made.
   *
   * @throws VaultException {@code CORRUPT} when it was altered, or made under another name
   */
  public KeysetSealer unwrap(Keyset under, String name, Bytes wrapped) {
    try {
      KeysetHandle handle =
          TinkProtoKeysetFormat.parseEncryptedKeyset(
              wrapped.unsafeArray(),
              primitive(under, Aead.class),
              name.getBytes(StandardCharsets.UTF_8),
              RegistryConfiguration.get());
      return new KeysetSealer(handle.getPrimitive(RegistryConfiguration.get(), Aead.class));
    } catch (GeneralSecurityException e) {
      throw new VaultException(ErrorCode.CORRUPT, "the keyset \"" + name + "\" does not unwrap", e);
    }
  }

  /** Signs with the checkpoint key: Ed25519, 64 bytes. */
  public byte[] signCheckpoint(byte[] message) {
    try {
      return primitive(Keyset.CHECKPOINT, PublicKeySign.class).sign(message);
    } catch (GeneralSecurityException e) {
      throw new BugException("signing failed", e);
    }
  }

  /**
   * From the text of a note to that note, signed with the checkpoint key.
   *
   * @param origin of the log
   */
  public UnaryOperator<byte[]> checkpointSigner(String origin) {
    VerifierKey key = checkpointKey(origin);
    return text -> SignedNote.sign(text, key, this::signCheckpoint);
  }

  /**
   * The public half of the checkpoint key.
   *
   * @param origin of the log, by which the key is named
   */
  @AccessesPartialKey
  public VerifierKey checkpointKey(String origin) {
    try {
      KeysetHandle handle = handle(Keyset.CHECKPOINT).getPublicKeysetHandle();
      Ed25519PublicKey key = (Ed25519PublicKey) handle.getPrimary().getKey();
      return new VerifierKey(
          origin, VerifierKey.Type.NOTE, Bytes.owned(key.getPublicKeyBytes().toByteArray()));
    } catch (GeneralSecurityException e) {
      throw new BugException("reading the public key failed", e);
    }
  }

  private <P> P primitive(Keyset keyset, Class<P> type) {
    try {
      return handle(keyset).getPrimitive(RegistryConfiguration.get(), type);
    } catch (GeneralSecurityException e) {
      throw new BugException("no primitive for the keyset " + keyset.text(), e);
    }
  }

  private KeysetHandle handle(Keyset keyset) {
    KeysetHandle handle = keysets.get(keyset);
    if (handle == null) {
      throw new VaultException(
          ErrorCode.CORRUPT, "the vault lacks the keyset \"" + keyset.text() + "\"");
    }
    return handle;
  }

  private static void register() {
    try {
      AeadConfig.register();
      PrfConfig.register();
      SignatureConfig.register();
    } catch (GeneralSecurityException e) {
      throw new BugException("registering primitives failed", e);
    }
  }

  private static byte[] binding(Id vault, Keyset keyset) {
    return (vault + "/" + keyset.text()).getBytes(StandardCharsets.UTF_8);
  }
}
