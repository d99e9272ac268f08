package org.strongroom.cli;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.strongroom.policy.Explanation;
import org.strongroom.vault.Applied;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code strongroom policy ...}. */
@Command(name = "policy", description = "Show, change and explain the policy.")
final class PolicyCommands {
  private PolicyCommands() {}

  static CommandLine group(Vaults vaults, Console console) {
    return new CommandLine(new PolicyCommands())
        .addSubcommand(new Show(vaults, console))
        .addSubcommand(new Apply(vaults, console))
        .addSubcommand(new Explain(vaults, console));
  }

  /** {@code policy show}. */
  @Command(name = "show", description = "Print the policy in force.")
  static final class Show extends VaultCommand {
    Show(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) {
      String yaml = session.policyYaml();
      print(Map.of("version", session.policy().version(), "yaml", yaml), yaml.stripTrailing());
    }
  }

  /** {@code policy apply}. */
  @Command(name = "apply", description = "Put another policy in force, a YAML file.")
  static final class Apply extends ApplyCommand {
    Apply(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    Applied apply(Session session, String source, String text) {
      return session.applyPolicy(source, text);
    }
  }

  /** {@code policy explain}. */
  @Command(
      name = "explain",
      description = "Tell what a role with a purpose would see of a collection, and why.")
  static final class Explain extends VaultCommand {
    @Option(names = "--role", required = true, paramLabel = "ROLE")
    private @Nullable String role;

    @Option(names = "--purpose", required = true, paramLabel = "PURPOSE")
    private @Nullable String purpose;

    @Option(names = "--collection", required = true, paramLabel = "NAME")
    private @Nullable String collection;

    Explain(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) {
      Explanation told =
          session.explain(
              Objects.requireNonNull(role),
              Objects.requireNonNull(purpose),
              Objects.requireNonNull(collection));
      print(told, text(told));
    }

    private static String text(Explanation told) {
      StringBuilder out = new StringBuilder();
      out.append(told.role()).append(" / ").append(told.purpose());
      out.append(" (").append(told.legalBasis()).append(") / ").append(told.collection());
      out.append(told.granted() ? ": granted. " : ": denied. ").append(told.because());
      out.append(at(told.line())).append('\n');
      if (told.granted()) {
        out.append("a reason is ").append(told.reasonRequired() ? "required" : "optional");
        out.append("; past versions: ").append(told.history() ? "yes" : "no");
        out.append("; at most ").append(told.maxMatches()).append(" records an answer\n");
      }
      out.append("\nfields\n");
      for (Explanation.FieldView field : told.fields()) {
        out.append(
            String.format(
                "  %-18s %-10s %-7s %s%s%n",
                field.field(),
                field.sensitivity(),
                field.view().text(),
                field.rule(),
                at(field.line())));
      }
      out.append("\nsearch by\n");
      for (Explanation.IndexAccess index : told.indexes()) {
        out.append(
            String.format(
                "  %-29s %-7s %s%s%n",
                index.index(), index.searchable() ? "yes" : "no", index.why(), at(index.line())));
      }
      return out.toString().stripTrailing();
    }

    private static String at(int line) {
      return line == 0 ? "" : " (line " + line + ")";
    }
  }
}
