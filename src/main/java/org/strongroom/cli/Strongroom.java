package org.strongroom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.strongroom.audit.Denial;
import org.strongroom.kernel.VaultException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The command {@code strongroom}: exit code 0 (done), 1 (refused or failed), 2 (usage). */
@Command(
    name = "strongroom",
    description = "A vault for personal information.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    descriptionHeading = "%n",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer =
        "A vault is named by --vault or STRONGROOM_VAULT: a directory, opened here, or the https"
            + " address of a running server. Who is asking is named by STRONGROOM_TOKEN; without"
            + " it, a directory is opened as the operator, who runs the vault and is shown no"
            + " records.")
public final class Strongroom {
  private static final int FAILED = 1;

  private Strongroom() {}

  /** Runs one command line and returns its exit code. */
  public static int run(Host host, Map<String, String> environment, String... arguments) {
    Console console =
        new Console(
            new PrintWriter(System.out, false, java.nio.charset.StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8));
    Vaults vaults = new Vaults(host, environment);
    Stop stop = new Stop(console);
    CommandLine line = new CommandLine(new Strongroom());
    addCommands(line, host, console, vaults, stop, arguments);
    line.setOut(console.out())
        .setErr(console.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler((fault, command, parsed) -> failed(console, command, fault));
    if (arguments.length == 0) {
      line.usage(console.err());
      return CommandLine.ExitCode.USAGE;
    }
    try (stop) {
      int code = line.execute(arguments);
      console.out().flush();
      return code;
    }
  }

  /**
   * Adds the command that the arguments begin with or else, for help and wrong words, all of them:
   * each takes time to learn its own options.
   */
  private static void addCommands(
      CommandLine line, Host host, Console console, Vaults vaults, Stop stop, String... arguments) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("demo", () -> new DemoCommand(host, console));
    commands.put("init", () -> new InitCommand(host, vaults, console));
    commands.put("enrol", () -> new EnrolCommand(vaults, console));
    commands.put("sign-in", () -> new SignInCommand(vaults, console));
    commands.put("user", () -> UserCommands.group(vaults, console));
    commands.put("collection", () -> CollectionCommands.group(vaults, console));
    commands.put("policy", () -> PolicyCommands.group(vaults, console));
    commands.put("import", () -> new ImportCommand(vaults, console, stop));
    commands.put("rejects", () -> new RejectsCommand(vaults, console));
    commands.put("serve", () -> new ServeCommand(host, vaults, console));
    commands.put("witness", () -> WitnessCommand.group(host, console));
    commands.put("find", () -> new FindCommand(vaults, console));
    commands.put("photo", () -> new PhotoCommand(vaults, console));
    commands.put("audit", () -> AuditCommands.group(vaults, console));
    commands.put("verify", () -> new VerifyCommand(vaults, console, stop));
    commands.put("leak", () -> LeakCommands.group(host, vaults, console, stop));
    commands.put("generate", () -> new GenerateCommand(console));
    boolean named = arguments.length > 0 && commands.containsKey(arguments[0]);
    commands.forEach(
        (name, command) -> {
          if (!named || name.equals(arguments[0])) {
            line.addSubcommand(name, command.get());
          }
        });
  }

  private static int failed(Console console, CommandLine command, Exception fault)
      throws Exception {
    boolean json = command.getCommand() instanceof AnsweringCommand answering && answering.json();
    if (fault instanceof Refusal refusal) {
      console.refused(refusal, json);
    } else if (fault instanceof Denial denial) {
      console.refused(
          new Refusal(denial.code().code(), String.valueOf(denial.getMessage()), denial.receipt()),
          json);
    } else if (fault instanceof VaultException known) {
      console.failed(known.code().code(), String.valueOf(known.getMessage()), json);
    } else if (fault instanceof IOException io) {
      console.failed("input_output", text(io), json);
    } else {
      throw fault;
    }
    return FAILED;
  }

  /** What the JDK says of a file is often its name alone. */
  private static String text(IOException fault) {
    if (fault instanceof NoSuchFileException) {
      return fault.getMessage() + ": no such file";
    }
    if (fault instanceof FileAlreadyExistsException) {
      return fault.getMessage() + ": it is there already; name another";
    }
    if (fault instanceof AccessDeniedException) {
      return fault.getMessage() + ": access is denied by the system";
    }
    return fault.getClass().getSimpleName() + ": " + fault.getMessage();
  }
}
