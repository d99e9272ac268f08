package org.strongroom.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.strongroom.kernel.BugException;

/**
 * The text of a token: {@code srm_}, 11 characters of id, 43 of secret, 6 of check, all of 0-9 A-Z
 * a-z. Each character of id and secret is drawn by itself, so they hold 65 and 256 random bits. The
 * check is the CRC-32 of all before it, in base 62: it lets a mistyped token be told without a
 * look-up, and a secret scanner tell a token from chance ({@code srm_[0-9A-Za-z]{60}}). It protects
 * nothing.
 */
final class TokenText {
  static final String PREFIX = "srm_";
  static final int ID_CHARS = 11;
  private static final int SECRET_CHARS = 43;
  private static final int CHECK_CHARS = 6;
  private static final int ID_START = PREFIX.length();
  private static final int CHECK_START = ID_START + ID_CHARS + SECRET_CHARS;
  static final int LENGTH = CHECK_START + CHECK_CHARS;

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private TokenText() {}

  /** A new token in ASCII. */
  static byte[] fresh(SecureRandom random) {
    byte[] text = new byte[LENGTH];
    for (int i = 0; i < ID_START; i++) {
      text[i] = (byte) PREFIX.charAt(i);
    }
    for (int i = ID_START; i < CHECK_START; i++) {
      text[i] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }
    writeCheck(text, text);
    return text;
  }

  /** Whether this is a token that could have been issued, before any look-up. */
  static boolean isWellFormed(byte[] text) {
    if (text.length != LENGTH) {
      return false;
    }
    for (int i = 0; i < ID_START; i++) {
      if (text[i] != PREFIX.charAt(i)) {
        return false;
      }
    }
    for (int i = ID_START; i < CHECK_START; i++) {
      if (!isAlphanumeric(text[i])) {
        return false;
      }
    }
    byte[] expected = text.clone();
    writeCheck(text, expected);
    boolean same = MessageDigest.isEqual(text, expected);
    Arrays.fill(expected, (byte) 0);
    return same;
  }

  /** The id within a well-formed token. */
  static String id(byte[] text) {
    return new String(text, ID_START, ID_CHARS, StandardCharsets.US_ASCII);
  }

  /** What is kept of a token: the SHA-256 of its id and secret. The secret needs no slow hash. */
  static byte[] hash(byte[] text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(text, ID_START, CHECK_START - ID_START);
      return sha256.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("every JDK has SHA-256", e);
    }
  }

  /** Writes the check of {@code from} to its place in {@code to}, which may be the same array. */
  static void writeCheck(byte[] from, byte[] to) {
    CRC32 crc = new CRC32();
    crc.update(from, 0, CHECK_START);
    long rest = crc.getValue();
    for (int i = LENGTH - 1; i >= CHECK_START; i--) {
      to[i] = (byte) ALPHABET.charAt((int) (rest % ALPHABET.length()));
      rest /= ALPHABET.length();
    }
  }

  private static boolean isAlphanumeric(byte b) {
    return (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
  }
}
