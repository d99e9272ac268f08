package org.strongroom.app;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.strongroom.audit.Sequencer;
import org.strongroom.cli.Host;
import org.strongroom.http.Limits;
import org.strongroom.http.ListenAddress;
import org.strongroom.http.Listener;
import org.strongroom.http.PemFiles;
import org.strongroom.http.TlsMaterial;
import org.strongroom.ingest.Importer;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.rest.Api;
import org.strongroom.rest.TokenDoorkeeper;

/** A vault directory behind a listener. */
final class Server implements Host.Serving {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final OpenVault vault;
  private final Listener listener;
  private final String host;
  private final Optional<Path> certificate;

  private Server(OpenVault vault, Listener listener, String host, Optional<Path> certificate) {
    this.vault = vault;
    this.listener = listener;
    this.host = host;
    this.certificate = certificate;
  }

  /**
   * Opens the vault and listens.
   *
   * @throws VaultException {@code REFUSED_TO_LISTEN} when that would leave a door open, or the
   *     address cannot be had; whatever opening a vault throws
   */
  static Server start(Host.ServeOptions options, Clock clock, SecureRandom random) {
    if (options.certificate().isPresent() != options.certificateKey().isPresent()) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "--cert and --cert-key go together: give both or neither");
    }
    ListenAddress address = ListenAddress.parse(options.listen());
    OpenVault vault = OpenVault.open(options.directory(), options.keyFile(), clock, random);
    try {
      boolean own = options.certificate().isEmpty();
      address.requireAllowed(!own, vault.identity().hasAdministrator());
      TlsMaterial tls =
          own
              ? VaultCertificate.of(vault, options.directory(), random)
              : PemFiles.load(
                  options.certificate().orElseThrow(),
                  options.certificateKey().orElseThrow(),
                  clock);
      Api api =
          new Api(
              vault.services(vault.leaks()),
              vault.lookups(),
              new Importer(vault.vault(), LocalSession.workers()),
              options.openLog());
      Listener listener =
          new Listener(
              address,
              tls,
              api.routes(),
              new TokenDoorkeeper(vault.identity()),
              Limits.DEFAULT,
              random);
      listener.start();
      return new Server(
          vault,
          listener,
          address.host(),
          own ? Optional.of(VaultCertificate.file(options.directory())) : Optional.empty());
    } catch (RuntimeException e) {
      vault.close();
      throw e;
    }
  }

  @Override
  public String address() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return "https://" + name + ":" + listener.port();
  }

  @Override
  public Optional<Path> certificate() {
    return certificate;
  }

  @Override
  public void close() {
    // Else requests that wait for witnesses would hold up the listener until it cuts them off.
    vault.sequencer().closing();
    listener.close();
    vault.close();
    Sequencer.Written written = vault.sequencer().written();
    LOG.info("closed after {} entries in {} synced writes", written.entries(), written.syncs());
  }
}
