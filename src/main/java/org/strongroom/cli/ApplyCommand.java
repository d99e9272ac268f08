package org.strongroom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.strongroom.vault.Applied;
import picocli.CommandLine.Parameters;

/** Puts in force what a file declares. */
abstract class ApplyCommand extends VaultCommand {
  @Parameters(paramLabel = "FILE", description = "What is to be in force.")
  private @Nullable Path file;

  ApplyCommand(Vaults vaults, Console console) {
    super(vaults, console);
  }

  /**
   * @param source what to call the file in errors
   */
  abstract Applied apply(Session session, String source, String text);

  @Override
  final void run(Session session) throws IOException {
    Path from = Objects.requireNonNull(file);
    Applied applied = apply(session, String.valueOf(from.getFileName()), Files.readString(from));
    print(
        applied,
        "version " + applied.version() + " is in force" + Console.entry(applied.receipt()));
  }
}
