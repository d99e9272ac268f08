package org.strongroom.identity;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.SecretBytes;

/**
 * A new token. Its text exists here and nowhere else: the vault keeps a hash.
 *
 * @param id by which it is listed and revoked
 * @param text the token in ASCII
 * @param expires null if it is valid until revoked
 */
public record IssuedToken(String id, SecretBytes text, @Nullable Instant expires) {
  /** The token as its owner needs it, to be shown once. A String cannot be wiped. */
  public String reveal() {
    return new String(text.open(), StandardCharsets.US_ASCII);
  }
}
