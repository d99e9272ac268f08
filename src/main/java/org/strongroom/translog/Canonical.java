package org.strongroom.translog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.strongroom.kernel.Bytes;

/**
 * Reads text that has one way of being written, and refuses all others: two texts that mean the
 * same would be two proofs of one thing. What is wrong is told in an {@link
 * IllegalArgumentException} that begins with the name of what was read.
 */
final class Canonical {
  private Canonical() {}

  /** A number from 0 to 2^63-1: ASCII digits without leading zeros. */
  static long decimal(String text, String what) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      throw new IllegalArgumentException(what + " is no decimal number");
    }
    if (text.length() > 1 && text.charAt(0) == '0') {
      throw new IllegalArgumentException(what + " has leading zeros");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(what + " is beyond 2^63-1", e);
    }
  }

  /** Standard base64 (RFC 4648, section 4): padded, unused bits zero, no line breaks. */
  static byte[] base64(String text, String what) {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(what + " is not base64", e);
    }
    if (!base64(decoded).equals(text)) {
      throw new IllegalArgumentException(what + " is not canonical base64");
    }
    return decoded;
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The base64 of a hash. */
  static Bytes hash(String text, String what) {
    byte[] hash = base64(text, what);
    if (hash.length != Hashes.BYTES) {
      throw new IllegalArgumentException(
          what + " has " + hash.length + " bytes, a hash has " + Hashes.BYTES);
    }
    return Bytes.owned(hash);
  }

  /** UTF-8 without control characters other than newlines. */
  static String text(byte[] bytes, int maxBytes, String what) {
    if (bytes.length > maxBytes) {
      throw new IllegalArgumentException(
          what + " has " + bytes.length + " bytes, at most " + maxBytes + " are read");
    }
    String text = utf8(bytes, what);
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' && text.charAt(i) != '\n') {
        throw new IllegalArgumentException(
            what + " holds a control character (code " + (int) text.charAt(i) + ")");
      }
    }
    return text;
  }

  /** UTF-8 without errors. */
  static String utf8(byte[] bytes, String what) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(what + " is not UTF-8", e);
    }
  }
}
