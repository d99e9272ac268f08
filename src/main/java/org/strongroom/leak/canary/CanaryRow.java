package org.strongroom.leak.canary;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;

/**
 * What is registered of a canary: {@code subject(16) planted(8) recipient}, the time in
 * milliseconds since 1970, the recipient in UTF-8 to the end and empty for none.
 */
record CanaryRow(Id subject, Instant planted, Optional<String> recipient) {
  private static final int RECIPIENT_AT = Id.BYTES + Long.BYTES;

  byte[] bytes() {
    byte[] name = recipient.orElse("").getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[RECIPIENT_AT + name.length];
    subject.write(out, 0);
    BigEndian.putLong(out, Id.BYTES, planted.toEpochMilli());
    System.arraycopy(name, 0, out, RECIPIENT_AT, name.length);
    return out;
  }

  static CanaryRow read(byte[] row) {
    if (row.length < RECIPIENT_AT) {
      throw new VaultException(ErrorCode.CORRUPT, "the row of a canary has not its length");
    }
    byte[] name = Arrays.copyOfRange(row, RECIPIENT_AT, row.length);
    return new CanaryRow(
        Id.read(row, 0),
        Instant.ofEpochMilli(BigEndian.getLong(row, Id.BYTES)),
        Optional.of(new String(name, StandardCharsets.UTF_8)).filter(text -> !text.isEmpty()));
  }
}
