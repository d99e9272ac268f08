package org.strongroom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/**
 * A program of the tests in a Java process of its own, which prints a line for each thing it did
 * and is then killed in the middle (SIGKILL).
 */
@NullMarked
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * Starts {@code program}, kills it once it has printed {@code lines} lines, and returns every
   * line that it got out whole.
   */
  public static List<String> killedAfter(int lines, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    return lines(lines, command(List.of(), program, arguments));
  }

  /**
   * Runs {@code program} to its end, in a process that can make no file larger than {@code
   * kibibytes}, and returns its lines: what a full disk does, without the disk.
   */
  public static List<String> withFilesUpTo(int kibibytes, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    String limit = "ulimit -f " + 2 * kibibytes + " && exec \"$@\"";
    return lines(-1, command(List.of("sh", "-c", limit, "sh"), program, arguments));
  }

  private static List<String> command(List<String> before, Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static List<String> lines(int lines, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> out = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      while (line != null) {
        // Each line ends in a mark, so that one that was cut off is not taken for a whole one.
        if (line.endsWith(".")) {
          out.add(line.substring(0, line.length() - 1));
        }
        if (out.size() == lines) {
          // By its handle: the process itself would close its output, with lines still in it.
          process.toHandle().destroyForcibly();
        }
        line = reader.readLine();
      }
    } finally {
      process.destroyForcibly();
    }
    process.waitFor();
    if (out.size() < lines) {
      throw new IllegalStateException("the program ended early, after " + out.size() + " lines");
    }
    return out;
  }
}
