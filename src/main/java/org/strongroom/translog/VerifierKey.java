package org.strongroom.translog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Bytes;

/**
 * A public key that signs notes under a name (C2SP signed-note, verifier keys). What it signs with
 * depends on its type, and so does its id.
 *
 * @param name of the key: not empty, no white space, no plus
 * @param key Ed25519, 32 bytes
 */
public record VerifierKey(String name, Type type, Bytes key) {
  /** Length of a key id. */
  public static final int ID_BYTES = 4;

  /** What a key's signatures are over. */
  public enum Type {
    /** Ed25519 over the text of the note. */
    NOTE(1),

    /** Ed25519 over a checkpoint and the time (C2SP tlog-cosignature). */
    COSIGNATURE(4);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    static Type of(int code) {
      for (Type type : values()) {
        if (type.code == code) {
          return type;
        }
      }
      throw new IllegalArgumentException(
          "the key has signature type " + code + "; known are 1 and 4, both Ed25519");
    }
  }

  public VerifierKey {
    requireName(name);
    Ed25519.requirePublicKey(key);
  }

  /**
   * Reads {@code name+id+base64(type || key)}.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static VerifierKey parse(String text) {
    String[] parts = text.split("\\+", 3);
    if (parts.length < 3) {
      throw new IllegalArgumentException("the key is not of the form name+id+base64");
    }
    byte[] typed = Canonical.base64(parts[2], "the key");
    if (typed.length == 0) {
      throw new IllegalArgumentException("the key is empty");
    }
    Type type = Type.of(typed[0] & 0xff);
    Bytes key = Bytes.owned(Arrays.copyOfRange(typed, 1, typed.length));
    VerifierKey read = new VerifierKey(parts[0], type, key);
    if (!read.id().hex().equals(parts[1])) {
      throw new IllegalArgumentException("the key's id is not that of its name and key");
    }
    return read;
  }

  /** The key as text, for {@link #parse}. */
  public String text() {
    return name + "+" + id().hex() + "+" + Canonical.base64(typed(type, key.unsafeArray()));
  }

  /** The first four bytes of {@code SHA-256(name || "\n" || type || key)}. */
  public Bytes id() {
    return id(name, type, key.unsafeArray());
  }

  /** Whether a signature claims to be of this key: the same name and id. */
  public boolean isNamedBy(NoteSignature signature) {
    return signature.name().equals(name) && signature.keyId().equals(id());
  }

  /** Whether the signature is this key's over the note's text; the time it tells is not judged. */
  public boolean verifies(Bytes noteText, NoteSignature signature) {
    if (!isNamedBy(signature)) {
      return false;
    }
    return switch (type) {
      case NOTE ->
          Ed25519.verifies(key, noteText.unsafeArray(), signature.signature().unsafeArray());
      case COSIGNATURE -> Cosignature.verifies(key, noteText, signature);
    };
  }

  static Bytes id(String name, Type type, byte[] key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
      return Bytes.owned(Arrays.copyOf(digest.digest(typed(type, key)), ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("every JDK has SHA-256", e);
    }
  }

  /** The type's byte, then the key. */
  static byte[] typed(Type type, byte[] key) {
    byte[] out = new byte[1 + key.length];
    out[0] = (byte) type.code;
    System.arraycopy(key, 0, out, 1, key.length);
    return out;
  }

  /** Refuses the name of a key that signed-note does not allow. */
  static void requireName(String name) {
    boolean allowed =
        !name.isEmpty()
            && name.codePoints()
                .noneMatch(c -> c < ' ' || c == '+' || c == 0x85 || Character.isSpaceChar(c))
            && StandardCharsets.UTF_8.newEncoder().canEncode(name);
    if (!allowed) {
      throw new IllegalArgumentException(
          "the key's name is empty, or has white space, control characters or a plus");
    }
  }
}
