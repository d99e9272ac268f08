package org.strongroom.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Clients of a running server that each ask for one resident after the other, over one https
 * connection that stays open: a closed loop, as a counter or another program would. Uses the JDK
 * alone, and plain sockets, so that it takes little of the processors that the server needs.
 *
 * <p>Arguments: address, certificate, NDJSON of residents, clients, seconds to warm up, seconds to
 * measure. The token is in {@code STRONGROOM_TOKEN}. Prints one line of JSON.
 */
public final class DisclosureClients {
  private static final int MAX_SAMPLES = 2_000_000;
  private static final Pattern ID = Pattern.compile("\"resident_id\":\\s*\"([^\"]+)\"");

  private final URI server;
  private final SSLSocketFactory sockets;
  private final List<byte[]> requests;
  private final long measureFrom;
  private final long until;

  private DisclosureClients(
      URI server, SSLSocketFactory sockets, List<byte[]> requests, long measureFrom, long until) {
    this.server = server;
    this.sockets = sockets;
    this.requests = requests;
    this.measureFrom = measureFrom;
    this.until = until;
  }

  public static void main(String[] arguments) throws Exception {
    URI server = URI.create(arguments[0]);
    int clients = Integer.parseInt(arguments[3]);
    Duration warm = Duration.ofSeconds(Long.parseLong(arguments[4]));
    Duration measure = Duration.ofSeconds(Long.parseLong(arguments[5]));
    List<byte[]> requests = requests(server, Path.of(arguments[2]));
    long from = System.nanoTime() + warm.toNanos();
    DisclosureClients all =
        new DisclosureClients(
            server, trusting(Path.of(arguments[1])), requests, from, from + measure.toNanos());
    long[] nanos = all.run(clients);
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "{\"clients\":%d,\"disclosures\":%d,\"per_second\":%.0f,\"p50_ms\":%.2f,\"p99_ms\":%.2f}%n",
        clients,
        nanos.length,
        nanos.length / (double) measure.toSeconds(),
        nanos[nanos.length / 2] / 1e6,
        nanos[(int) (nanos.length * 0.99)] / 1e6);
  }

  private static List<byte[]> requests(URI server, Path residents) throws IOException {
    String token = System.getenv("STRONGROOM_TOKEN");
    List<byte[]> out = new ArrayList<>();
    try (Stream<String> lines = Files.lines(residents)) {
      lines.forEach(
          line -> {
            Matcher id = ID.matcher(line);
            if (id.find()) {
              String body =
                  "{\"where\":{\"resident_id\":\""
                      + id.group(1)
                      + "\"},\"purpose\":\"identity-check\"}";
              String head =
                  "POST /v1/collections/residents/find HTTP/1.1\r\nHost: "
                      + server.getAuthority()
                      + "\r\nAuthorization: Bearer "
                      + token
                      + "\r\nContent-Type: application/json\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n";
              out.add((head + body).getBytes(StandardCharsets.US_ASCII));
            }
          });
    }
    return out;
  }

  private static SSLSocketFactory trusting(Path certificate)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      trusted.setCertificateEntry(
          "vault", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  /** Nanoseconds of each answer that ended within the measured time. */
  private long[] run(int clients) throws Exception {
    List<long[]> samples = new ArrayList<>();
    AtomicReference<Exception> failure = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(clients);
    for (int i = 0; i < clients; i++) {
      long seed = i;
      new Thread(
              () -> {
                try {
                  long[] mine = ask(new SplittableRandom(seed));
                  synchronized (samples) {
                    samples.add(mine);
                  }
                } catch (IOException | RuntimeException e) {
                  failure.compareAndSet(null, e);
                } finally {
                  ended.countDown();
                }
              },
              "client-" + i)
          .start();
    }
    ended.await();
    if (failure.get() != null) {
      throw failure.get();
    }
    return samples.stream().flatMapToLong(Arrays::stream).toArray();
  }

  private long[] ask(SplittableRandom random) throws IOException {
    long[] nanos = new long[MAX_SAMPLES / 16];
    int count = 0;
    try (SSLSocket socket =
        (SSLSocket)
            sockets.createSocket(InetAddress.getByName(server.getHost()), server.getPort())) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (long now = System.nanoTime(); now - until < 0; ) {
        out.write(requests.get(random.nextInt(requests.size())));
        out.flush();
        answer(in);
        long then = System.nanoTime();
        if (now - measureFrom >= 0 && then - until < 0 && count < nanos.length) {
          nanos[count++] = then - now;
        }
        now = then;
      }
    }
    return Arrays.copyOf(nanos, count);
  }

  /** Reads one answer, which must be a disclosure. */
  private static void answer(InputStream in) throws IOException {
    String status = line(in);
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    byte[] body = in.readNBytes(length);
    if (!status.startsWith("HTTP/1.1 200") || body.length < length || length == 0) {
      throw new IOException("no disclosure: " + status);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder out = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server hung up");
      }
      if (c != '\r') {
        out.append((char) c);
      }
    }
    return out.toString();
  }
}
