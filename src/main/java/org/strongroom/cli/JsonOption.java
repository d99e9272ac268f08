package org.strongroom.cli;

import picocli.CommandLine.Option;

/** {@code --json}, which every command has. */
final class JsonOption {
  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  boolean asked() {
    return json;
  }

  /** A command that has it. */
  interface Carrier {
    JsonOption json();
  }
}
