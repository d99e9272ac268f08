package org.strongroom.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code strongroom serve}. */
@Command(
    name = "serve",
    description = {
      "Serve a vault over https until Ctrl-C or SIGTERM.",
      "On loopback it makes its own certificate; beyond, it needs --cert, --cert-key and an"
          + " enrolled administrator."
    })
final class ServeCommand extends AnsweringCommand {
  @Mixin private final Vaults.Which which = new Vaults.Which();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Default: 127.0.0.1:8443. Port 0 takes a free one.")
  private String listen = "127.0.0.1:8443";

  @Option(names = "--cert", paramLabel = "FILE", description = "PEM certificate chain.")
  private @Nullable Path certificate;

  @Option(names = "--cert-key", paramLabel = "FILE", description = "Its PEM private key.")
  private @Nullable Path certificateKey;

  @Option(
      names = "--public-log",
      description =
          "Show the audit log's checkpoint, tiles and proofs to everybody, without a token. Entries"
              + " are sealed; their number, times of growth and lengths can be seen.")
  private boolean publicLog;

  private final Host host;
  private final Vaults vaults;

  ServeCommand(Host host, Vaults vaults, Console console) {
    super(console);
    this.host = host;
    this.vaults = vaults;
  }

  @Override
  public Integer call() throws InterruptedException {
    Host.Serving serving =
        host.serve(
            new Host.ServeOptions(
                vaults.directory(which),
                vaults.keyFile(which),
                listen,
                Optional.ofNullable(certificate),
                Optional.ofNullable(certificateKey),
                publicLog));
    Map<String, String> said = new LinkedHashMap<>();
    said.put("address", serving.address());
    serving.certificate().ifPresent(file -> said.put("certificate", file.toString()));
    String trust =
        serving.certificate().map(file -> "\nclients trust it by: --ca " + file).orElse("");
    print(said, "serving on " + serving.address() + trust);
    untilStopped(serving);
    return 0;
  }

  /** Waits for a signal; requests in flight finish, and the vault is closed, before the exit. */
  static void untilStopped(Host.Serving serving) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(serving::close, "stopping"));
    new CountDownLatch(1).await();
  }
}
