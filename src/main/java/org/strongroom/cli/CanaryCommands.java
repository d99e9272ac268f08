package org.strongroom.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BugException;
import org.strongroom.leak.canary.Canary;
import org.strongroom.leak.canary.CanaryBook;
import org.strongroom.leak.canary.Planted;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code strongroom leak canary ...}. */
@Command(
    name = "canary",
    description = "Made-up residents that nobody should be shown: a leak that has them is told.")
final class CanaryCommands {
  private CanaryCommands() {}

  static CommandLine group(Vaults vaults, Console console) {
    return new CommandLine(new CanaryCommands())
        .addSubcommand(new Plant(vaults, console))
        .addSubcommand(new All(vaults, console));
  }

  /** {@code leak canary plant}. */
  @Command(
      name = "plant",
      description = {
        "Plant made-up residents among those of the vault.",
        "Without --for they lie in wait: whoever is shown one stands in the log. With --for they"
            + " are for one recipient alone: mix what --out wrote into what the recipient gets,"
            + " and a leak that has them names the recipient.",
        "Needs STRONGROOM_TOKEN of a role with the act plant-canaries. The planting is an entry of"
            + " the audit log."
      })
  static final class Plant extends VaultCommand {
    private static final JsonMapper JSON = new JsonMapper();

    @Option(
        names = "--count",
        required = true,
        paramLabel = "N",
        description = "How many: 1 to " + CanaryBook.MOST_AT_ONCE + ".")
    private int count;

    @Option(
        names = "--for",
        paramLabel = "RECIPIENT",
        description = "To whom alone they will be handed: a user, an agency, any name.")
    private @Nullable String recipient;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description =
            "A new file for the made-up records, a line of JSON each, readable to its owner alone."
                + " Needs --for.")
    private @Nullable Path out;

    @Spec private CommandLine.Model.@Nullable CommandSpec spec;

    Plant(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) throws IOException {
      if (out != null && recipient == null) {
        throw new CommandLine.ParameterException(
            Objects.requireNonNull(spec).commandLine(),
            "canaries that lie in wait are shown to nobody: --out needs --for RECIPIENT");
      }
      @Nullable OutputStream file = out == null ? null : made(out);
      Planted planted;
      try {
        planted = session.leaks().plant(count, Optional.ofNullable(recipient));
      } catch (RuntimeException e) {
        if (file != null) {
          file.close();
          Files.delete(Objects.requireNonNull(out));
        }
        throw e;
      }
      if (file != null) {
        try (file) {
          for (Planted.MadeUp canary : planted.canaries()) {
            file.write(line(canary));
          }
        }
      }
      StringBuilder text = new StringBuilder();
      planted.canaries().forEach(canary -> text.append(canary.subject()).append('\n'));
      text.append("planted");
      text.append(
          planted.plantedFor() == null ? ", lying in wait" : " for " + planted.plantedFor());
      text.append(out == null ? "" : "; the made-up records are in " + out);
      print(planted, text + Console.entry(planted.receipt()));
    }

    /** A file that its owner alone can read from the first byte on. */
    private static OutputStream made(Path file) throws IOException {
      return Channels.newOutputStream(
          Files.newByteChannel(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    }

    private static byte[] line(Planted.MadeUp canary) {
      try {
        byte[] json = JSON.writeValueAsBytes(canary.record());
        byte[] out = java.util.Arrays.copyOf(json, json.length + 1);
        out[json.length] = '\n';
        return out;
      } catch (JsonProcessingException e) {
        throw new BugException("names and values are plain text", e);
      }
    }
  }

  /** {@code leak canary list}. */
  @Command(
      name = "list",
      description = {
        "List the canaries, those planted last first: ids, for whom, when, and to how many they"
            + " were shown.",
        "Needs STRONGROOM_TOKEN of a role with the act plant-canaries. Shows no records. The"
            + " listing is an entry of the audit log."
      })
  static final class All extends VaultCommand {
    All(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) {
      CanaryBook.Listed listed = session.leaks().canaries();
      StringBuilder text = new StringBuilder();
      listed.canaries().forEach(canary -> text.append(line(canary)).append('\n'));
      if (listed.canaries().isEmpty()) {
        text.append("no canary\n");
      }
      print(listed, text + "this listing is" + Console.entry(listed.receipt()).replace('\n', ' '));
    }

    private static String line(Canary canary) {
      return canary.subject()
          + "  "
          + canary.planted()
          + "  shown to "
          + canary.shownTo()
          + (canary.plantedFor() == null ? "" : "  for " + canary.plantedFor())
          + (canary.changed() ? "  changed since" : "");
    }
  }
}
