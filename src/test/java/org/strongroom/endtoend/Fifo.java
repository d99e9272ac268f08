package org.strongroom.endtoend;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A named pipe: an input that is as long, and as slow, as a test wants it. */
final class Fifo {
  private final Path path;

  private Fifo(Path path) {
    this.path = path;
  }

  static Fifo make(Path path) throws IOException, InterruptedException {
    if (new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor() != 0) {
      throw new IOException("mkfifo failed");
    }
    return new Fifo(path);
  }

  Path path() {
    return path;
  }

  /** What writes into the pipe. */
  interface Writer {
    void write(OutputStream out) throws Exception;
  }

  /** Writes beside the caller, as soon as somebody reads; the pipe is closed at the end. */
  Feeding feed(Writer writer) {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              try (OutputStream out = Files.newOutputStream(path)) {
                writer.write(out);
              }
              return null;
            });
    Thread thread = new Thread(task, "feeding " + path.getFileName());
    thread.setDaemon(true);
    thread.start();
    return new Feeding(task);
  }

  /** A writing that goes on. */
  record Feeding(FutureTask<Void> task) {
    /** Waits until all is written. */
    void end() {
      try {
        task.get(Program.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new AssertionError("the pipe was not read to its end", e);
      }
    }
  }
}
