package org.strongroom.cli;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.strongroom.audit.Fault;
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
    return new AnswerLines(server.server())
        .hear(
            response.body(),
            "summary",
            Verification.Summary.class,
            Map.of(
                "fault",
                line -> listener.accept(ServerAnswers.JSON.treeToValue(line, Fault.class)),
                "progress",
                at ->
                    listener.at(
                        at.path("share").asDouble(),
                        at.path("entries").asLong(),
                        at.path("versions").asLong())));
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
}
