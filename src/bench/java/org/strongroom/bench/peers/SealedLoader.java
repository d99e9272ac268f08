package org.strongroom.bench.peers;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The application seals: of each record its JSON as it came, under one key, and beside it a hash
 * for each search. Brought in by {@code COPY} in its binary format, all in one transaction.
 */
final class SealedLoader implements Loader {
  private static final byte[] HEADER =
      "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int SEND_BYTES = 64 << 10;
  private static final int MAX_ROW_BYTES = 16 << 10;

  private final HikariDataSource database;
  private final PeerKeys keys;
  private final SecureRandom random;

  SealedLoader(HikariDataSource database, PeerKeys keys, SecureRandom random) {
    this.database = database;
    this.keys = keys;
    this.random = random;
  }

  @Override
  public String table() {
    return "sealed_residents";
  }

  @Override
  public long load(ResidentLines residents, long deadline)
      throws SQLException, GeneralSecurityException, IOException {
    RowSealer sealer = new RowSealer(keys, random);
    try (Connection connection = database.getConnection()) {
      CopyIn copy =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn(
                  "copy sealed_residents (resident_id_hash, phone_hash, name_birth_hash, sealed)"
                      + " from stdin (format binary)");
      ByteBuffer rows = ByteBuffer.allocate(SEND_BYTES + MAX_ROW_BYTES).put(HEADER);
      long count = 0;
      while (System.nanoTime() - deadline < 0 && residents.next()) {
        @Nullable String[] values = residents.values();
        rows.putShort((short) 4);
        put(rows, sealer.hashOrNull(values[ResidentLines.RESIDENT_ID]));
        put(rows, sealer.hashOrNull(values[ResidentLines.PHONE]));
        put(rows, sealer.hashOrNull(RowSealer.nameAndBirth(values)));
        put(rows, sealer.seal(residents.line(), residents.length()));
        count++;
        if (rows.position() > SEND_BYTES) {
          send(copy, rows);
        }
      }
      rows.putShort((short) -1);
      send(copy, rows);
      copy.endCopy();
      return count;
    }
  }

  private static void put(ByteBuffer rows, byte @Nullable [] value) {
    if (value == null) {
      rows.putInt(-1);
    } else {
      rows.putInt(value.length).put(value);
    }
  }

  private static void send(CopyIn copy, ByteBuffer rows) throws SQLException {
    copy.writeToCopy(rows.array(), rows.arrayOffset(), rows.position());
    rows.clear();
  }

  @Override
  public void close() {
    database.close();
  }
}
