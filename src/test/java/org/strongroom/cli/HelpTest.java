package org.strongroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every command explains itself, and a wrong command line says what is wrong with it. */
final class HelpTest {
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^  ([a-z][a-z-]*)(?:, [a-z-]+)* {2,}");

  private static final int WIDTH = 80;

  @Test
  void help_ofEveryCommand_explainsIt() {
    List<List<String>> commands = new ArrayList<>();
    commands.add(List.of());
    for (int i = 0; i < commands.size(); i++) {
      List<String> command = commands.get(i);
      List<String> line = new ArrayList<>(command);
      line.add("--help");
      Ran help = Ran.offline(line.toArray(String[]::new));
      assertThat(help.exit()).as("%s", line).isZero();
      assertThat(help.err()).as("%s", line).isEmpty();
      assertThat(help.out()).startsWith("Usage: strongroom " + String.join(" ", command));
      assertThat(help.out().lines()).as("%s", line).allMatch(it -> it.length() <= WIDTH);
      requireFilledLines(help.out());
      commands.addAll(subcommands(command, help.out()));
    }
    assertThat(commands.stream().map(it -> String.join(" ", it)))
        .contains(
            "demo",
            "init",
            "enrol",
            "sign-in",
            "user add",
            "user list",
            "user token",
            "user password",
            "user disable",
            "user enable",
            "collection list",
            "collection show",
            "collection apply",
            "policy show",
            "policy apply",
            "policy explain",
            "import",
            "rejects",
            "serve",
            "find",
            "photo",
            "audit list",
            "audit show",
            "audit checkpoint",
            "audit proof",
            "audit verify",
            "audit export",
            "audit witnesses show",
            "audit witnesses apply",
            "verify",
            "leak check",
            "leak list",
            "leak show",
            "leak affected",
            "leak verify",
            "leak lookup",
            "leak register",
            "leak withdraw",
            "generate");
  }

  /** No line ends in a sentence where its next word had fitted: it was broken by hand as well. */
  private static void requireFilledLines(String help) {
    String previous = "";
    for (String line : help.lines().toList()) {
      boolean text = !line.isEmpty() && !line.startsWith(" ") && !previous.isEmpty();
      if (text && !previous.startsWith(" ") && !previous.matches(".*[.:]")) {
        assertThat(previous.length() + 1 + line.split(" ", -1)[0].length())
            .as("\"%s\" could go on with \"%s\"", previous, line)
            .isGreaterThanOrEqualTo(WIDTH);
      }
      previous = line;
    }
  }

  private static List<List<String>> subcommands(List<String> command, String help) {
    List<List<String>> out = new ArrayList<>();
    int list = help.indexOf("\nCommands:\n");
    if (list >= 0) {
      for (Matcher name = COMMAND.matcher(help.substring(list)); name.find(); ) {
        List<String> sub = new ArrayList<>(command);
        sub.add(name.group(1));
        out.add(sub);
      }
      assertThat(out).as("subcommands of %s", command).isNotEmpty();
    }
    return out;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "imprt                                              | strongroom import",
        "find --colection residents --purpose p --collection c | Possible solutions: --collection",
        "import --collection residents                      | 'FILE'",
        "import file.csv                                    | '--collection=NAME'",
        "import --collection c --map name file.csv          | SOURCE=field",
        "import --collection c --format xml file.csv        | NDJSON, JSON, CSV",
        "find --collection c --purpose p --limit many       | not an int",
        "generate --count many                              | not a long",
        "generate --count -1                                | the count is from 0",
        "find --collection c --purpose p                    | which vault?",
        "serve                                              | which vault?",
        "init                                               | which vault?",
        "audit show first                                   | not a long",
        "user                                               | Missing required subcommand",
        "user add                                           | 'NAME'"
      })
  void program_givenAWrongCommandLine_exits2AndHints(String line, String hint) {
    Ran ended = Ran.offline(line.split(" ", -1));
    assertThat(ended.exit()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).contains(hint).doesNotContain("Exception", "\tat ");
    assertThat(ended.out()).isEmpty();
  }
}
