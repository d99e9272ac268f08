package org.strongroom.kernel;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable byte string that is no secret. Thread-safe; equality is by content. */
public final class Bytes implements Comparable<Bytes> {
  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies {@code bytes}. */
  public static Bytes copyOf(byte[] bytes) {
    return new Bytes(bytes.clone());
  }

  /** Takes {@code bytes} over without a copy; the caller must never write to it again. */
  public static Bytes owned(byte[] bytes) {
    return new Bytes(bytes);
  }

  /** Parses lower- or upper-case hexadecimal; throws {@link IllegalArgumentException} otherwise. */
  public static Bytes ofHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  public int length() {
    return bytes.length;
  }

  /** A fresh copy of the content. */
  public byte[] toArray() {
    return bytes.clone();
  }

  /** The content itself, for reading only: writing to it breaks this object. */
  public byte[] unsafeArray() {
    return bytes;
  }

  /** Lower-case hexadecimal. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
