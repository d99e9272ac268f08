package org.strongroom.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code strongroom sign-in}. */
@Command(
    name = "sign-in",
    description = {
      "Sign in by password; prints a token for STRONGROOM_TOKEN, valid for eight " + "hours.",
      "Asks for the password; without a terminal, a line from stdin."
    })
final class SignInCommand extends VaultCommand {
  @Parameters(paramLabel = "NAME", description = "Your user name.")
  private @Nullable String name;

  SignInCommand(Vaults vaults, Console console) {
    super(vaults, console);
  }

  @Override
  void run(Session session) {
    String token =
        session.signIn(java.util.Objects.requireNonNull(name), console().secret("Password"));
    print(Map.of("token", token), token);
  }
}
