package org.strongroom.vault;

import java.util.HexFormat;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * Names a record within its subject and collection. Ids of later records are smaller, so that the
 * newest comes first in key order; where a subject has one record, it is zero.
 */
public record RecordId(long value) {
  static final RecordId ONLY = new RecordId(0);

  /**
   * Parses 16 hexadecimal digits.
   *
   * @throws VaultException {@code BAD_REQUEST} for anything else
   */
  public static RecordId parse(String hex) {
    try {
      if (hex.length() == 16) {
        return new RecordId(HexFormat.fromHexDigitsToLong(hex));
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one message.
    }
    throw new VaultException(ErrorCode.BAD_REQUEST, "a record id is 16 hexadecimal digits");
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }
}
