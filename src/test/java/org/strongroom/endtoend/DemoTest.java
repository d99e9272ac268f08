package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration: what it prints works as it stands, and it keeps its vault. */
final class DemoTest {
  /** A command goes on over line ends that are escaped. */
  private static final Pattern COMMAND = Pattern.compile("(?m)^STRONGROOM_TOKEN=(?:.*\\\\\n)*.*$");

  private static final Pattern SUBJECT = Pattern.compile("subject ([0-9a-f]{32})");

  @TempDir private Path folder;

  @Test
  void demo_itsThreeCommandsPasted_areMaskedClearAndRefused() throws Exception {
    // Blanks in the path: what is printed must be quoted for a shell.
    // As a user starts it, the store's library is unpacked each time.
    Program program = Program.in(folder.resolve("work")).withJvm("-Xmx1g", "-Djava.library.path=");
    program.writeLauncher();
    Path vault = folder.resolve("it's a demo").resolve("vault");
    String subject = tryOut(program, vault, "Made ");
    long bytes = store(vault);
    assertThat(tryOut(program, vault, "Found ")).isEqualTo(subject);
    assertThat(store(vault)).as("nobody is made again").isLessThan(bytes + bytes / 2);
    assertThat(VaultFolder.files(program.temporary())).isEmpty();
  }

  /** Starts the demonstration, pastes its commands, and stops it; the subject that they name. */
  private String tryOut(Program program, Path vault, String found) throws Exception {
    Program.Running demo =
        program
            .interruptible()
            .start(
                "demo", "--vault", vault.toString(), "--count", "2000", "--listen", "127.0.0.1:0");
    try {
      demo.line("# the administrator");
      List<String> commands = List.of();
      for (int i = 0; i < 500 && commands.size() < 3; i++) {
        Thread.sleep(20);
        commands = COMMAND.matcher(demo.out()).results().map(it -> it.group()).toList();
      }
      assertThat(demo.out()).startsWith(found);
      assertThat(commands).hasSize(3);

      Pasted clerk = paste(program, commands.get(0));
      assertThat(clerk.exit()).as(clerk.said()).isZero();
      assertThat(clerk.said()).containsPattern("name +clear").containsPattern("phone +masked");
      Pasted officer = paste(program, commands.get(1));
      assertThat(officer.exit()).as(officer.said()).isZero();
      assertThat(officer.said()).containsPattern("phone +clear +\\+86\\d+");
      Pasted administrator = paste(program, commands.get(2));
      assertThat(administrator.exit()).isEqualTo(1);
      assertThat(administrator.said()).startsWith("refused (");

      demo.signal("INT");
      Program.Ended ended = demo.end();
      assertThat(ended.exit()).isEqualTo(130);
      assertThat(ended.err()).doesNotContain("Exception", "ERROR");
      Matcher subject = SUBJECT.matcher(clerk.said());
      assertThat(subject.find()).isTrue();
      return subject.group(1);
    } finally {
      demo.process().destroyForcibly();
    }
  }

  private record Pasted(int exit, String said) {}

  private static Pasted paste(Program program, String command)
      throws IOException, InterruptedException {
    ProcessBuilder bash =
        new ProcessBuilder("bash", "-c", command)
            .directory(program.folder().toFile())
            .redirectErrorStream(true);
    bash.environment().keySet().removeIf(key -> key.startsWith("STRONGROOM_"));
    Process process = bash.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Pasted(process.waitFor(), said);
  }

  private static long store(Path vault) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.walk(vault)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }
}
