package org.strongroom.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.strongroom.cli.Host;
import org.strongroom.http.Limits;
import org.strongroom.http.ListenAddress;
import org.strongroom.http.Listener;
import org.strongroom.http.PemFiles;
import org.strongroom.http.Route;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.translog.VerifierKey;
import org.strongroom.witness.Witness;
import org.strongroom.witness.WitnessKeyFile;
import org.strongroom.witness.WitnessRoutes;

/** A witness behind a listener: plain http on loopback, else https with a given certificate. */
final class WitnessServer implements Host.Witnessing {
  private final Witness witness;
  private final Listener listener;
  private final String scheme;
  private final String host;

  private WitnessServer(Witness witness, Listener listener, String scheme, String host) {
    this.witness = witness;
    this.listener = listener;
    this.scheme = scheme;
    this.host = host;
  }

  /**
   * Opens key and state and listens.
   *
   * @throws VaultException saying what is wrong: with the options, a file, the state or the address
   */
  static WitnessServer start(Host.WitnessOptions options, Clock clock, SecureRandom random) {
    if (options.certificate().isPresent() != options.certificateKey().isPresent()) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "--cert and --cert-key go together: give both or neither");
    }
    ListenAddress address = ListenAddress.parse(options.listen());
    boolean tls = options.certificate().isPresent();
    // A witness holds nothing of anybody, so nobody needs to answer for it but by its key.
    address.requireAllowed(tls, true);
    Witness witness =
        new Witness(WitnessKeyFile.open(options.keyFile()), options.state(), logs(options), clock);
    try {
      List<Route<String>> routes = new WitnessRoutes(witness).routes();
      Listener listener =
          tls
              ? new Listener(
                  address,
                  PemFiles.load(
                      options.certificate().orElseThrow(),
                      options.certificateKey().orElseThrow(),
                      clock),
                  routes,
                  WitnessRoutes.doorkeeper(),
                  Limits.DEFAULT,
                  random)
              : Listener.plain(address, routes, WitnessRoutes.doorkeeper(), Limits.DEFAULT, random);
      listener.start();
      return new WitnessServer(witness, listener, tls ? "https" : "http", address.host());
    } catch (RuntimeException e) {
      witness.close();
      throw e;
    }
  }

  /** The keys that were given, and those in the file, one a line. */
  private static List<VerifierKey> logs(Host.WitnessOptions options) {
    List<VerifierKey> out = new ArrayList<>();
    for (String text : options.logs()) {
      out.add(key(text, "--log"));
    }
    options.logFile().ifPresent(file -> out.addAll(read(file)));
    if (out.isEmpty()) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "name the logs to witness with --log or --log-file");
    }
    return out;
  }

  private static List<VerifierKey> read(Path file) {
    List<VerifierKey> out = new ArrayList<>();
    int number = 0;
    try {
      for (String line : Files.readAllLines(file)) {
        number++;
        if (!line.isBlank() && !line.startsWith("#")) {
          out.add(key(line.strip(), file + ", line " + number));
        }
      }
      return out;
    } catch (IOException e) {
      throw new VaultException(ErrorCode.BAD_REQUEST, "cannot read " + file, e);
    }
  }

  private static VerifierKey key(String text, String where) {
    try {
      return VerifierKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw new VaultException(ErrorCode.BAD_REQUEST, where + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String address() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return scheme + "://" + name + ":" + listener.port();
  }

  @Override
  public Optional<Path> certificate() {
    return Optional.empty();
  }

  @Override
  public String key() {
    return witness.verifier().text();
  }

  @Override
  public void close() {
    listener.close();
    witness.close();
  }
}
