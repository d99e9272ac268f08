package org.strongroom.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code strongroom demo}. */
@Command(
    name = "demo",
    description = {
      "Make a vault of synthetic residents, serve it, and say what to try.",
      "Prints a token for each role, and commands that work as they stand. Stopped and started"
          + " again, it keeps the vault; the tokens are new."
    })
final class DemoCommand implements Callable<Integer>, JsonOption.Carrier {
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

  @Mixin private final JsonOption json = new JsonOption();
  private final Host host;
  private final Console console;

  DemoCommand(Host host, Console console) {
    this.host = host;
    this.console = console;
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
    if (json.asked()) {
      Map<String, Object> said = new LinkedHashMap<>();
      said.put("address", serving.address());
      said.put("certificate", serving.certificate().map(Path::toString).orElse(""));
      said.put("tokens", demo.tokens());
      said.put("example", demo.example());
      console.json(said);
    } else {
      explain(demo, serving);
    }
    ServeCommand.untilStopped(serving);
    return 0;
  }

  private void explain(Host.Demo demo, Host.Serving serving) {
    console.line((demo.fresh() ? "Made " : "Found ") + "the vault " + demo.directory() + ".");
    console.line("Serving on " + serving.address() + ", until Ctrl-C.");
    console.line("");
    console.line("Tokens, one a role, valid for 30 days or until the next start:");
    demo.tokens().forEach((role, token) -> console.line(String.format("  %-20s %s", role, token)));
    console.line("");
    console.line("Try, in another terminal:");
    console.line("");
    console.line("# a clerk checks an identity: the name clear, the rest masked");
    attempt(demo, serving, "clerk", "resident_id=" + demo.example().residentId(), "identity-check");
    console.line("");
    console.line("# an officer works on a case: more is clear, and a reason is required");
    attempt(
        demo,
        serving,
        "officer",
        "phone=" + demo.example().phone(),
        "case-work --reason 'Case 2026-117, witness'");
    console.line("");
    console.line("# the administrator runs the vault, and is shown no one's data");
    attempt(
        demo,
        serving,
        "administrator",
        "resident_id=" + demo.example().residentId(),
        "identity-check");
  }

  private void attempt(
      Host.Demo demo, Host.Serving serving, String role, String where, String purpose) {
    console.line("STRONGROOM_TOKEN=" + demo.tokens().get(role) + " \\");
    console.line(
        "  ./strongroom find --vault "
            + serving.address()
            + " --ca "
            + serving.certificate().map(file -> quoted(file.toString())).orElse("")
            + " \\");
    console.line("  --collection residents --where " + where + " --purpose " + purpose);
  }

  /** A word for a shell, in quotes where it needs them. */
  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  @Override
  public JsonOption json() {
    return json;
  }
}
