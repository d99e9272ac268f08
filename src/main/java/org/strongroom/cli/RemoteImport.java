package org.strongroom.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.strongroom.ingest.ImportRequest;
import org.strongroom.ingest.ImportSummary;
import org.strongroom.ingest.Progress;
import org.strongroom.ingest.ReadOptions;
import org.strongroom.ingest.RejectSink;
import org.strongroom.ingest.RejectedLine;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * Sends a file to a server as it is, whatever its size, and hears meanwhile what becomes of it. The
 * server is not told the file's name; it calls the input {@code body}, which is replaced here.
 */
final class RemoteImport {
  private static final String BODY = "body";

  private final URI server;
  private final SSLContext tls;
  private final String authorization;

  RemoteImport(URI server, SSLContext tls, String authorization) {
    this.server = server;
    this.tls = tls;
    this.authorization = authorization;
  }

  /** As {@link Session#importFile}. */
  ImportSummary run(Path file, ImportRequest request, RejectSink rejects, Progress progress)
      throws IOException {
    String name = String.valueOf(file.getFileName());
    try (InputStream body = open(file, name)) {
      return sent(body, target(request), new Hearing(name, rejects, progress));
    } catch (SinkFailed e) {
      throw e.failure();
    } catch (TwoWayCall.UnreadableBody e) {
      throw new VaultException(
          ErrorCode.UNREADABLE_INPUT,
          name + ": reading the file failed; what was kept before stays kept",
          e);
    }
  }

  private ImportSummary sent(InputStream body, String target, Hearing hearing)
      throws TwoWayCall.UnreadableBody {
    try (TwoWayCall call = TwoWayCall.post(server, tls, target, headers(), body)) {
      try {
        return hearing.hear(call.answer());
      } catch (IOException e) {
        throw call.cause(e);
      }
    } catch (TwoWayCall.UnreadableBody e) {
      throw e;
    } catch (IOException e) {
      throw ServerAnswers.unreachable(server, e);
    }
  }

  private static InputStream open(Path file, String name) throws IOException {
    if (Files.isDirectory(file)) {
      throw unreadable(name, "this is a directory; name the files in it");
    }
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw unreadable(name, "there is no such file");
    } catch (java.nio.file.AccessDeniedException e) {
      throw unreadable(name, "this file may not be read");
    }
  }

  private static VaultException unreadable(String name, String reason) {
    return new VaultException(ErrorCode.UNREADABLE_INPUT, name + ": " + reason);
  }

  private String target(ImportRequest request) {
    StringBuilder target = new StringBuilder(server.getRawPath());
    target.append("/v1/collections/").append(ServerCalls.encoded(request.collection()));
    target.append("/import");
    char separator = '?';
    for (Map.Entry<String, String> map : request.maps().entrySet()) {
      target.append(separator).append("map=");
      target.append(ServerCalls.encoded(map.getKey() + "=" + map.getValue()));
      separator = '&';
    }
    ReadOptions options = request.options();
    if (options.format() != null) {
      target.append(separator).append("format=").append(options.format());
      separator = '&';
    }
    if (options.delimiter() != null) {
      String delimiter = options.delimiter() == '\t' ? "tab" : options.delimiter().toString();
      target.append(separator).append("delimiter=").append(ServerCalls.encoded(delimiter));
    }
    return target.toString();
  }

  private Map<String, String> headers() {
    // The format is told by the content, or by the query.
    return Map.of("Authorization", authorization, "Content-Type", "application/octet-stream");
  }

  /** Reads the lines of the answer to the last one. */
  private final class Hearing {
    private final String name;
    private final RejectSink rejects;
    private final Progress progress;

    Hearing(String name, RejectSink rejects, Progress progress) {
      this.name = name;
      this.rejects = rejects;
      this.progress = progress;
    }

    ImportSummary hear(AnswerStream answer) throws IOException {
      if (answer.status() != 200) {
        throw named(
            ServerAnswers.problem(
                server, answer.status(), answer.readAllBytes(), answer.header("retry-after")));
      }
      try {
        return ServerAnswers.JSON.treeToValue(
            new AnswerLines(server)
                .hear(
                    answer,
                    "summary",
                    Map.of(
                        "rejected",
                        line -> reject(ServerAnswers.JSON.treeToValue(line, RejectedLine.class)),
                        "progress",
                        done ->
                            progress.at(
                                done.path("bytes").asLong(), done.path("records").asLong()))),
            ImportSummary.class);
      } catch (VaultException e) {
        throw named(e);
      }
    }

    private void reject(RejectedLine line) {
      String file = line.file().equals(BODY) ? name : line.file();
      try {
        rejects.accept(
            new RejectedLine(file, line.line(), line.record(), line.reasons(), line.ciphertext()));
      } catch (IOException e) {
        throw new SinkFailed(e);
      }
    }

    private RuntimeException named(RuntimeException failure) {
      return RemoteSession.calling(BODY, name, failure);
    }
  }
}
