package org.strongroom.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Signs in by token: the way of every request, so the accounts of tokens in use are remembered. A
 * remembered account counts only while no account has changed since it was read. Thread-safe.
 */
final class TokenSignIn {
  static final int MOST_REMEMBERED = 4_096;

  private static final int HASH_BYTES = 32;

  /** What is known of one token; {@code hash} is never written to. */
  private static final class Known {
    private final byte[] hash;
    private final @Nullable Instant expires;
    private final SignedIn answer;
    private final long generation;

    Known(byte[] hash, @Nullable Instant expires, SignedIn answer, long generation) {
      this.hash = hash;
      this.expires = expires;
      this.answer = answer;
      this.generation = generation;
    }
  }

  private final UserBook users;
  private final Clock clock;
  private final Map<String, Known> remembered = new ConcurrentHashMap<>();

  TokenSignIn(UserBook users, Clock clock) {
    this.users = users;
    this.clock = clock;
  }

  SignIn signIn(String token) {
    if (token.length() != TokenText.LENGTH) {
      return Refused.NOT_AUTHENTICATED;
    }
    byte[] text = token.getBytes(StandardCharsets.US_ASCII);
    try {
      return TokenText.isWellFormed(text) ? signIn(text) : Refused.NOT_AUTHENTICATED;
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private SignIn signIn(byte[] text) {
    String id = TokenText.id(text);
    @Nullable Known known = remembered.get(id);
    if (known == null || known.generation != users.generation()) {
      known = load(id);
    }
    // An unknown token is hashed and compared as well.
    byte[] expected = known == null ? new byte[HASH_BYTES] : known.hash;
    boolean same = MessageDigest.isEqual(expected, TokenText.hash(text));
    if (known == null || !same) {
      return Refused.NOT_AUTHENTICATED;
    }
    if (known.expires != null && !clock.instant().isBefore(known.expires)) {
      return Refused.NOT_AUTHENTICATED;
    }
    return known.answer;
  }

  private @Nullable Known load(String id) {
    // Taken before reading: a change in between makes what was read count as old.
    long generation = users.generation();
    Optional<StoredUser> owner = users.ownerOf(id).filter(user -> !user.disabled());
    Optional<StoredUser.StoredToken> token = owner.flatMap(user -> user.token(id));
    if (owner.isEmpty() || token.isEmpty()) {
      remembered.remove(id);
      return null;
    }
    Known known =
        new Known(
            HexFormat.of().parseHex(token.get().hash()),
            token.get().expires(),
            new SignedIn(owner.get().actor()),
            generation);
    if (remembered.size() >= MOST_REMEMBERED) {
      remembered.clear();
    }
    remembered.put(id, known);
    return known;
  }

  int remembered() {
    return remembered.size();
  }
}
