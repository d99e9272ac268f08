package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the program in a JVM of its own, in a folder of its own: what it prints goes to {@code
 * logs}, its temporary files to {@code tmp}. Immutable but for the number of the next log.
 */
final class Program {
  /** Generous: the machine may be busy. What hangs fails all the same. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  /**
   * Starts what follows with SIGINT as a terminal sends it: whatever a shell has put into the
   * background, these tests perhaps, passes on that it is to be ignored.
   */
  private static final List<String> HEEDING_INTERRUPTS =
      List.of(
          "python3",
          "-c",
          "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL);"
              + " os.execvp(sys.argv[1], sys.argv[1:])");

  private static final JsonMapper JSON = new JsonMapper();

  private static final Packed PACKED = Packed.now();

  private final Path folder;
  private final Map<String, String> environment;
  private final List<String> jvm;
  private final List<String> wrapper;
  private final String input;
  private final AtomicInteger runs;

  private Program(
      Path folder,
      Map<String, String> environment,
      List<String> jvm,
      List<String> wrapper,
      String input,
      AtomicInteger runs) {
    this.folder = folder;
    this.environment = environment;
    this.jvm = jvm;
    this.wrapper = wrapper;
    this.input = input;
    this.runs = runs;
  }

  /** The program with {@code folder} as its working directory, and nothing in its environment. */
  static Program in(Path folder) {
    try {
      Files.createDirectories(folder.resolve("logs"));
      Files.createDirectories(folder.resolve("tmp"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Program(folder, Map.of(), List.of("-Xmx512m"), List.of(), "", new AtomicInteger());
  }

  /** With a variable of the environment, such as {@code STRONGROOM_TOKEN}. */
  Program with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new Program(folder, more, jvm, wrapper, input, runs);
  }

  Program onVault(Path directory) {
    return with("STRONGROOM_VAULT", directory.toString());
  }

  Program withToken(String token) {
    return with("STRONGROOM_TOKEN", token);
  }

  /** With more options of the JVM, the heap's size among them. */
  Program withJvm(String... options) {
    List<String> more = Stream.concat(jvm.stream(), Stream.of(options)).toList();
    return new Program(folder, environment, more, wrapper, input, runs);
  }

  /** Started by another program, such as a shell that sets limits first. */
  Program startedBy(String... command) {
    return new Program(folder, environment, jvm, List.of(command), input, runs);
  }

  /** Ready to be sent SIGINT, as from a terminal. */
  Program interruptible() {
    return startedBy(HEEDING_INTERRUPTS.toArray(String[]::new));
  }

  /** With {@code text} on standard input. */
  Program typing(String text) {
    return new Program(folder, environment, jvm, wrapper, text, runs);
  }

  Path folder() {
    return folder;
  }

  Path temporary() {
    return folder.resolve("tmp");
  }

  /** Runs a command line to its end. */
  Ended run(String... arguments) {
    return start(arguments).end();
  }

  Ended run(List<String> arguments) {
    return run(arguments.toArray(String[]::new));
  }

  /** Runs a command line and demands that it ends well. */
  Ended done(String... arguments) {
    return run(arguments).succeeded();
  }

  Ended done(List<String> arguments) {
    return done(arguments.toArray(String[]::new));
  }

  Running start(List<String> arguments) {
    return start(arguments.toArray(String[]::new));
  }

  /** Starts a command line; the caller ends it. */
  Running start(String... arguments) {
    String name = String.format("%03d", runs.incrementAndGet());
    Path logs = folder.resolve("logs");
    Path out = logs.resolve(name + ".out");
    Path err = logs.resolve(name + ".err");
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(command());
    command.addAll(List.of(arguments));
    try {
      Path in = Files.writeString(logs.resolve(name + ".in"), input);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().keySet().removeIf(key -> key.startsWith("STRONGROOM_"));
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      builder.environment().putAll(environment);
      Process process = builder.start();
      Files.delete(in);
      return new Running(process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() {
    List<String> options = new ArrayList<>();
    options.add("-Djava.io.tmpdir=" + temporary());
    options.addAll(jvm);
    return PACKED.command(options);
  }

  /** Writes {@code ./strongroom} into the folder, which starts this program in place of ours. */
  void writeLauncher() throws IOException {
    String quoted = command().stream().map(it -> "'" + it + "'").collect(Collectors.joining(" "));
    Path launcher = folder.resolve("strongroom");
    Files.writeString(launcher, "#!/bin/sh\nexec " + quoted + " \"$@\"\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
  }

  /** A run that has begun. */
  record Running(Process process, Path outFile, Path errFile) {
    /** Waits for the end. */
    Ended end() {
      return end(PATIENCE);
    }

    Ended end(Duration patience) {
      try {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
          throw new AssertionError("still running after " + patience + "; it said: " + err());
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        throw new AssertionError("interrupted", e);
      }
      return new Ended(process.exitValue(), out(), err(), outFile);
    }

    /** Waits for the first line of stdout that begins so, and returns it. */
    String line(String start) {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < deadline && process.isAlive()) {
        String said = out();
        int end = said.lastIndexOf('\n');
        Optional<String> found =
            said.substring(0, Math.max(end, 0))
                .lines()
                .filter(it -> it.startsWith(start))
                .findFirst();
        if (found.isPresent()) {
          return found.get();
        }
        try {
          Thread.sleep(20);
        } catch (InterruptedException e) {
          throw new AssertionError("interrupted", e);
        }
      }
      throw new AssertionError("no line begins with \"" + start + "\"; it said: " + out() + err());
    }

    /** Sends a signal by its name, such as INT. */
    void signal(String name) {
      try {
        new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start().waitFor();
      } catch (IOException | InterruptedException e) {
        throw new AssertionError("cannot send a signal", e);
      }
    }

    String out() {
      return read(outFile);
    }

    String err() {
      return read(errFile);
    }

    private static String read(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A run that has ended. */
  record Ended(int exit, String out, String err, Path outFile) {
    /** Deletes what it printed on purpose, such as a record that was found. */
    Ended forgotten() {
      try {
        Files.deleteIfExists(outFile);
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Ended succeeded() {
      assertThat(exit).as("exit code; it said: %s%s", out, err).isZero();
      return this;
    }

    /** Demands exit code 1 and an error or denial of this code, without a stack trace. */
    Ended failedWith(String code) {
      assertThat(exit).as("exit code; it said: %s%s", out, err).isEqualTo(1);
      assertThat(err).contains("(" + code + "): ").doesNotContain("\tat ", "Exception");
      return this;
    }

    /** The last line of stdout, which is one JSON object under {@code --json}. */
    JsonNode json() {
      String[] lines = out.strip().split("\n", -1);
      try {
        return JSON.readTree(lines[lines.length - 1]);
      } catch (IOException e) {
        throw new AssertionError("no JSON on the last line of: " + out + err, e);
      }
    }
  }
}
