package org.strongroom.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.strongroom.crypto.Randomness;
import org.strongroom.ingest.Progress;
import org.strongroom.leak.lookup.Enquiry;
import org.strongroom.leak.lookup.LookupPort;
import org.strongroom.vault.SavedNote;
import org.strongroom.vault.Verification;

/** A program around the command line whose vault does what a test says, and nothing else. */
final class FakeHost implements Host {
  private final Session session;

  /**
   * @param session answers the methods of a {@link Session}
   */
  FakeHost(InvocationHandler session) {
    this.session =
        (Session)
            Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, session);
  }

  /** Runs a command line on the vault; its exit code. */
  int run(String... arguments) {
    return Strongroom.run(this, Map.of("STRONGROOM_VAULT", "somewhere"), arguments);
  }

  @Override
  public Session open(Path directory, Path keyFile, Optional<String> token) {
    return session;
  }

  @Override
  public String init(Path directory, Path keyFile) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Serving serve(ServeOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Enquiry enquiry(LookupPort port) {
    return new Enquiry(port, new Randomness(new SecureRandom()), Clock.systemUTC());
  }

  @Override
  public Demo demo(Path directory, long subjects, Progress progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Witnessing witness(WitnessOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String witnessKey(Path keyFile, String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Verification.Summary verify(
      Path directory, Path keyFile, List<SavedNote> saved, Verification.Listener listener) {
    throw new UnsupportedOperationException();
  }
}
