package org.strongroom.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One POST over a connection of its own, whose answer is read while the body still goes out. {@link
 * java.net.http.HttpClient} reads no answer before it has sent everything (seen on Java 17 and 25),
 * so a long import would tell nothing before its end, and its rejects would pile up on the server.
 * A thread of its own sends; the rest is for one thread.
 */
final class TwoWayCall implements AutoCloseable {
  /** A server says something every second or so, once it has seen enough to begin. */
  private static final Duration SILENCE = Duration.ofMinutes(5);

  private static final int CHUNK_BYTES = 64 * 1024;

  private final Socket connection;
  private final AnswerStream answer;
  private final Sending sending;

  private TwoWayCall(Socket connection, AnswerStream answer, Sending sending) {
    this.connection = connection;
    this.answer = answer;
    this.sending = sending;
  }

  /**
   * Connects, asks whether the body is wanted, and begins to send it only then, so that a server
   * that does not want it is heard. Returns with the head of the answer.
   *
   * @param target path and query
   * @param headers beside those that frame the message
   * @param body read to its end by the sending thread, and left open
   * @throws UnreadableBody when {@code body} failed
   */
  static TwoWayCall post(
      URI server, SSLContext tls, String target, Map<String, String> headers, InputStream body)
      throws IOException {
    int port = server.getPort() < 0 ? 443 : server.getPort();
    String host = server.getHost().replaceAll("[\\[\\]]", "");
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException(host);
    }
    Socket connection = new Socket();
    try {
      connection.connect(address, (int) ServerCalls.CONNECT_WITHIN.toMillis());
      connection.setSoTimeout((int) SILENCE.toMillis());
      SSLSocket secure =
          (SSLSocket) tls.getSocketFactory().createSocket(connection, host, port, true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      InputStream in = new BufferedInputStream(secure.getInputStream());
      OutputStream out = new BufferedOutputStream(secure.getOutputStream(), CHUNK_BYTES + 16);
      out.write(head(server.getRawAuthority(), target, headers));
      out.flush();
      Sending sending = new Sending(connection, out, body);
      AnswerStream first = AnswerStream.begin(in);
      return new TwoWayCall(
          connection, first.status() == 100 ? begin(sending, in) : first, sending);
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static AnswerStream begin(Sending sending, InputStream in) throws IOException {
    Thread thread = new Thread(sending, "sending");
    thread.setDaemon(true);
    thread.start();
    try {
      return AnswerStream.begin(in);
    } catch (IOException e) {
      throw sending.cause(e);
    }
  }

  private static byte[] head(String authority, String target, Map<String, String> headers) {
    StringBuilder head = new StringBuilder("POST ").append(target).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(authority).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Transfer-Encoding: chunked\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
    return head.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  AnswerStream answer() {
    return answer;
  }

  /** Why the answer broke off: what the body threw, if that was it, else {@code failure}. */
  IOException cause(IOException failure) {
    return sending.cause(failure);
  }

  /** Ends the connection, whether or not everything was sent. */
  @Override
  public void close() throws IOException {
    // Not the TLS socket: closing that waits for a write that may hang.
    connection.close();
  }

  /** The body could not be read to its end; the cause says why. */
  static final class UnreadableBody extends IOException {
    UnreadableBody(IOException cause) {
      super("the body could not be read", cause);
    }
  }

  /** Sends the body in chunks; when that fails, whoever reads the answer hears it. */
  private static final class Sending implements Runnable {
    private static final byte[] LINE_END = {'\r', '\n'};

    private final Socket connection;
    private final OutputStream out;
    private final InputStream body;
    private volatile @Nullable IOException unreadable;

    Sending(Socket connection, OutputStream out, InputStream body) {
      this.connection = connection;
      this.out = out;
      this.body = body;
    }

    @Override
    public void run() {
      byte[] chunk = new byte[CHUNK_BYTES];
      try {
        for (int n; (n = read(chunk)) >= 0; ) {
          if (n > 0) {
            out.write((Integer.toHexString(n) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(chunk, 0, n);
            out.write(LINE_END);
            out.flush();
          }
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
      } catch (IOException e) {
        // The server gave up, which its answer tells, or the file did: the reader must not wait.
        if (unreadable != null) {
          quietly(connection);
        }
      }
    }

    IOException cause(IOException failure) {
      @Nullable IOException first = unreadable;
      return first == null ? failure : new UnreadableBody(first);
    }

    private int read(byte[] chunk) throws IOException {
      try {
        return body.read(chunk);
      } catch (IOException e) {
        unreadable = e;
        throw e;
      }
    }

    private static void quietly(Socket connection) {
      try {
        connection.close();
      } catch (IOException e) {
        // It is gone, which is what was wanted.
      }
    }
  }
}
