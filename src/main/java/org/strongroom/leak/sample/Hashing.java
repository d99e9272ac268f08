package org.strongroom.leak.sample;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.strongroom.kernel.BugException;

/** SHA-256 (FIPS 180-4). */
final class Hashing {
  private Hashing() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("every JDK has SHA-256", e);
    }
  }
}
