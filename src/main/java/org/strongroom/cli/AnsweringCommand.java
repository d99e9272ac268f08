package org.strongroom.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A command that prints an answer: as JSON where that is asked for, else as text. */
abstract class AnsweringCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print JSON instead of text: one object, or one a line.")
  private boolean json;

  private final Console console;

  AnsweringCommand(Console console) {
    this.console = console;
  }

  final boolean json() {
    return json;
  }

  final Console console() {
    return console;
  }

  final void print(Object value, String text) {
    if (json) {
      console.json(value);
    } else {
      console.line(text);
    }
  }
}
