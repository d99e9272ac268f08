package org.strongroom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.strongroom.audit.Receipt;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.LeakDesk;
import org.strongroom.leak.LeakProgress;
import org.strongroom.leak.LeakRequest;
import org.strongroom.leak.SampleSource;
import org.strongroom.leak.canary.CanaryBook;
import org.strongroom.leak.canary.Planted;
import org.strongroom.leak.report.Report;
import org.strongroom.leak.report.ReportJson;

/**
 * Leak checks by a running server: sends the sample as it is, whatever its size, and hears
 * meanwhile how far it is. A folder goes as a zip stream, so its hash is that of the stream.
 */
final class RemoteLeaks implements Leaks {
  private static final String CHECKS = "/v1/leak-checks";
  private static final String CANARIES = "/v1/leak-canaries";

  private final ServerCalls server;
  private final SSLContext tls;

  RemoteLeaks(ServerCalls server, SSLContext tls) {
    this.server = server;
    this.tls = tls;
  }

  // ---- checking ----------------------------------------------------------------------------

  @Override
  public Report check(SampleSource sample, LeakRequest request, LeakProgress progress)
      throws IOException {
    try {
      if (sample instanceof SampleSource.Stream stream) {
        return sent(stream.in(), request, progress);
      }
      Path path = ((SampleSource.At) sample).path();
      try (InputStream body =
          Files.isDirectory(path) ? FolderZip.of(path) : Files.newInputStream(path)) {
        return sent(body, request, progress);
      }
    } catch (TwoWayCall.UnreadableBody e) {
      throw new VaultException(
          ErrorCode.UNREADABLE_INPUT, "reading the sample failed; nothing is kept", e);
    }
  }

  private Report sent(InputStream body, LeakRequest request, LeakProgress progress)
      throws TwoWayCall.UnreadableBody {
    URI address = server.server();
    try (TwoWayCall call = TwoWayCall.post(address, tls, target(request), headers(request), body)) {
      try {
        return heard(call.answer(), progress);
      } catch (IOException e) {
        throw call.cause(e);
      }
    } catch (TwoWayCall.UnreadableBody e) {
      throw e;
    } catch (IOException e) {
      throw ServerAnswers.unreachable(address, e);
    }
  }

  private Report heard(AnswerStream answer, LeakProgress progress) throws IOException {
    if (answer.status() != 200) {
      throw ServerAnswers.problem(
          server.server(), answer.status(), answer.readAllBytes(), answer.header("retry-after"));
    }
    JsonNode report =
        new AnswerLines(server.server())
            .hear(
                answer,
                "report",
                Map.of(
                    "progress",
                    done -> {
                      progress.at(
                          done.path("bytes").asLong(),
                          done.path("records").asLong(),
                          done.path("compared").asLong());
                      requireWanted(progress);
                    }));
    return ReportJson.read(ServerAnswers.write(report));
  }

  /** Whoever ends the connection ends the check. */
  private static void requireWanted(LeakProgress progress) {
    if (progress.cancelled()) {
      throw new VaultException(
          ErrorCode.CANCELLED, "the check was cancelled; nothing of it is kept");
    }
  }

  private String target(LeakRequest request) {
    StringBuilder target = new StringBuilder(server.server().getRawPath()).append(CHECKS);
    target.append("?collection=").append(ServerCalls.encoded(request.collection()));
    target.append("&purpose=").append(ServerCalls.encoded(request.purpose()));
    request
        .maps()
        .forEach(
            (column, field) ->
                target.append("&map=").append(ServerCalls.encoded(column + "=" + field)));
    return target.toString();
  }

  private Map<String, String> headers(LeakRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", server.authorization());
    headers.put("Content-Type", "application/octet-stream");
    request
        .reason()
        .ifPresent(reason -> headers.put("Strongroom-Reason", ServerCalls.encoded(reason)));
    return headers;
  }

  // ---- what was kept -----------------------------------------------------------------------

  @Override
  public LeakDesk.Listed list() {
    return server.get(CHECKS, LeakDesk.Listed.class);
  }

  @Override
  public LeakDesk.Shown show(Id check) {
    HttpResponse<InputStream> response = server.stream(CHECKS + "/" + check);
    try (InputStream body = response.body()) {
      Report report = ReportJson.read(body.readNBytes(ReportJson.MAX_BYTES + 1));
      return new LeakDesk.Shown(report, receipt(response));
    } catch (IOException e) {
      throw ServerAnswers.unreachable(server.server(), e);
    }
  }

  @Override
  public void affected(Id check, LeakDesk.AffectedSink out) throws IOException {
    HttpResponse<InputStream> response = server.stream(CHECKS + "/" + check + "/affected");
    out.begin(receipt(response));
    JsonNode unused;
    try {
      unused =
          new AnswerLines(server.server())
              .hear(response.body(), "summary", Map.of("affected", line -> affected(line, out)));
    } catch (SinkFailed e) {
      throw e.failure();
    } catch (IOException e) {
      throw ServerAnswers.unreachable(server.server(), e);
    }
  }

  @Override
  public Planted plant(int count, Optional<String> recipient) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("count", count);
    recipient.ifPresent(each -> body.put("for", each));
    return server.post(CANARIES, body, Planted.class);
  }

  @Override
  public CanaryBook.Listed canaries() {
    return server.get(CANARIES, CanaryBook.Listed.class);
  }

  private static void affected(JsonNode line, LeakDesk.AffectedSink out) {
    Map<String, String> fields = new LinkedHashMap<>();
    line.path("fields")
        .properties()
        .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
    try {
      out.subject(Id.parse(line.path("subject").asText()), fields);
    } catch (IOException e) {
      throw new SinkFailed(e);
    }
  }

  private Receipt receipt(HttpResponse<InputStream> response) {
    return ServerAnswers.receipt(server.server(), response.headers());
  }
}
