package org.strongroom.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.strongroom.audit.Fault;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.vault.SavedNote;
import org.strongroom.vault.Verification;

/** Has a server verify its vault, and hears what it finds while it looks. */
final class RemoteVerify {
  private final ServerCalls server;

  RemoteVerify(ServerCalls server) {
    this.server = server;
  }

  /** As {@link Session#verify}. */
  Verification.Summary run(List<SavedNote> saved, Verification.Listener listener) {
    List<String> notes =
        saved.stream()
            .map(each -> new String(each.note().toArray(), StandardCharsets.UTF_8))
            .toList();
    HttpResponse<InputStream> response =
        called(saved, () -> server.stream("/v1/verify", Map.of("checkpoints", notes)));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (String text; (text = lines.readLine()) != null; ) {
        JsonNode line = parsed(text);
        if (line.has("fault")) {
          listener.accept(ServerAnswers.JSON.treeToValue(line.get("fault"), Fault.class));
        } else if (line.has("progress")) {
          JsonNode at = line.get("progress");
          listener.at(
              at.path("share").asDouble(),
              at.path("entries").asLong(),
              at.path("versions").asLong());
        } else if (line.has("error")) {
          JsonNode error = line.get("error");
          throw new VaultException(
              ServerAnswers.code(error.path("code").asText(), ErrorCode.INTERNAL.status()),
              error.path("detail").asText());
        } else if (line.has("summary")) {
          return ServerAnswers.JSON.treeToValue(line.get("summary"), Verification.Summary.class);
        }
      }
      throw new IOException("an answer without a last line");
    } catch (IOException e) {
      throw ServerAnswers.unreachable(server.server(), e);
    }
  }

  private interface Call {
    HttpResponse<InputStream> make();
  }

  /** The server is not told the files' names; it calls a note by its number. */
  private static HttpResponse<InputStream> called(List<SavedNote> saved, Call call) {
    RuntimeException failure;
    try {
      return call.make();
    } catch (VaultException e) {
      failure = e;
    }
    for (int i = 0; i < saved.size(); i++) {
      failure = RemoteSession.calling("checkpoint " + (i + 1), saved.get(i).source(), failure);
    }
    throw failure;
  }

  private static JsonNode parsed(String line) throws IOException {
    try {
      return ServerAnswers.JSON.readTree(line);
    } catch (JsonProcessingException e) {
      // Without the cause, whose message may quote the line.
      throw new IOException("an answer of half a line");
    }
  }
}
