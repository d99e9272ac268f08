package org.strongroom.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code strongroom witness}. */
@Command(
    name = "witness",
    description = {
      "Run a witness: it cosigns the checkpoints of audit logs and refuses a fork.",
      "Best run by somebody else than who runs the vault, on another machine. It needs no vault.",
      "On loopback it may speak plain http; beyond, it needs --cert and --cert-key."
    })
final class WitnessCommand extends AnsweringCommand {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Default: 127.0.0.1:8444. Port 0 takes a free one.")
  private String listen = "127.0.0.1:8444";

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Required. The witness's private key, made by: strongroom witness key.")
  private @Nullable Path keyFile;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Required. Where it keeps what it cosigned; for this witness alone.")
  private @Nullable Path state;

  @Option(
      names = "--log",
      paramLabel = "VKEY",
      description = "The key of a log; at least one, here or in --log-file. Repeatable.")
  private List<String> logs = new ArrayList<>();

  @Option(names = "--log-file", paramLabel = "FILE", description = "Keys of logs, one a line.")
  private @Nullable Path logFile;

  @Option(names = "--cert", paramLabel = "FILE", description = "PEM certificate chain.")
  private @Nullable Path certificate;

  @Option(names = "--cert-key", paramLabel = "FILE", description = "Its PEM private key.")
  private @Nullable Path certificateKey;

  private final Host host;

  private WitnessCommand(Host host, Console console) {
    super(console);
    this.host = host;
  }

  static CommandLine group(Host host, Console console) {
    return new CommandLine(new WitnessCommand(host, console)).addSubcommand(new Key(host, console));
  }

  @Override
  public Integer call() throws InterruptedException {
    Host.Witnessing serving =
        host.witness(
            new Host.WitnessOptions(
                listen,
                given("--key", keyFile),
                given("--state", state),
                logs,
                Optional.ofNullable(logFile),
                Optional.ofNullable(certificate),
                Optional.ofNullable(certificateKey)));
    Map<String, String> said = new LinkedHashMap<>();
    said.put("address", serving.address());
    said.put("key", serving.key());
    print(said, "witnessing on " + serving.address() + "\nits key: " + serving.key());
    ServeCommand.untilStopped(serving);
    return 0;
  }

  /** Not left to picocli, which would ask for it before {@code witness key}, too. */
  private Path given(String option, @Nullable Path path) {
    if (path == null) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "Missing required option: '" + option + "'");
    }
    return path;
  }

  /** {@code witness key}. */
  @Command(
      name = "key",
      description = {
        "Make a witness's key and print its public half.",
        "The file is for its owner alone, and is never overwritten."
      })
  static final class Key extends AnsweringCommand {
    @Option(
        names = "--name",
        required = true,
        paramLabel = "NAME",
        description = "Of the witness, best an address without https://.")
    private @Nullable String name;

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "A new file.")
    private @Nullable Path keyFile;

    private final Host host;

    private Key(Host host, Console console) {
      super(console);
      this.host = host;
    }

    @Override
    public Integer call() {
      String key = host.witnessKey(Objects.requireNonNull(keyFile), Objects.requireNonNull(name));
      print(Map.of("key", key), key);
      return 0;
    }
  }
}
