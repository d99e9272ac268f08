package org.strongroom.bench.peers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** The PostgreSQL that {@code ./bench} started, as the environment tells: address and password. */
final class Database {
  private Database() {}

  /**
   * A pool of connections.
   *
   * @param connections how many, held open from the start
   */
  static HikariDataSource pool(int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(
        "jdbc:postgresql://127.0.0.1:"
            + System.getenv("PGPORT")
            + "/"
            + System.getenv("PGDATABASE"));
    config.setUsername(System.getenv("PGUSER"));
    config.setPassword(System.getenv("PGPASSWORD"));
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(connections);
    return new HikariDataSource(config);
  }
}
