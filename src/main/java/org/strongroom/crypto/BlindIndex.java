package org.strongroom.crypto;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.SecretBytes;

/**
 * The blind values of one index: HMAC-SHA-256 (RFC 2104, FIPS 198-1) under that index's own key,
 * truncated to {@value #BLIND_BYTES} bytes. Equal values have equal blind values, which is what the
 * index tells whoever reads the disk; without the key nothing else. Thread-safe; a MAC per thread.
 */
public final class BlindIndex {
  public static final int BLIND_BYTES = 16;

  private final ThreadLocal<Mac> macs;

  /**
   * @param key 32 bytes; copied
   */
  public BlindIndex(SecretBytes key) {
    SecretKeySpec secret = new SecretKeySpec(key.open(), "HmacSHA256");
    this.macs =
        ThreadLocal.withInitial(
            () -> {
              try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(secret);
                return mac;
              } catch (NoSuchAlgorithmException | InvalidKeyException e) {
                throw new BugException("every JDK has HMAC-SHA-256", e);
              }
            });
  }

  /** The blind value of a normalised value: {@value #BLIND_BYTES} bytes. */
  public byte[] blind(byte[] normalised) {
    return Arrays.copyOf(macs.get().doFinal(normalised), BLIND_BYTES);
  }
}
