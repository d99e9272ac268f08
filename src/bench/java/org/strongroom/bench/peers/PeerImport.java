package org.strongroom.bench.peers;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Imports a file of residents into PostgreSQL in one of the ways there are, with two threads. Warms
 * up first by importing the beginning, for so long as it is told, into the same table, which is
 * emptied then: Java's compilers are not what is compared.
 *
 * <p>Arguments: {@code sealed}, {@code pgcrypto} or {@code shardingsphere}; the NDJSON; the file of
 * keys; seconds to warm up. Prints one line of JSON; its seconds go from the first record read to
 * the last commit.
 */
public final class PeerImport {
  private static final int THREADS = 2;

  /** Longer than anybody waits. */
  private static final Duration WITHOUT_END = Duration.ofDays(1);

  private final Path file;
  private final Loader loader;

  private PeerImport(Path file, Loader loader) {
    this.file = file;
    this.loader = loader;
  }

  public static void main(String[] arguments) throws Exception {
    PeerKeys keys = PeerKeys.read(Path.of(arguments[2]));
    HikariDataSource database = Database.pool(THREADS + 1);
    try (Loader loader =
        switch (arguments[0]) {
          case "sealed" -> new SealedLoader(database, keys, new SecureRandom());
          case "pgcrypto" -> new PgcryptoLoader(database, keys);
          case "shardingsphere" -> new ShardingSphereLoader(database, keys);
          default -> throw new IllegalArgumentException("no such way: " + arguments[0]);
        }) {
      PeerImport all = new PeerImport(Path.of(arguments[1]), loader);
      all.warm(Duration.ofSeconds(Long.parseLong(arguments[3])), database);
      long begun = System.nanoTime();
      long records = all.run(WITHOUT_END);
      System.out.printf(
          Locale.ROOT,
          "{\"records\":%d,\"seconds\":%.3f}%n",
          records,
          (System.nanoTime() - begun) / 1e9);
    }
  }

  /** Imports for so long, from the beginning again where the file is short; leaves no row. */
  private void warm(Duration time, HikariDataSource database) throws Exception {
    long until = System.nanoTime() + time.toNanos();
    do {
      run(Duration.ofNanos(until - System.nanoTime()));
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("truncate " + loader.table());
        statement.execute("checkpoint");
      }
    } while (System.nanoTime() - until < 0);
  }

  private long run(Duration atMost) throws Exception {
    long deadline = System.nanoTime() + atMost.toNanos();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Long>> parts = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int part = i;
        parts.add(
            threads.submit(
                () -> {
                  try (ResidentLines residents = new ResidentLines(file, part, THREADS)) {
                    return loader.load(residents, deadline);
                  }
                }));
      }
      long records = 0;
      for (Future<Long> part : parts) {
        records += part.get();
      }
      return records;
    } finally {
      threads.shutdownNow();
    }
  }
}
