package org.strongroom.identity;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * Argon2id (RFC 9106) with 19 MiB, two passes, one lane, which OWASP gives as a minimum; written in
 * the PHC string format, {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}. A stored hash is tried
 * with the parameters that it names itself. Takes tens of milliseconds and the memory named, each
 * time: the caller limits how many run at once.
 */
public final class Argon2idHash implements PasswordHash {
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  // Bounds on what a stored hash may ask for, so that a damaged one cannot exhaust the machine.
  private static final int MAX_MEMORY_KIB = 1 << 18;
  private static final int MAX_PASSES = 16;
  private static final int MAX_LANES = 16;

  private static final int MAX_UTF8_BYTES_PER_CHAR = 3;

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d{1,2})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  private final SecureRandom random;

  public Argon2idHash(SecureRandom random) {
    this.random = random;
  }

  @Override
  public String hash(char[] password) {
    byte[] salt = randomBytes(SALT_BYTES);
    return phc(salt, compute(password, MEMORY_KIB, PASSES, LANES, salt, HASH_BYTES));
  }

  @Override
  public boolean matches(char[] password, String stored) {
    Matcher phc = PHC.matcher(stored);
    if (!phc.matches()) {
      throw corrupt();
    }
    int memoryKib = Integer.parseInt(phc.group(1));
    int passes = Integer.parseInt(phc.group(2));
    int lanes = Integer.parseInt(phc.group(3));
    boolean bounded =
        passes >= 1
            && passes <= MAX_PASSES
            && lanes >= 1
            && lanes <= MAX_LANES
            && memoryKib >= 8 * lanes
            && memoryKib <= MAX_MEMORY_KIB;
    if (!bounded) {
      throw corrupt();
    }
    byte[] salt = decode(phc.group(4));
    byte[] expected = decode(phc.group(5));
    return MessageDigest.isEqual(
        expected, compute(password, memoryKib, passes, lanes, salt, expected.length));
  }

  @Override
  public String decoy() {
    return phc(randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));
  }

  private static byte[] compute(
      char[] password, int memoryKib, int passes, int lanes, byte[] salt, int length) {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] utf8 = utf8(password);
    try {
      byte[] out = new byte[length];
      argon2.generateBytes(utf8, out);
      return out;
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }

  /** Never by way of a String, which could not be wiped. */
  private static byte[] utf8(char[] password) {
    byte[] room = new byte[password.length * MAX_UTF8_BYTES_PER_CHAR];
    ByteBuffer encoded = ByteBuffer.wrap(room);
    StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .encode(CharBuffer.wrap(password), encoded, true);
    byte[] out = Arrays.copyOf(room, encoded.position());
    Arrays.fill(room, (byte) 0);
    return out;
  }

  private byte[] randomBytes(int count) {
    byte[] out = new byte[count];
    random.nextBytes(out);
    return out;
  }

  private static String phc(byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m="
        + MEMORY_KIB
        + ",t="
        + PASSES
        + ",p="
        + LANES
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(hash);
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw corrupt();
    }
  }

  private static VaultException corrupt() {
    return new VaultException(
        ErrorCode.CORRUPT, "a stored password hash cannot be read; set that password again");
  }
}
