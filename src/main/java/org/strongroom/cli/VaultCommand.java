package org.strongroom.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that talks to a vault. */
abstract class VaultCommand implements Callable<Integer>, JsonOption.Carrier {
  @Mixin private final Vaults.Which which = new Vaults.Which();
  @Mixin private final JsonOption json = new JsonOption();

  private final Vaults vaults;
  private final Console console;

  VaultCommand(Vaults vaults, Console console) {
    this.vaults = vaults;
    this.console = console;
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

  @Override
  public final JsonOption json() {
    return json;
  }

  final Console console() {
    return console;
  }

  /** Prints an answer: as JSON where that is asked for, else as text. */
  final void print(Object value, String text) {
    if (json.asked()) {
      console.json(value);
    } else {
      console.line(text);
    }
  }
}
