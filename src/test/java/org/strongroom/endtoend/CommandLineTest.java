package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shell sees of a program that is asked for nothing, for help, or wrongly. */
final class CommandLineTest {
  @TempDir private Path folder;
  private Program program;

  @BeforeEach
  void makeProgram() {
    program = Program.in(folder);
  }

  @Test
  void program_withoutArguments_printsTheUsage() {
    Program.Ended ended = program.run();
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("Usage: strongroom", "Commands:", "import");
  }

  @Test
  void program_askedForItsVersion_tellsItAndThatOfJava() {
    Program.Ended ended = program.done("--version");
    assertThat(ended.out())
        .startsWith("strongroom ")
        .contains("java " + System.getProperty("java.version"));
  }

  @Test
  void program_askedForHelp_printsItAndEndsWell() {
    Program.Ended ended = program.done("user", "add", "--help");
    assertThat(ended.out()).startsWith("Usage: strongroom user add ");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void program_givenAWrongCommandLine_exits2AndHints() {
    Program.Ended ended = program.run("imprt");
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("strongroom import").doesNotContain("Exception", "\tat ");
    assertThat(ended.out()).isEmpty();
  }
}
