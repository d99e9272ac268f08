package org.strongroom.endtoend;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.strongroom.translog.VerifierKey;
import org.strongroom.witness.WitnessKeyFile;

/** A {@code strongroom witness} that is stopped and started again with the same key and state. */
final class WitnessProcess implements AutoCloseable {
  private final Program program;
  private final String name;
  private final String log;
  private final VerifierKey key;
  private String address = "127.0.0.1:0";
  private Program.@Nullable Running running;

  /** Starts a witness of this name for the log of this key, on a free port. */
  WitnessProcess(Program program, String name, String log) {
    this.program = program;
    this.name = name;
    this.log = log;
    this.key =
        WitnessKeyFile.create(
                program.folder().resolve(name + ".key"),
                "witness.example/" + name,
                new SecureRandom())
            .verifier();
    start();
  }

  /** Starts it where it was before. */
  void start() {
    Program.Running started =
        program.start(
            "witness",
            "--key",
            name + ".key",
            "--state",
            name + ".state",
            "--log",
            log,
            "--listen",
            address);
    running = started;
    String on = started.line("witnessing on http://");
    address = on.substring("witnessing on http://".length());
  }

  /** Ends it at once. */
  void kill() {
    if (running != null) {
      running.process().destroyForcibly();
      running.end();
    }
  }

  String key() {
    return key.text();
  }

  /** Its line in a trust policy. */
  String line() {
    return "witness " + name + " " + key.text() + " http://" + address + "\n";
  }

  @Override
  public void close() {
    kill();
  }
}
