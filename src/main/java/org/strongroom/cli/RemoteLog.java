package org.strongroom.cli;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
    return new AnswerLines(server.server())
        .hear(
            server.stream(target(request)).body(),
            "summary",
            Inspection.Summary.class,
            Map.of(
                "entry",
                line -> each.accept(ServerAnswers.JSON.treeToValue(line, ShownEntry.class))));
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
