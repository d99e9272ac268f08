package org.strongroom.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;
import org.strongroom.vault.Inspection;
import org.strongroom.vault.LogRequest;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code strongroom audit ...}. */
@Command(name = "audit", description = "Read, prove and publish the audit log.")
final class AuditCommands {
  private AuditCommands() {}

  static CommandLine group(Vaults vaults, Console console) {
    return new CommandLine(new AuditCommands())
        .addSubcommand(new All(vaults, console))
        .addSubcommand(new Show(vaults, console))
        .addSubcommand(new LogCommands.ShowCheckpoint(vaults, console))
        .addSubcommand(new LogCommands.Proof(vaults, console))
        .addSubcommand(new LogCommands.VerifyProof(console))
        .addSubcommand(new LogCommands.Export(vaults, console))
        .addSubcommand(WitnessesCommands.group(vaults, console));
  }

  /** {@code audit list}. */
  @Command(
      name = "list",
      description = {
        "List entries, newest first.",
        "Needs STRONGROOM_TOKEN of a role with the act read-audit; every reading is an entry"
            + " itself. TIME is a date (2026-03-02), a date and time (2026-03-02T14:00:00Z; UTC"
            + " unless it says otherwise), or a length of time back from now (90m, 24h, 7d, 2w)."
            + " With --json, a line for each entry and a last one that sums up."
      })
  static final class All extends VaultCommand {
    @Option(names = "--from", paramLabel = "TIME", description = "What happened then or later.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "What happened before.")
    private @Nullable String to;

    @Option(
        names = "--actor",
        paramLabel = "NAME|ID",
        description = "Who acted: an account, or \"operator\".")
    private @Nullable String actor;

    @Option(
        names = "--subject",
        paramLabel = "ID",
        description = "Whom it is about. The entry of a bulk write names nobody.")
    private @Nullable String subject;

    @Option(names = "--purpose", paramLabel = "PURPOSE", description = "What it was for.")
    private @Nullable String purpose;

    @Option(
        names = "--kind",
        paramLabel = "KIND",
        description =
            "disclosure, denial, write, user, policy, collection, vault, audit, verify or leak.")
    private @Nullable String kind;

    @Option(names = "--limit", paramLabel = "N", description = "Entries at most. Default: 100.")
    private @Nullable String limit;

    @Option(names = "--all", description = "All of them.")
    private boolean all;

    @Option(names = "--before", paramLabel = "INDEX", description = "The page after this.")
    private @Nullable String before;

    @Spec private CommandSpec spec = CommandSpec.create();

    All(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) {
      if (all && limit != null) {
        throw new ParameterException(spec.commandLine(), "give --limit or --all, not both");
      }
      LogRequest request =
          new LogRequest(
              from, to, actor, subject, purpose, kind, before, all ? LogRequest.ALL : limit);
      Inspection.Summary sum =
          session.entries(request, entry -> print(Map.of("entry", entry), EntryText.line(entry)));
      print(Map.of("summary", sum), text(sum));
    }

    private static String text(Inspection.Summary sum) {
      StringBuilder out = new StringBuilder();
      if (sum.entries() == 0) {
        out.append("no entry\n");
      }
      if (sum.next() != null) {
        out.append("more: --before ").append(sum.next()).append('\n');
      }
      return out.append(thisReading(sum.receipt())).toString();
    }
  }

  /** {@code audit show}. */
  @Command(
      name = "show",
      description = {
        "Show one entry in full.",
        "Needs STRONGROOM_TOKEN of a role with the act read-audit; the reading is an entry itself."
      })
  static final class Show extends VaultCommand {
    @Parameters(paramLabel = "INDEX", description = "As a receipt has it.")
    private long index;

    Show(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) {
      Inspection.One one = session.entry(index);
      print(one, EntryText.full(one.entry()) + thisReading(one.receipt()));
    }
  }

  private static String thisReading(Receipt receipt) {
    return "this reading is entry " + receipt.index() + " of the log " + receipt.log();
  }
}
