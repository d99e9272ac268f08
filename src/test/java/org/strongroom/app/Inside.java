package org.strongroom.app;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.strongroom.cli.Session;
import org.strongroom.identity.Actor;
import org.strongroom.store.Store;
import org.strongroom.vault.FindRequest;
import org.strongroom.vault.FindResponse;

/**
 * A vault directory opened in the tests' own process, for what a command line would take too long
 * for: thousands of finds, and a look at the store. Thread-safe.
 */
public final class Inside implements AutoCloseable {
  private final OpenVault open;
  private final LocalSession session;

  private Inside(OpenVault open, LocalSession session) {
    this.open = open;
    this.session = session;
  }

  /**
   * Opens a vault whose key file has the default name.
   *
   * @param token who is asking
   */
  public static Inside open(Path directory, String token) {
    OpenVault open = opened(directory);
    return new Inside(open, LocalSession.on(open, Optional.of(token)));
  }

  /**
   * Does what {@code user add the-ROLE --role ROLE --token} does, as the operator.
   *
   * @return the tokens, by role
   */
  public static Map<String, String> addUsers(Path directory, String... roles) {
    Map<String, String> tokens = new TreeMap<>();
    if (roles.length == 0) {
      return tokens;
    }
    try (Session session = LocalSession.on(opened(directory), Optional.empty())) {
      for (String role : roles) {
        String token =
            session
                .addUser("the-" + role, Set.of(role), Actor.Kind.USER, Optional.empty(), true)
                .token();
        tokens.put(role, Objects.requireNonNull(token));
      }
    }
    return tokens;
  }

  private static OpenVault opened(Path directory) {
    Path key = directory.resolveSibling(directory.getFileName() + ".key");
    return OpenVault.open(directory, key, Clock.systemUTC(), new SecureRandom());
  }

  /** What an investigator is shown: everything, in the clear. */
  public List<FindResponse.Found> find(Map<String, String> where, boolean history) {
    FindRequest request =
        new FindRequest(where, null, "serious-crime", "end-to-end test", null, null, history);
    return session.find("residents", request).matches();
  }

  public Store store() {
    return open.store();
  }

  @Override
  public void close() {
    session.close();
  }
}
