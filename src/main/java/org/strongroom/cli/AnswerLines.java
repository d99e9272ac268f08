package org.strongroom.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * An answer that comes line by line while the server works. Each line is an object with one member,
 * whose name tells what it is; {@code error}, or a line named by the caller, is the last.
 */
final class AnswerLines {
  private static final String ERROR = "error";

  private final URI server;

  AnswerLines(URI server) {
    this.server = server;
  }

  /** Takes what lines of one name hold. */
  interface Line {
    void heard(JsonNode value) throws IOException;
  }

  /**
   * Hears an answer to its end.
   *
   * @param last the name of the line that ends it well
   * @param others by name; lines that nobody is named for are passed over
   * @return what the last line holds
   * @throws IOException when the answer breaks off, or is none of ours
   * @throws VaultException what an {@code error} line tells; a {@link Refusal} for a denial
   */
  JsonNode hear(InputStream answer, String last, Map<String, Line> others) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8))) {
      for (String text; (text = lines.readLine()) != null; ) {
        JsonNode line = parsed(text);
        if (line.has(ERROR)) {
          throw failure(line.get(ERROR));
        }
        if (line.has(last)) {
          return line.get(last);
        }
        for (Map.Entry<String, Line> other : others.entrySet()) {
          if (line.has(other.getKey())) {
            other.getValue().heard(line.get(other.getKey()));
          }
        }
      }
    }
    throw new IOException("an answer without a last line");
  }

  /**
   * {@link #hear(InputStream, String, Map)}, where the connection is all that can fail.
   *
   * @throws VaultException also {@code UNREACHABLE}
   */
  <T> T hear(InputStream answer, String last, Class<T> type, Map<String, Line> others) {
    try {
      return ServerAnswers.JSON.treeToValue(hear(answer, last, others), type);
    } catch (IOException e) {
      throw ServerAnswers.unreachable(server, e);
    }
  }

  private static JsonNode parsed(String line) throws IOException {
    try {
      return ServerAnswers.JSON.readTree(line);
    } catch (JsonProcessingException e) {
      // Without the cause, whose message may quote the line.
      throw new IOException("an answer of half a line");
    }
  }

  private static RuntimeException failure(JsonNode error) {
    String code = error.path("code").asText();
    String detail = error.path("detail").asText();
    @Nullable JsonNode receipt = error.get("receipt");
    return receipt == null
        ? new VaultException(ServerAnswers.code(code, ErrorCode.INTERNAL.status()), detail)
        : new Refusal(
            code,
            detail,
            new Receipt(receipt.path("log").asText(), receipt.path("index").asLong()));
  }
}
