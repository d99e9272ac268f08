package org.strongroom.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;
import org.strongroom.vault.Users;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code strongroom enrol}. */
@Command(
    name = "enrol",
    description = {
      "Become the administrator by the one-time code that init printed.",
      "Asks for the code and a new password; without a terminal, one a line from " + "stdin."
    })
final class EnrolCommand extends VaultCommand {
  @Parameters(paramLabel = "NAME", description = "The administrator's user name.", arity = "0..1")
  private @Nullable String name;

  @Option(
      names = "--new-code",
      description = "Make a new code instead, and print it; an older one is void.")
  private boolean newCode;

  EnrolCommand(Vaults vaults, Console console) {
    super(vaults, console);
  }

  @Override
  void run(Session session) {
    if (newCode) {
      Users.NewCode made = session.enrolmentCode();
      print(made, made.code());
      return;
    }
    if (name == null) {
      throw new org.strongroom.kernel.VaultException(
          org.strongroom.kernel.ErrorCode.BAD_REQUEST, "name the administrator: enrol NAME");
    }
    String code = new String(console().secret("Enrolment code")).strip();
    char[] password = console().secret("New password");
    Receipt receipt = session.enrol(code, name, password);
    print(
        Map.of("name", name, "role", "administrator", "receipt", receipt),
        name
            + " is an administrator now; sign in with: strongroom sign-in "
            + name
            + Console.entry(receipt));
  }
}
