package org.strongroom.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.vault.Inspection;
import org.strongroom.vault.LogRequest;
import org.strongroom.vault.ShownEntry;

/** The audit log of a running server, read as it streams. */
final class RemoteLog {
  static final String ENTRIES = "/v1/audit/entries";

  private final ServerCalls server;

  RemoteLog(ServerCalls server) {
    this.server = server;
  }

  /** As {@link Session#entries}. */
  Inspection.Summary list(LogRequest request, Consumer<ShownEntry> each) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(server.stream(target(request)).body(), StandardCharsets.UTF_8))) {
      for (String text; (text = lines.readLine()) != null; ) {
        JsonNode line = ServerAnswers.JSON.readTree(text);
        if (line.has("entry")) {
          each.accept(ServerAnswers.JSON.treeToValue(line.get("entry"), ShownEntry.class));
        } else if (line.has("error")) {
          JsonNode error = line.get("error");
          throw new VaultException(
              ServerAnswers.code(error.path("code").asText(), ErrorCode.INTERNAL.status()),
              error.path("detail").asText());
        } else if (line.has("summary")) {
          return ServerAnswers.JSON.treeToValue(line.get("summary"), Inspection.Summary.class);
        }
      }
    } catch (JsonProcessingException e) {
      // Half a line, or a stranger's. Without the cause, whose message may quote it.
      throw ServerAnswers.unreachable(server.server(), new IOException("not a line of a listing"));
    } catch (IOException e) {
      throw ServerAnswers.unreachable(server.server(), e);
    }
    throw ServerAnswers.unreachable(server.server(), new IOException("a listing without an end"));
  }

  private static String target(LogRequest request) {
    StringBuilder target = new StringBuilder(ENTRIES);
    add(target, "from", request.from());
    add(target, "to", request.to());
    add(target, "actor", request.actor());
    add(target, "subject", request.subject());
    add(target, "purpose", request.purpose());
    add(target, "kind", request.kind());
    add(target, "before", request.before());
    add(target, "limit", request.limit());
    return target.toString();
  }

  private static void add(StringBuilder target, String name, @Nullable String value) {
    if (value != null) {
      target.append(target.length() == ENTRIES.length() ? '?' : '&');
      target.append(name).append('=').append(ServerCalls.encoded(value));
    }
  }
}
