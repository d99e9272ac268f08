package org.strongroom.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.strongroom.vault.Applied;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code strongroom collection ...}. */
@Command(name = "collection", description = "Show and declare collections.")
final class CollectionCommands {
  private CollectionCommands() {}

  static CommandLine group(Vaults vaults, Console console) {
    return new CommandLine(new CollectionCommands())
        .addSubcommand(new All(vaults, console))
        .addSubcommand(new Show(vaults, console))
        .addSubcommand(new Apply(vaults, console));
  }

  /** {@code collection list}. */
  @Command(name = "list", description = "List the collections and their versions.")
  static final class All extends VaultCommand {
    All(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) {
      List<Session.Declared> all = session.collections();
      print(
          Map.of("collections", all),
          String.join(
              "\n", all.stream().map(each -> each.name() + " version " + each.version()).toList()));
    }
  }

  /** {@code collection show}. */
  @Command(name = "show", description = "Print a collection's declaration.")
  static final class Show extends VaultCommand {
    @Parameters(paramLabel = "NAME")
    private @Nullable String name;

    Show(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) {
      String collection = Objects.requireNonNull(name);
      String yaml = session.collection(collection);
      print(Map.of("name", collection, "yaml", yaml), yaml.stripTrailing());
    }
  }

  /** {@code collection apply}. */
  @Command(
      name = "apply",
      description =
          "Put a declaration in force, a YAML file: a new collection, or a new version of one.")
  static final class Apply extends ApplyCommand {
    Apply(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    Applied apply(Session session, String source, String text) {
      return session.applyCollection(source, text);
    }
  }
}
