package org.strongroom.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.kernel.VaultException;

/**
 * The one enrolment code that may be open at a time: 100 random bits as 20 characters of
 * Crockford's base 32. Kept as a hash; void after use, after {@link #VALID_FOR}, and after {@link
 * #TRIES} wrong ones. Thread-safe.
 */
final class Enrolments {
  static final Duration VALID_FOR = Duration.ofDays(7);
  static final int TRIES = 10;

  private static final String KEY = "enrolment/code";
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int CHARS = 20;
  private static final int GROUP = 5;

  record StoredEnrolment(String hash, Instant expires, int triesLeft) {}

  private final Accounts accounts;
  private final UserBook users;
  private final Clock clock;
  private final SecureRandom random;

  Enrolments(Accounts accounts, UserBook users, Clock clock, SecureRandom random) {
    this.accounts = accounts;
    this.users = users;
    this.clock = clock;
    this.random = random;
  }

  /** Makes a code; one made before is void from then on. */
  synchronized Enrolment open() {
    byte[] shown = new byte[CHARS + CHARS / GROUP - 1];
    byte[] bare = new byte[CHARS];
    int at = 0;
    for (int i = 0; i < CHARS; i++) {
      if (i > 0 && i % GROUP == 0) {
        shown[at++] = '-';
      }
      bare[i] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      shown[at++] = bare[i];
    }
    Instant expires = clock.instant().plus(VALID_FOR);
    put(new StoredEnrolment(HexFormat.of().formatHex(hash(bare)), expires, TRIES));
    Arrays.fill(bare, (byte) 0);
    return new Enrolment(SecretBytes.owned(shown), expires);
  }

  /**
   * Uses the code up and adds the user, both or neither.
   *
   * @param user made only when the code is right
   * @throws VaultException {@link ErrorCode#NOT_AUTHENTICATED}, always in the same words, for a
   *     code that is not the open one; what {@link UserBook#add} throws leaves the code open
   */
  synchronized StoredUser redeem(String code, Supplier<StoredUser> user) {
    byte[] bare = normalise(code);
    StoredEnrolment open =
        accounts
            .read(KEY)
            .map(json -> StoredJson.read(json, StoredEnrolment.class))
            .filter(stored -> clock.instant().isBefore(stored.expires()))
            .orElseThrow(Enrolments::refused);
    // What cannot be a code at all is a slip of the hand, and costs no try.
    if (bare.length != CHARS) {
      throw refused();
    }
    boolean right = MessageDigest.isEqual(HexFormat.of().parseHex(open.hash()), hash(bare));
    Arrays.fill(bare, (byte) 0);
    if (!right) {
      int left = open.triesLeft() - 1;
      if (left > 0) {
        byte[] less = StoredJson.write(new StoredEnrolment(open.hash(), open.expires(), left));
        accounts.writeRefused(Map.of(KEY, Optional.of(less)));
      } else {
        accounts.writeRefused(Map.of(KEY, Optional.empty()));
      }
      throw refused();
    }
    StoredUser made = user.get();
    users.add(made, Map.of(KEY, Optional.empty()));
    return made;
  }

  private void put(StoredEnrolment enrolment) {
    accounts.write(Map.of(KEY, Optional.of(StoredJson.write(enrolment))));
  }

  /** Upper case without dashes and spaces, and the letters that Crockford reads as digits. */
  private static byte[] normalise(String code) {
    return code.replaceAll("[\\s-]", "")
        .toUpperCase(Locale.ROOT)
        .replace('O', '0')
        .replace('I', '1')
        .replace('L', '1')
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hash(byte[] code) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(code);
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("every JDK has SHA-256", e);
    }
  }

  private static VaultException refused() {
    return new VaultException(
        ErrorCode.NOT_AUTHENTICATED,
        "the enrolment code is wrong, used or expired; whoever holds the key file can make another");
  }
}
