package org.strongroom.translog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Bytes;

/** Notes signed with Ed25519 (C2SP signed-note). */
public final class SignedNote {
  private static final byte ED25519 = 1;
  private static final int KEY_ID_BYTES = 4;

  private SignedNote() {}

  /**
   * The note over {@code body}, with one signature.
   *
   * @param body ends in a newline
   * @param name of the key: not empty, no white space, no plus
   * @param sign from the body to a 64-byte signature
   */
  public static byte[] sign(byte[] body, String name, Bytes publicKey, UnaryOperator<byte[]> sign) {
    byte[] signature = sign.apply(body);
    byte[] tagged = Arrays.copyOf(keyId(name, publicKey), KEY_ID_BYTES + signature.length);
    System.arraycopy(signature, 0, tagged, KEY_ID_BYTES, signature.length);
    String text =
        new String(body, StandardCharsets.UTF_8)
            + "\n\u2014 "
            + name
            + " "
            + Base64.getEncoder().encodeToString(tagged)
            + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The verifier key: {@code name+hash+base64(type || key)}. */
  public static String verifierKey(String name, Bytes publicKey) {
    byte[] key = typed(publicKey);
    return name
        + "+"
        + Bytes.owned(keyId(name, publicKey)).hex()
        + "+"
        + Base64.getEncoder().encodeToString(key);
  }

  /** The first four bytes of {@code SHA-256(name || "\n" || type || key)}. */
  private static byte[] keyId(String name, Bytes publicKey) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(digest.digest(typed(publicKey)), KEY_ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("every JDK has SHA-256", e);
    }
  }

  private static byte[] typed(Bytes publicKey) {
    byte[] out = new byte[1 + publicKey.length()];
    out[0] = ED25519;
    System.arraycopy(publicKey.unsafeArray(), 0, out, 1, publicKey.length());
    return out;
  }
}
