package org.strongroom.bench.peers;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The server seals, by pgcrypto: {@code pgp_sym_encrypt} of each record's JSON with AES-256, and
 * {@code hmac} for each search. {@code s2k-mode=0} because the key is random and needs no
 * stretching, which would cost a thousand times as much; the raw {@code encrypt} functions are
 * advised against by its own documentation. Batches of inserts, rewritten into one statement each;
 * a commit for each batch.
 */
final class PgcryptoLoader implements Loader {
  private static final int BATCH = 1000;

  private final HikariDataSource database;
  private final PeerKeys keys;

  PgcryptoLoader(HikariDataSource database, PeerKeys keys) {
    this.database = database;
    this.keys = keys;
  }

  @Override
  public String table() {
    return "pgcrypto_residents";
  }

  @Override
  public long load(ResidentLines residents, long deadline) throws SQLException, IOException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into pgcrypto_residents"
                  + " (resident_id_hash, phone_hash, name_birth_hash, sealed) values"
                  + " (hmac(?, ?, 'sha256'), hmac(?, ?, 'sha256'), hmac(?, ?, 'sha256'),"
                  + " pgp_sym_encrypt(?, ?, 'cipher-algo=aes256, compress-algo=0, s2k-mode=0'))")) {
        long count = 0;
        while (System.nanoTime() - deadline < 0 && residents.next()) {
          @Nullable String[] values = residents.values();
          insert.setString(1, values[ResidentLines.RESIDENT_ID]);
          insert.setString(3, values[ResidentLines.PHONE]);
          insert.setString(5, RowSealer.nameAndBirth(values));
          for (int key = 2; key <= 6; key += 2) {
            insert.setString(key, keys.hashHex());
          }
          insert.setString(
              7, new String(residents.line(), 0, residents.length(), StandardCharsets.UTF_8));
          insert.setString(8, keys.dataHex());
          insert.addBatch();
          if (++count % BATCH == 0) {
            insert.executeBatch();
            connection.commit();
          }
        }
        insert.executeBatch();
        connection.commit();
        return count;
      }
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
