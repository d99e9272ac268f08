package org.strongroom.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code strongroom demo}. */
@Command(
    name = "demo",
    description = {
      "Make a vault of synthetic residents, serve it, and say what to try.",
      "Prints a token for each role, and commands that work as they stand. Stopped and started"
          + " again, it keeps the vault; the tokens are new."
    })
final class DemoCommand extends AnsweringCommand {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+-]+");

  @Option(
      names = "--vault",
      paramLabel = "DIR",
      description = "Where the vault is or goes. Default: demo/vault.")
  private Path vault = Path.of("demo", "vault");

  @Option(names = "--count", paramLabel = "N", description = "Residents. Default: 100000.")
  private long count = 100_000;

  @Option(names = "--listen", paramLabel = "HOST:PORT", description = "Default: 127.0.0.1:8443.")
  private String listen = "127.0.0.1:8443";

  private final Host host;

  DemoCommand(Host host, Console console) {
    super(console);
    this.host = host;
  }

  @Override
  public Integer call() throws InterruptedException {
    Host.Demo demo;
    try (Bar bar = Bar.of("making the vault", count, Bar.Unit.RECORDS)) {
      demo = host.demo(vault, count, (bytes, records) -> bar.to(records));
    }
    Host.Serving serving =
        host.serve(
            new Host.ServeOptions(
                demo.directory(),
                demo.keyFile(),
                listen,
                Optional.empty(),
                Optional.empty(),
                false));
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("address", serving.address());
    said.put("certificate", serving.certificate().map(Path::toString).orElse(""));
    said.put("tokens", demo.tokens());
    said.put("example", demo.example());
    print(said, explanation(demo, serving));
    ServeCommand.untilStopped(serving);
    return 0;
  }

  private static String explanation(Host.Demo demo, Host.Serving serving) {
    StringJoiner lines = new StringJoiner("\n");
    lines.add((demo.fresh() ? "Made " : "Found ") + "the vault " + demo.directory() + ".");
    lines.add("Serving on " + serving.address() + ", until Ctrl-C.");
    lines.add("");
    lines.add("Tokens, one a role, valid for 30 days or until the next start:");
    demo.tokens().forEach((role, token) -> lines.add(String.format("  %-20s %s", role, token)));
    lines.add("");
    lines.add("Try, in another terminal:");
    lines.add("");
    lines.add("# a clerk checks an identity: the name clear, the rest masked");
    String byNumber = "resident_id=" + demo.example().residentId();
    lines.add(attempt(demo, serving, "clerk", byNumber, "identity-check"));
    lines.add("");
    lines.add("# an officer works on a case: more is clear, and a reason is required");
    String byPhone = "phone=" + demo.example().phone();
    String reason = "case-work --reason 'Case 2026-117, witness'";
    lines.add(attempt(demo, serving, "officer", byPhone, reason));
    lines.add("");
    lines.add("# the administrator runs the vault, and is shown no one's data");
    lines.add(attempt(demo, serving, "administrator", byNumber, "identity-check"));
    return lines.toString();
  }

  private static String attempt(
      Host.Demo demo, Host.Serving serving, String role, String where, String purpose) {
    return String.join(
        " \\\n  ",
        "STRONGROOM_TOKEN=" + demo.tokens().get(role),
        "./strongroom find --vault "
            + serving.address()
            + " --ca "
            + serving.certificate().map(file -> quoted(file.toString())).orElse(""),
        "--collection residents --where " + where + " --purpose " + purpose);
  }

  /** A word for a shell, in quotes where it needs them. */
  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
