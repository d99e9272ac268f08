package org.strongroom.kernel;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A secret: a key, a token's secret half, a password. Prints nothing, compares in constant time,
 * and is wiped by {@link #close}. Only the rooms {@code keys}, {@code crypto} and {@code identity}
 * may call {@link #open}; an architecture test holds that. Not safe for use during or after {@code
 * close}.
 */
public final class SecretBytes implements AutoCloseable {
  private final byte[] bytes;

  private SecretBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes {@code bytes} over without a copy; the caller must neither read nor write it again. */
  public static SecretBytes owned(byte[] bytes) {
    return new SecretBytes(bytes);
  }

  public int length() {
    return bytes.length;
  }

  /** The content itself. The caller must not keep it beyond this object's life. */
  public byte[] open() {
    return bytes;
  }

  /** Overwrites the content with zeros. Idempotent. */
  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  /** Compares in time that depends on the lengths alone. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SecretBytes that && MessageDigest.isEqual(bytes, that.bytes);
  }

  /** Constant, so that no hash of the content gets out. */
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
