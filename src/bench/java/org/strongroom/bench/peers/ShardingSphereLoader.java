package org.strongroom.bench.peers;

import static java.util.stream.Collectors.joining;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.shardingsphere.driver.api.yaml.YamlShardingSphereDataSourceFactory;
import org.apache.shardingsphere.driver.jdbc.core.datasource.ShardingSphereDataSource;
import org.jspecify.annotations.Nullable;

/**
 * Apache ShardingSphere-JDBC seals, by its ENCRYPT rule as its user manual sets it up: each value
 * under AES in a cipher column, those that are searched hashed by MD5 in an assisted query column.
 * The same batches as for pgcrypto.
 */
final class ShardingSphereLoader implements Loader {
  private static final int BATCH = 1000;
  private static final Set<String> SEARCHED =
      Set.of("resident_id", "phone", "name", "date_of_birth");

  private final HikariDataSource database;
  private final DataSource encrypting;

  ShardingSphereLoader(HikariDataSource database, PeerKeys keys) throws SQLException, IOException {
    this.database = database;
    this.encrypting =
        YamlShardingSphereDataSourceFactory.createDataSource(
            Map.of("residents_source", database), rule(keys).getBytes(StandardCharsets.UTF_8));
  }

  private static String rule(PeerKeys keys) {
    StringBuilder out =
        new StringBuilder("rules:\n- !ENCRYPT\n  tables:\n    cipher_residents:\n      columns:\n");
    for (String field : ResidentLines.FIELDS) {
      out.append(
          "        %1$s:\n          cipher: {name: %1$s_cipher, encryptorName: aes}\n"
              .formatted(field));
      if (SEARCHED.contains(field)) {
        out.append(
            "          assistedQuery: {name: %s_assisted, encryptorName: assisted}\n"
                .formatted(field));
      }
    }
    return out.append(
            """
              encryptors:
                aes:
                  type: AES
                  props: {aes-key-value: "%s", digest-algorithm-name: SHA-1}
                assisted:
                  type: MD5
                  props: {salt: "%s"}
            """
                .formatted(keys.dataHex(), keys.hashHex()))
        .toString();
  }

  @Override
  public String table() {
    return "cipher_residents";
  }

  @Override
  public long load(ResidentLines residents, long deadline) throws SQLException, IOException {
    try (Connection connection = encrypting.getConnection()) {
      connection.setAutoCommit(false);
      String marks = String.join(", ", Collections.nCopies(ResidentLines.FIELDS.size(), "?"));
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into cipher_residents ("
                  + ResidentLines.FIELDS.stream().collect(joining(", "))
                  + ") values ("
                  + marks
                  + ")")) {
        long count = 0;
        while (System.nanoTime() - deadline < 0 && residents.next()) {
          @Nullable String[] values = residents.values();
          for (int i = 0; i < values.length; i++) {
            insert.setString(i + 1, values[i]);
          }
          insert.addBatch();
          if (++count % BATCH == 0) {
            insert.executeBatch();
            connection.commit();
          }
        }
        if (count % BATCH != 0) {
          insert.executeBatch();
          connection.commit();
        }
        return count;
      }
    }
  }

  @Override
  public void close() throws SQLException {
    try (database) {
      encrypting.unwrap(ShardingSphereDataSource.class).close();
    }
  }
}
