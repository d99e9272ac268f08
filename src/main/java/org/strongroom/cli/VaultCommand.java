package org.strongroom.cli;

import picocli.CommandLine.Mixin;

/** A command that talks to a vault. */
abstract class VaultCommand extends AnsweringCommand {
  @Mixin private final Vaults.Which which = new Vaults.Which();

  private final Vaults vaults;

  VaultCommand(Vaults vaults, Console console) {
    super(console);
    this.vaults = vaults;
  }

  /** Does the work. */
  abstract void run(Session session) throws Exception;

  @Override
  public final Integer call() throws Exception {
    try (Session session = vaults.open(which)) {
      run(session);
    }
    return 0;
  }
}
