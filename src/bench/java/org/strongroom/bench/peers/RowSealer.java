package org.strongroom.bench.peers;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Sealing as an application usually does it: AES-256-GCM under one key for all records, with a
 * random nonce, and HMAC-SHA-256 for what is searched. For one thread: a cipher and a MAC are made
 * once.
 */
final class RowSealer {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  private final SecretKeySpec key;
  private final Cipher cipher;
  private final Mac mac;
  private final SecureRandom random;
  private final byte[] nonces = new byte[NONCE_BYTES * 1024];
  private int nextNonce = nonces.length;

  RowSealer(PeerKeys keys, SecureRandom random) throws GeneralSecurityException {
    this.random = random;
    key = keys.aes();
    cipher = Cipher.getInstance("AES/GCM/NoPadding");
    mac = Mac.getInstance("HmacSHA256");
    mac.init(keys.hmac());
  }

  /** Nonce, ciphertext and tag of {@code length} bytes from the start of {@code plaintext}. */
  byte[] seal(byte[] plaintext, int length) throws GeneralSecurityException {
    if (nextNonce == nonces.length) {
      // A call for each record would cost more than the cipher.
      random.nextBytes(nonces);
      nextNonce = 0;
    }
    byte[] out = new byte[NONCE_BYTES + length + TAG_BYTES];
    System.arraycopy(nonces, nextNonce, out, 0, NONCE_BYTES);
    nextNonce += NONCE_BYTES;
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG_BYTES, out, 0, NONCE_BYTES));
    cipher.doFinal(plaintext, 0, length, out, NONCE_BYTES);
    return out;
  }

  /** Opens what {@link #seal} made. */
  byte[] open(byte[] ciphertext) throws GeneralSecurityException {
    cipher.init(
        Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * TAG_BYTES, ciphertext, 0, NONCE_BYTES));
    return cipher.doFinal(ciphertext, NONCE_BYTES, ciphertext.length - NONCE_BYTES);
  }

  byte[] hash(String value) {
    return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
  }

  byte @Nullable [] hashOrNull(@Nullable String value) {
    return value == null ? null : hash(value);
  }

  /** What is hashed for the search by name and birth date; null where there is no birth date. */
  static @Nullable String nameAndBirth(@Nullable String[] values) {
    @Nullable String birth = values[ResidentLines.DATE_OF_BIRTH];
    return birth == null ? null : values[ResidentLines.NAME] + "\n" + birth;
  }
}
