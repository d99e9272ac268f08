package org.strongroom.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.vault.SavedNote;
import org.strongroom.vault.Verification;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** From {@code --vault} and the environment to an open session. */
final class Vaults {
  private final Host host;
  private final Map<String, String> environment;

  Vaults(Host host, Map<String, String> environment) {
    this.host = host;
    this.environment = environment;
  }

  /** The options that name a vault. */
  static final class Which {
    @Option(
        names = "--vault",
        paramLabel = "DIR|URL",
        description = "The vault: a directory, or https://HOST:PORT. Default: STRONGROOM_VAULT.")
    private @Nullable String vault;

    @Option(
        names = "--key-file",
        paramLabel = "FILE",
        description = "The key of a vault directory. Default: DIR.key.")
    private @Nullable Path keyFile;

    @Option(
        names = "--ca",
        paramLabel = "FILE",
        description =
            "PEM certificate that a server is trusted by. Default: STRONGROOM_CA, else the"
                + " system's.")
    private @Nullable Path ca;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();
  }

  Session open(Which which) {
    String vault = name(which);
    Optional<String> token = Optional.ofNullable(environment.get("STRONGROOM_TOKEN"));
    if (vault.startsWith("https://")) {
      Optional<Path> ca =
          Optional.ofNullable(which.ca)
              .or(() -> Optional.ofNullable(environment.get("STRONGROOM_CA")).map(Path::of));
      return new RemoteSession(address(vault), token, ca);
    }
    if (vault.startsWith("http://")) {
      throw new VaultException(ErrorCode.BAD_REQUEST, "a vault is reached by https alone");
    }
    return host.open(Path.of(vault), keyFile(which), token);
  }

  /**
   * Verifies a vault. A directory without a token is verified by its parts, since it may be too
   * damaged to be opened.
   */
  Verification.Summary verify(Which which, List<SavedNote> saved, Verification.Listener listener) {
    if (name(which).startsWith("http") || environment.containsKey("STRONGROOM_TOKEN")) {
      try (Session session = open(which)) {
        return session.verify(saved, listener);
      }
    }
    return host.verify(directory(which), keyFile(which), saved, listener);
  }

  private static URI address(String vault) {
    try {
      return new URI(vault);
    } catch (URISyntaxException e) {
      throw new VaultException(ErrorCode.BAD_REQUEST, "a server is named by https://HOST:PORT");
    }
  }

  /** The directory that is meant, for acts that need one. */
  Path directory(Which which) {
    return directory(which.vault, which.command);
  }

  /** The same of a command that has other options than {@link Which}. */
  Path directory(@Nullable String given, CommandSpec command) {
    String vault = name(given, command);
    if (vault.startsWith("https://")) {
      throw new VaultException(ErrorCode.BAD_REQUEST, "this needs the vault's directory");
    }
    return Path.of(vault);
  }

  Path keyFile(Which which) {
    return which.keyFile == null ? defaultKeyFile(directory(which)) : which.keyFile;
  }

  static Path defaultKeyFile(Path directory) {
    Path plain = directory.toAbsolutePath().normalize();
    return plain.resolveSibling(plain.getFileName() + ".key");
  }

  private String name(Which which) {
    return name(which.vault, which.command);
  }

  private String name(@Nullable String given, CommandSpec command) {
    @Nullable String vault = given == null ? environment.get("STRONGROOM_VAULT") : given;
    if (vault == null || vault.isBlank()) {
      throw new ParameterException(
          command.commandLine(), "which vault? Name it with --vault or STRONGROOM_VAULT");
    }
    return vault;
  }
}
