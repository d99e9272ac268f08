package org.strongroom.app;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Path key = directory.resolveSibling(directory.getFileName() + ".key");
    OpenVault open = OpenVault.open(directory, key, Clock.systemUTC(), new SecureRandom());
    return new Inside(open, LocalSession.on(open, Optional.of(token)));
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
