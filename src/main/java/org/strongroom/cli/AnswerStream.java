package org.strongroom.cli;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP/1.1 answer (RFC 9112): its head, and its body as a stream, which ends in an {@link
 * EOFException} when the connection ends before the body does. For one thread.
 */
final class AnswerStream extends InputStream {
  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 100;

  private final InputStream in;
  private final int status;
  private final Map<String, String> headers;
  private final boolean chunked;

  /** Of the chunk, or of a body that is not chunked; -1 for one that lasts until the end. */
  private long left;

  private boolean atEnd;
  private boolean begun;

  private AnswerStream(InputStream in, int status, Map<String, String> headers) throws IOException {
    this.in = in;
    this.status = status;
    this.headers = headers;
    this.chunked = "chunked".equalsIgnoreCase(headers.get("transfer-encoding"));
    this.left = chunked ? 0 : length(headers);
    this.atEnd = !chunked && left == 0;
  }

  /** Reads a head; the body is then read from here. An answer 1xx has none. */
  static AnswerStream begin(InputStream in) throws IOException {
    String[] first = line(in).split(" ", 3);
    if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("[1-5][0-9]{2}")) {
      throw new IOException("not an HTTP answer");
    }
    Map<String, String> headers = new HashMap<>();
    String line = line(in);
    while (!line.isEmpty()) {
      int colon = line.indexOf(':');
      if (colon < 1 || headers.size() == MAX_HEADERS) {
        throw new IOException("not a header");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      line = line(in);
    }
    return new AnswerStream(in, Integer.parseInt(first[1]), headers);
  }

  int status() {
    return status;
  }

  Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (chunked && left == 0 && !atEnd) {
      nextChunk();
    }
    if (atEnd) {
      return -1;
    }
    int n = in.read(to, offset, left < 0 ? length : (int) Math.min(length, left));
    if (n < 0) {
      if (left > 0) {
        throw new EOFException("the answer broke off");
      }
      atEnd = true;
      return -1;
    }
    if (left > 0) {
      left -= n;
      atEnd = left == 0 && !chunked;
    }
    return n;
  }

  private void nextChunk() throws IOException {
    if (begun && !line(in).isEmpty()) {
      throw new IOException("a chunk ends with a line break");
    }
    begun = true;
    String size = line(in).split(";", 2)[0].strip();
    if (!size.matches("[0-9a-fA-F]{1,15}")) {
      throw new IOException("a chunk begins with its length");
    }
    left = Long.parseLong(size, 16);
    if (left == 0) {
      atEnd = true;
    }
  }

  private static long length(Map<String, String> headers) throws IOException {
    String length = headers.get("content-length");
    if (length == null) {
      return -1;
    }
    if (!length.matches("[0-9]{1,18}")) {
      throw new IOException("not a length");
    }
    return Long.parseLong(length);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int b = in.read();
      if (b < 0 || line.length() == MAX_LINE) {
        throw new EOFException("the answer broke off");
      }
      if (b == '\n') {
        int end = line.length();
        return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
      }
      line.append((char) b);
    }
  }
}
