package org.strongroom.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.strongroom.ingest.RejectSink;
import org.strongroom.ingest.RejectedLine;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * Rejected records, a line of JSON each, the record itself sealed. Made when the first one comes.
 */
final class RejectsFile implements RejectSink, AutoCloseable {
  /** A rejected record may hold a photo. */
  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
              .build());

  private final Path file;
  private @Nullable OutputStream out;

  RejectsFile(Path file) {
    this.file = file;
  }

  /**
   * Demands, before anything is kept, that rejects could be written.
   *
   * @throws VaultException {@code BAD_REQUEST}
   */
  static void requireWritable(Path file) {
    @Nullable Path folder = file.toAbsolutePath().getParent();
    boolean writable =
        Files.exists(file)
            ? Files.isWritable(file) && !Files.isDirectory(file)
            : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    if (!writable) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST,
          "the rejects file " + file + " cannot be written there; name another with --rejects");
    }
  }

  @Override
  public void accept(RejectedLine line) throws IOException {
    if (out == null) {
      out =
          new java.io.BufferedOutputStream(
              Files.newOutputStream(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE));
    }
    OutputStream to = Objects.requireNonNull(out);
    to.write(JSON.writeValueAsBytes(line));
    to.write('\n');
  }

  /** Reads one line of such a file. */
  static RejectedLine parse(String line, int number) {
    try {
      return JSON.readValue(line, RejectedLine.class);
    } catch (JsonProcessingException e) {
      throw new VaultException(
          ErrorCode.UNREADABLE_INPUT, "line " + number + " is no line of a rejects file");
    }
  }

  /**
   * Says that the import is through. Where it rejected nothing, the rejects of an earlier one must
   * not be taken for its own; a file that is none of those is left alone.
   */
  void end() throws IOException {
    if (out == null && Files.isRegularFile(file) && holdsRejects()) {
      Files.delete(file);
    }
  }

  private boolean holdsRejects() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      String first = in.readLine();
      if (first == null) {
        return false;
      }
      RejectedLine unused = parse(first, 1);
      return true;
    } catch (VaultException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
