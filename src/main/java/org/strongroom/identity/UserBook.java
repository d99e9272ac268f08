package org.strongroom.identity;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.strongroom.identity.StoredUser.StoredToken;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;

/**
 * The accounts in the store: {@code user/NAME} holds an account with its tokens, {@code token/ID}
 * the name of its owner. Changes go one at a time; each is durable when it returns. Thread-safe.
 */
final class UserBook {
  private static final String USERS = "user/";
  private static final String TOKENS = "token/";

  private final Accounts accounts;
  private final AtomicLong generation = new AtomicLong();
  private volatile Names names = new Names(-1, Map.of());

  /** The names of all accounts, which stay with them, as they were at a generation. */
  private record Names(long generation, Map<String, String> byId) {}

  UserBook(Accounts accounts) {
    this.accounts = accounts;
  }

  /**
   * Grows with every change. What was read after this number was taken is true for as long as the
   * number stays.
   */
  long generation() {
    return generation.get();
  }

  /** The account of this name, which may be any text. */
  Optional<StoredUser> find(String name) {
    if (!AccountRules.isName(name)) {
      return Optional.empty();
    }
    return accounts.read(USERS + name).map(json -> StoredJson.read(json, StoredUser.class));
  }

  /** The account of this id. */
  Optional<StoredUser> find(Id id) {
    Names known = names;
    if (!known.byId().containsKey(id.toString()) && known.generation() != generation()) {
      known = names();
      names = known;
    }
    return Optional.ofNullable(known.byId().get(id.toString())).flatMap(this::find);
  }

  private Names names() {
    long now = generation();
    Map<String, String> byId = new HashMap<>();
    all().forEach(user -> byId.put(user.id(), user.name()));
    return new Names(now, byId);
  }

  /** The owner of a token; the token may have been revoked in between. */
  Optional<StoredUser> ownerOf(String tokenId) {
    return accounts
        .read(TOKENS + tokenId)
        .flatMap(name -> find(new String(name, StandardCharsets.UTF_8)));
  }

  /** All accounts by name. */
  List<StoredUser> all() {
    return accounts.list(USERS).stream()
        .map(json -> StoredJson.read(json, StoredUser.class))
        .sorted(Comparator.comparing(StoredUser::name))
        .toList();
  }

  /**
   * Adds an account that has no tokens yet.
   *
   * @param alongside further changes, to be made in the same write
   * @throws VaultException {@link ErrorCode#CONFLICT} if the name is taken
   */
  synchronized void add(StoredUser user, Map<String, Optional<byte[]>> alongside) {
    if (find(user.name()).isPresent()) {
      throw new VaultException(ErrorCode.CONFLICT, "this user name is taken; choose another");
    }
    Map<String, Optional<byte[]>> changes = new HashMap<>(alongside);
    changes.put(USERS + user.name(), Optional.of(StoredJson.write(user)));
    write(changes);
  }

  /**
   * Changes one account, its tokens included.
   *
   * @throws VaultException {@link ErrorCode#NOT_FOUND} if there is none of this name
   */
  synchronized StoredUser change(String name, UnaryOperator<StoredUser> change) {
    StoredUser before =
        find(name)
            .orElseThrow(() -> new VaultException(ErrorCode.NOT_FOUND, "there is no such user"));
    StoredUser after = change.apply(before);
    Map<String, Optional<byte[]>> changes = new HashMap<>();
    for (StoredToken token : before.tokens()) {
      changes.put(TOKENS + token.id(), Optional.empty());
    }
    for (StoredToken token : after.tokens()) {
      changes.remove(TOKENS + token.id());
      if (before.token(token.id()).isEmpty()) {
        changes.put(
            TOKENS + token.id(), Optional.of(after.name().getBytes(StandardCharsets.UTF_8)));
      }
    }
    changes.put(USERS + name, Optional.of(StoredJson.write(after)));
    write(changes);
    return after;
  }

  private void write(Map<String, Optional<byte[]>> changes) {
    try {
      accounts.write(changes);
    } finally {
      // Even after a failure: the store may have got as far as to make the change.
      generation.incrementAndGet();
    }
  }
}
