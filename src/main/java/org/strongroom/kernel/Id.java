package org.strongroom.kernel;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * 128 random bits that name something: a subject, the vault, an actor, a blob. Never derived from
 * personal data. Written as 32 lower-case hexadecimal digits.
 *
 * @param high the first eight bytes, big-endian
 * @param low the last eight bytes, big-endian
 */
public record Id(long high, long low) implements Comparable<Id> {
  /** Length of the binary form. */
  public static final int BYTES = 16;

  public static Id random(SecureRandom random) {
    return new Id(random.nextLong(), random.nextLong());
  }

  /** Reads the binary form at {@code offset}. */
  public static Id read(byte[] from, int offset) {
    return new Id(BigEndian.getLong(from, offset), BigEndian.getLong(from, offset + 8));
  }

  /**
   * Parses 32 hexadecimal digits.
   *
   * @throws VaultException {@link ErrorCode#BAD_REQUEST} for anything else
   */
  public static Id parse(String hex) {
    if (hex.length() != 2 * BYTES) {
      throw new VaultException(ErrorCode.BAD_REQUEST, "an id is 32 hexadecimal digits");
    }
    try {
      return read(HexFormat.of().parseHex(hex), 0);
    } catch (IllegalArgumentException e) {
      throw new VaultException(ErrorCode.BAD_REQUEST, "an id is 32 hexadecimal digits");
    }
  }

  /** Writes the binary form at {@code offset}. */
  public void write(byte[] to, int offset) {
    BigEndian.putLong(to, offset, high);
    BigEndian.putLong(to, offset + 8, low);
  }

  public byte[] toArray() {
    byte[] out = new byte[BYTES];
    write(out, 0);
    return out;
  }

  @Override
  public int compareTo(Id other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
