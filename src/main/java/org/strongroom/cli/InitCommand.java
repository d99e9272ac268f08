package org.strongroom.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code strongroom init}. */
@Command(
    name = "init",
    description = {
      "Make a new vault, and its key file outside the vault's directory.",
      "Prints a one-time enrolment code for the first administrator."
    })
final class InitCommand extends AnsweringCommand {
  @Option(
      names = "--vault",
      paramLabel = "DIR",
      description = "A new or empty directory. Default: STRONGROOM_VAULT.")
  private @Nullable String vault;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "Where to write the key, mode 0600. Default: DIR.key.")
  private @Nullable Path keyFile;

  @Spec private CommandSpec command = CommandSpec.create();
  private final Host host;
  private final Vaults vaults;

  InitCommand(Host host, Vaults vaults, Console console) {
    super(console);
    this.host = host;
    this.vaults = vaults;
  }

  @Override
  public Integer call() {
    Path directory = vaults.directory(vault, command);
    Path key = keyFile == null ? Vaults.defaultKeyFile(directory) : keyFile;
    String code = host.init(directory, key);
    print(
        Map.of("vault", directory.toString(), "key_file", key.toString(), "enrolment_code", code),
        String.join(
            "\n",
            "The vault " + directory + " is made. Its key is " + key + ".",
            "Keep a copy of the key apart from the vault: without it nothing can be read.",
            "",
            "Enrolment code of the first administrator, valid once, for seven days:",
            "  " + code,
            "Use it with: strongroom enrol NAME --vault " + directory));
    return 0;
  }
}
