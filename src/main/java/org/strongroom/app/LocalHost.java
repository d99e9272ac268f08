package org.strongroom.app;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.strongroom.cli.Host;
import org.strongroom.cli.Session;
import org.strongroom.crypto.Randomness;
import org.strongroom.ingest.Progress;
import org.strongroom.leak.lookup.Enquiry;
import org.strongroom.leak.lookup.LookupPort;
import org.strongroom.vault.SavedNote;
import org.strongroom.vault.Verification;
import org.strongroom.witness.WitnessKeyFile;

/** What the command line stands on: vaults in directories of this machine. */
final class LocalHost implements Host {
  private final Clock clock;
  private final SecureRandom random;

  LocalHost(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public String init(Path directory, Path keyFile) {
    try (OpenVault made = OpenVault.found(directory, keyFile, clock, random)) {
      return made.users().enrolmentCode(LocalSession.operator()).code();
    }
  }

  @Override
  public Session open(Path directory, Path keyFile, Optional<String> token) {
    return LocalSession.on(OpenVault.open(directory, keyFile, clock, random), token);
  }

  @Override
  public Verification.Summary verify(
      Path directory, Path keyFile, List<SavedNote> saved, Verification.Listener listener) {
    return ClosedVault.verify(directory, keyFile, saved, listener, clock, random);
  }

  @Override
  public Serving serve(ServeOptions options) {
    return Server.start(options, clock, random);
  }

  @Override
  public Witnessing witness(WitnessOptions options) {
    return WitnessServer.start(options, clock, random);
  }

  @Override
  public String witnessKey(Path keyFile, String name) {
    return WitnessKeyFile.create(keyFile, name, random).verifier().text();
  }

  @Override
  public Enquiry enquiry(LookupPort port) {
    return new Enquiry(port, new Randomness(random), clock);
  }

  @Override
  public Demo demo(Path directory, long subjects, Progress progress) {
    return new DemoVault(clock, random).prepare(directory, subjects, progress);
  }
}
