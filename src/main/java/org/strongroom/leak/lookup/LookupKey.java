package org.strongroom.leak.lookup;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.translog.Hashes;

/**
 * What an identifier is looked up by: the first {@value #BYTES} bytes of a hash of it. The first
 * {@value #PREFIX_BYTES} of them name the range that is asked for, the others are compared by who
 * asks.
 *
 * @param value {@value #BYTES} bytes
 */
public record LookupKey(Bytes value) {
  public static final int BYTES = 16;

  /** How much of a key is told. The more, the fewer others it could be. */
  public static final int PREFIX_BYTES = 2;

  static final int SUFFIX_BYTES = BYTES - PREFIX_BYTES;

  /** How many ranges there are of each kind. */
  static final int RANGES = 1 << (Byte.SIZE * PREFIX_BYTES);

  private static final int PREFIX_DIGITS = 2 * PREFIX_BYTES;

  public LookupKey {
    if (value.length() != BYTES) {
      throw new IllegalArgumentException("a key has 16 bytes");
    }
  }

  /** The key of a hash, of which it is the beginning. */
  static LookupKey of(Bytes hash) {
    return new LookupKey(Bytes.owned(Arrays.copyOf(hash.unsafeArray(), BYTES)));
  }

  /** The key of an identifier that is not guessable: by its plain SHA-256. */
  static LookupKey ofPlain(String canonical) {
    return of(Bytes.owned(Hashes.sha256(canonical.getBytes(StandardCharsets.UTF_8))));
  }

  /** The range, as in addresses: four lower-case hexadecimal digits. */
  public String prefix() {
    return value.hex().substring(0, PREFIX_DIGITS);
  }

  /** What is left: 28 lower-case hexadecimal digits. */
  public String suffix() {
    return value.hex().substring(PREFIX_DIGITS);
  }

  /**
   * The number of a range.
   *
   * @throws VaultException {@code BAD_REQUEST} for anything but four hexadecimal digits
   */
  static int range(String prefix) {
    if (prefix.length() == PREFIX_DIGITS) {
      try {
        byte[] bytes = HexFormat.of().parseHex(prefix);
        return (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
      } catch (IllegalArgumentException e) {
        throw noPrefix();
      }
    }
    throw noPrefix();
  }

  private static VaultException noPrefix() {
    return new VaultException(ErrorCode.BAD_REQUEST, "a prefix is four hexadecimal digits");
  }

  @Override
  public String toString() {
    return "LookupKey[redacted]";
  }
}
