package org.strongroom.cli;

import picocli.CommandLine.Option;

/** {@code --json}, which every command has. */
final class JsonOption {
  @Option(names = "--json", description = "Print JSON instead of text: one object, or one a line.")
  private boolean json;

  boolean asked() {
    return json;
  }

  /** A command that has it. */
  interface Carrier {
    JsonOption json();
  }
}
