package org.strongroom.bench.peers;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Answers a find by ID number out of PostgreSQL. Thread-safe; a connection of the pool for each
 * answer, whose statements stay prepared on it.
 */
final class Answers {
  private static final byte[] BEFORE =
      "{\"matches\":[{\"fields\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AFTER = "}]}".getBytes(StandardCharsets.US_ASCII);

  private final HikariDataSource database;
  private final ObjectMapper json = new ObjectMapper();
  private final ThreadLocal<RowSealer> sealers;

  Answers(HikariDataSource database, PeerKeys keys, SecureRandom random) {
    this.database = database;
    this.sealers =
        ThreadLocal.withInitial(
            () -> {
              try {
                return new RowSealer(keys, random);
              } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  /** As applications that protect nothing do it: one select by an indexed column. */
  void plain(Context context) throws SQLException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select "
                    + String.join(", ", ResidentLines.FIELDS)
                    + " from residents where resident_id = ?")) {
      select.setString(1, residentId(context));
      try (ResultSet rows = select.executeQuery();
          JsonGenerator answer = json.createGenerator(out)) {
        answer.writeStartObject();
        answer.writeArrayFieldStart("matches");
        while (rows.next()) {
          answer.writeStartObject();
          answer.writeObjectFieldStart("fields");
          for (int i = 0; i < ResidentLines.FIELDS.size(); i++) {
            @Nullable String value = rows.getString(i + 1);
            if (value != null) {
              answer.writeStringField(ResidentLines.FIELDS.get(i), value);
            }
          }
          answer.writeEndObject();
          answer.writeEndObject();
        }
        answer.writeEndArray();
        answer.writeEndObject();
      }
    }
    context.contentType("application/json").result(out.toByteArray());
  }

  /**
   * As applications that seal and audit do it: select by hash, commit who was shown whom, then open
   * the record.
   */
  void sealed(Context context) throws SQLException, IOException, GeneralSecurityException {
    RowSealer sealer = sealers.get();
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select id, sealed from sealed_residents where resident_id_hash = ?");
        PreparedStatement audit =
            connection.prepareStatement(
                "insert into audit (actor, purpose, about) values (?, ?, ?)")) {
      select.setBytes(1, sealer.hash(residentId(context)));
      try (ResultSet rows = select.executeQuery()) {
        if (rows.next()) {
          byte[] ciphertext = rows.getBytes(2);
          audit.setString(1, "bench");
          audit.setString(2, "identity-check");
          audit.setLong(3, rows.getLong(1));
          // A transaction of its own, durable on return.
          audit.executeUpdate();
          out.write(BEFORE);
          out.write(sealer.open(ciphertext));
          out.write(AFTER);
        }
      }
    }
    context.contentType("application/json").result(out.toByteArray());
  }

  private String residentId(Context context) throws IOException {
    return json.readTree(context.bodyAsBytes()).path("where").path("resident_id").asText();
  }
}
