package org.strongroom.cli;

import org.strongroom.leak.lookup.Leak;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code strongroom leak withdraw}. */
@Command(
    name = "withdraw",
    description = {
      "Answer a registered leak no longer, for good.",
      "Its key is destroyed, and with it all that was kept of it."
    })
final class LeakWithdrawCommand extends VaultCommand {
  @Parameters(paramLabel = "NUMBER", description = "Of the leak, as register printed it.")
  private int number;

  LeakWithdrawCommand(Vaults vaults, Console console) {
    super(vaults, console);
  }

  @Override
  void run(Session session) {
    Leak leak = session.leakRegister().withdraw(number);
    print(leak, "leak " + leak.number() + " (\"" + leak.name() + "\") is withdrawn");
  }
}
