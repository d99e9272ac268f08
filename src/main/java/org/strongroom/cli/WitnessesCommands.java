package org.strongroom.cli;

import java.util.Locale;
import java.util.Map;
import org.strongroom.audit.Demand.Unwitnessed;
import org.strongroom.vault.Applied;
import org.strongroom.vault.WitnessBook;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code strongroom audit witnesses ...}. */
@Command(name = "witnesses", description = "Show and change who must cosign the log.")
final class WitnessesCommands {
  private WitnessesCommands() {}

  static CommandLine group(Vaults vaults, Console console) {
    return new CommandLine(new WitnessesCommands())
        .addSubcommand(new Show(vaults, console))
        .addSubcommand(new Apply(vaults, console));
  }

  /** {@code audit witnesses show}. */
  @Command(
      name = "show",
      description = {
        "Print the witnesses in force, with the log's key: a trust policy (C2SP tlog-policy).",
        "Give it to whoever is to check proofs of this log: strongroom audit verify."
      })
  static final class Show extends VaultCommand {
    Show(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) {
      WitnessBook.InForce shown = session.witnesses();
      String unwitnessed = shown.unwitnessed().name().toLowerCase(Locale.ROOT);
      print(
          Map.of("version", shown.version(), "policy", shown.policy(), "unwitnessed", unwitnessed),
          shown.policy().stripTrailing()
              + "\n# version "
              + shown.version()
              + ", unwitnessed: "
              + unwitnessed);
    }
  }

  /** {@code audit witnesses apply}. */
  @Command(
      name = "apply",
      description = {
        "Put other witnesses in force.",
        "FILE is a trust policy (C2SP tlog-policy) in which each witness has its address: witness"
            + " NAME KEY URL. Its quorum is what must have cosigned before anything is shown;"
            + " quorum none asks them without waiting."
      })
  static final class Apply extends ApplyCommand {
    @Option(
        names = "--unwitnessed",
        paramLabel = "wait|refuse|proceed",
        description =
            "What a disclosure does when too few witnesses cosign: wait until they do, be refused,"
                + " or go on with an alarm in the server's log and an entry. Default: refuse.")
    private Unwitnessed unwitnessed = Unwitnessed.REFUSE;

    Apply(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    Applied apply(Session session, String source, String text) {
      return session.applyWitnesses(source, text, unwitnessed);
    }
  }
}
