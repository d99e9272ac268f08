package org.strongroom.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;
import org.strongroom.identity.Actor;
import org.strongroom.vault.Users;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code strongroom user ...}. */
@Command(name = "user", description = "Manage users and their tokens.")
final class UserCommands {
  private UserCommands() {}

  static CommandLine group(Vaults vaults, Console console) {
    return new CommandLine(new UserCommands())
        .addSubcommand(new Add(vaults, console))
        .addSubcommand(new All(vaults, console))
        .addSubcommand(new Agency(vaults, console))
        .addSubcommand(new Token(vaults, console))
        .addSubcommand(new Password(vaults, console))
        .addSubcommand(new Disable(vaults, console))
        .addSubcommand(new Enable(vaults, console));
  }

  private static String text(Users.Shown user) {
    return String.format(
        "%-24s %-8s %-40s%s%s",
        user.name(),
        user.kind(),
        String.join(",", user.roles()),
        user.agency() == null ? "" : " of " + user.agency(),
        user.disabled() ? " disabled" : "");
  }

  /** {@code user add}. */
  @Command(
      name = "add",
      description = "Add a user, with an API token (--token) or a password to be set.")
  static final class Add extends VaultCommand {
    @Parameters(paramLabel = "NAME", description = "Letters, digits, '.', '_', '-'.")
    private @Nullable String name;

    @Option(
        names = "--role",
        required = true,
        split = ",",
        paramLabel = "ROLE",
        description = "A role of the policy; may be given several times.")
    private @Nullable List<String> roles;

    @Option(names = "--client", description = "An application rather than a person.")
    private boolean client;

    @Option(
        names = "--agency",
        paramLabel = "A",
        description =
            "For whom the user works. A leak check ranks agencies beside users. a-z, 0-9, Han"
                + " characters, spaces, '.', '_', '-'.")
    private @Nullable String agency;

    @Option(names = "--token", description = "Issue an API token and print it, this once.")
    private boolean token;

    Add(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) {
      Users.Shown user =
          session.addUser(
              Objects.requireNonNull(name),
              Set.copyOf(Objects.requireNonNull(roles)),
              client ? Actor.Kind.CLIENT : Actor.Kind.USER,
              Optional.ofNullable(agency),
              token);
      String secret = user.token();
      print(
          user,
          secret == null
              ? "added "
                  + user.name()
                  + "; give a password with: strongroom user password NAME"
                  + Console.entry(user.receipt())
              : "added "
                  + user.name()
                  + Console.entry(user.receipt())
                  + "\nthe token, shown this once:\n"
                  + secret);
    }
  }

  /** {@code user list}. */
  @Command(name = "list", description = "List the users.")
  static final class All extends VaultCommand {
    All(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) {
      List<Users.Shown> users = session.users();
      print(
          Map.of("users", users),
          String.join("\n", users.stream().map(UserCommands::text).toList()));
    }
  }

  /** {@code user agency}. */
  @Command(
      name = "agency",
      description = {
        "Say for which agency a user works, or that none is known (--none).",
        "A leak check ranks agencies beside users, by the agency that a user has at that moment."
      })
  static final class Agency extends VaultCommand {
    @Parameters(index = "0", paramLabel = "NAME")
    private @Nullable String name;

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "A",
        description = "a-z, 0-9, Han characters, spaces, '.', '_', '-'.")
    private @Nullable String agency;

    @Option(names = "--none", description = "None that is known.")
    private boolean none;

    @Spec private CommandLine.Model.@Nullable CommandSpec spec;

    Agency(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) {
      if (none == (agency != null)) {
        throw new CommandLine.ParameterException(
            Objects.requireNonNull(spec).commandLine(), "name an agency, or give --none");
      }
      Users.Shown user =
          session.setAgency(Objects.requireNonNull(name), Optional.ofNullable(agency));
      String now = user.agency() == null ? " works for no known agency" : " works for ";
      print(
          user,
          user.name()
              + now
              + Objects.requireNonNullElse(user.agency(), "")
              + Console.entry(user.receipt()));
    }
  }

  /** {@code user token}. */
  @Command(name = "token", description = "Issue a further API token and print it, this once.")
  static final class Token extends VaultCommand {
    @Parameters(paramLabel = "NAME")
    private @Nullable String name;

    @Option(
        names = "--days",
        paramLabel = "N",
        description = "Days it is valid. Default: until revoked.")
    private @Nullable Integer days;

    @Option(names = "--label", paramLabel = "TEXT", description = "What it is for.")
    private String label = "api";

    Token(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) {
      Users.Shown user =
          session.issueToken(
              Objects.requireNonNull(name), Optional.ofNullable(days).map(Duration::ofDays), label);
      print(user, String.valueOf(user.token()));
    }
  }

  /** {@code user password}. */
  @Command(
      name = "password",
      description = "Set a user's password; asks for it, or reads a line from stdin.")
  static final class Password extends VaultCommand {
    @Parameters(paramLabel = "NAME")
    private @Nullable String name;

    Password(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) {
      String user = Objects.requireNonNull(name);
      Receipt receipt = session.setPassword(user, console().secret("New password"));
      print(
          Map.of("name", user, "receipt", receipt),
          "the password of " + user + " is set" + Console.entry(receipt));
    }
  }

  /** {@code user disable}. */
  @Command(name = "disable", description = "Let a user in no more, by password or token.")
  static final class Disable extends Switch {
    Disable(Vaults vaults, Console console) {
      super(vaults, console, true);
    }
  }

  /** {@code user enable}. */
  @Command(
      name = "enable",
      description = "Let a disabled user in again, by the same password and tokens.")
  static final class Enable extends Switch {
    Enable(Vaults vaults, Console console) {
      super(vaults, console, false);
    }
  }

  /** What the two share. */
  abstract static class Switch extends VaultCommand {
    private final boolean disable;

    @Parameters(paramLabel = "NAME")
    private @Nullable String name;

    Switch(Vaults vaults, Console console, boolean disable) {
      super(vaults, console);
      this.disable = disable;
    }

    @Override
    void run(Session session) {
      Users.Shown user = session.disableUser(Objects.requireNonNull(name), disable);
      print(
          user,
          user.name() + (disable ? " is disabled" : " is enabled") + Console.entry(user.receipt()));
    }
  }
}
