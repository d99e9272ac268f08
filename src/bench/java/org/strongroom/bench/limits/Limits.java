package org.strongroom.bench.limits;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures one stage alone, with two threads: {@code parse}, {@code seal}, {@code sst} or {@code
 * puts}.
 *
 * <p>Arguments: the stage, how many records, a folder to write in, for {@code parse} the NDJSON.
 * Prints one line of JSON. Runs the stage before that on some of the records, for Java's compilers.
 */
public final class Limits {
  static final int THREADS = 2;

  private static final int WARM_RECORDS = 200_000;

  private Limits() {}

  /** One stage. Thread-safe. */
  interface Stage extends AutoCloseable {
    /** Takes {@code records} through it as thread {@code thread}, counted from 0. */
    void run(int thread, int records) throws Exception;

    /** What is left to do once all threads have ended; counts as well. */
    default void finish() throws Exception {}

    @Override
    void close() throws IOException;
  }

  public static void main(String[] arguments) throws Exception {
    int records = Integer.parseInt(arguments[1]);
    measure(arguments, Math.min(records, WARM_RECORDS));
    double seconds = measure(arguments, records);
    System.out.printf(Locale.ROOT, "{\"records\":%d,\"seconds\":%.3f}%n", records, seconds);
  }

  private static double measure(String[] arguments, int records) throws Exception {
    Path folder = Path.of(arguments[2]);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Stage stage =
        switch (arguments[0]) {
          case "parse" -> new ParseStage(Path.of(arguments[3]));
          case "seal" -> new SealStage(folder);
          case "sst" -> new SortedRunStage(folder);
          case "puts" -> new PutStage(folder);
          default -> throw new IllegalArgumentException("no such stage: " + arguments[0]);
        }) {
      long begun = System.nanoTime();
      List<Future<?>> parts = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        parts.add(
            threads.submit(
                () -> {
                  stage.run(thread, records / THREADS);
                  return null;
                }));
      }
      for (Future<?> part : parts) {
        part.get();
      }
      stage.finish();
      return (System.nanoTime() - begun) / 1e9;
    } finally {
      threads.shutdownNow();
    }
  }
}
