package org.strongroom.identity;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.strongroom.kernel.SecretBytes;

/**
 * A new enrolment code: whoever has it may make himself an administrator, once, until it expires.
 *
 * @param code four groups of five characters, in ASCII
 */
public record Enrolment(SecretBytes code, Instant expires) {
  /** The code as it is to be typed, to be shown once. A String cannot be wiped. */
  public String reveal() {
    return new String(code.open(), StandardCharsets.US_ASCII);
  }
}
