package org.strongroom.bench.peers;

import java.sql.SQLException;

/** One way to bring residents into a table. Thread-safe: each thread brings its own part. */
interface Loader extends AutoCloseable {
  /** The table that it fills. */
  String table();

  /**
   * Brings in what {@code residents} has, or as much as it can until {@code deadline} (by {@link
   * System#nanoTime}), and commits it.
   *
   * @return how many residents that were
   */
  long load(ResidentLines residents, long deadline) throws Exception;

  @Override
  void close() throws SQLException;
}
