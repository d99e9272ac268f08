package org.strongroom.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BugException;

/**
 * The answer to something long: lines of JSON while it runs. A thread of its own writes, so that an
 * import never waits for its client: one that reads nothing before it has sent everything would
 * otherwise wait for us while we wait for it. Says something every second, which keeps the
 * connection from being idle.
 */
final class LineAnswer implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final JsonMapper JSON = new JsonMapper();

  private final OutputStream out;
  private final Spool spool;
  private final Thread writer;
  private volatile Object done;
  private volatile @Nullable Throwable failure;

  /**
   * @param progress how far it is before it has begun
   */
  LineAnswer(OutputStream out, Object progress) {
    this.done = progress;
    this.out = out;
    this.spool = new Spool();
    this.writer = new Thread(this::write, "line-answer");
    this.writer.setDaemon(true);
  }

  /** Begins to tell how far it is. Until something was told, {@link #abandon} is possible. */
  void start() {
    writer.start();
  }

  /** Adds a line: an object with one member. */
  void add(String name, Object value) throws IOException {
    spool.add(line(name, value));
  }

  /** Says how far it is, at the next occasion. */
  void progress(Object value) {
    done = value;
  }

  /**
   * Writes the last line, and returns once the client has it all.
   *
   * @throws IOException when the client is gone
   */
  void end(String name, Object value) throws IOException {
    spool.end(line(name, value));
    join();
    if (failure != null) {
      throw gone(failure);
    }
  }

  /** Whether the client takes no more of it. */
  boolean isGone() {
    return failure != null;
  }

  /** Gives up without a word, unless there was one already; whether it did. */
  boolean abandon() {
    boolean abandoned = spool.abandon();
    if (abandoned) {
      join();
    }
    return abandoned;
  }

  private void write() {
    try {
      long next = System.nanoTime() + EVERY.toNanos();
      boolean betweenLines = true;
      while (!spool.isEnded()) {
        byte @Nullable [] part = spool.take(EVERY);
        if (part != null) {
          out.write(part);
          betweenLines = part[part.length - 1] == '\n';
        }
        if (System.nanoTime() - next >= 0) {
          if (betweenLines && !spool.isEnded() && spool.begin()) {
            out.write(line("progress", done));
          }
          out.flush();
          next = System.nanoTime() + EVERY.toNanos();
        }
      }
      // Given up without a word, it must not send the head of an answer either.
      if (spool.isBegun()) {
        out.flush();
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
      spool.breakOff(gone(e));
    }
  }

  private static IOException gone(Throwable cause) {
    return new IOException("the client did not take the answer", cause);
  }

  /** Waits for the writer: what it writes to is not ours once the handler returns. */
  private void join() {
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
        writer.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] line(String name, Object value) {
    try {
      byte[] json = JSON.writeValueAsBytes(Map.of(name, value));
      byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
      line[json.length] = '\n';
      return line;
    } catch (JsonProcessingException e) {
      throw new BugException("an outcome is always JSON", e);
    }
  }

  /** Ends it at once, wherever it is. */
  @Override
  public void close() throws IOException {
    if (writer.isAlive()) {
      spool.breakOff(new IOException("the call failed"));
      writer.interrupt();
      join();
    }
    spool.close();
  }
}
