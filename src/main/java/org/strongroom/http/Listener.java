package org.strongroom.http;

import java.net.BindException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * The https listener: HTTP/1.1 over TLS 1.2 and 1.3, or without for {@link #plain}. Handlers run on
 * virtual threads where Java has them, else on a pool. Started once, closed once.
 *
 * <p>Does not ask whether it may listen: see {@link ListenAddress#requireAllowed}.
 */
public final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

  /** Forward secrecy and authenticated encryption only; the first three are TLS 1.3's own. */
  private static final String[] CIPHER_SUITES = {
    "TLS_AES_256_GCM_SHA384",
    "TLS_AES_128_GCM_SHA256",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
  };

  private static final int MAX_THREADS = 200;
  private static final int LEAST_THREADS = 8;
  private static final int IDLE_THREADS_MILLIS = 60_000;

  private final Server server;
  private final ServerConnector connector;

  /**
   * Puts everything together; nothing listens before {@link #start()}.
   *
   * @param random for request ids and the like
   * @param <A> the actor that {@code doorkeeper} names
   * @throws IllegalArgumentException when two routes are the same
   */
  public <A> Listener(
      ListenAddress address,
      TlsMaterial tls,
      List<Route<A>> routes,
      Doorkeeper<A> doorkeeper,
      Limits limits,
      SecureRandom random) {
    this(address, tlsFactory(tls, random), routes, doorkeeper, limits, random);
  }

  /**
   * A listener without TLS, for what is no secret to anybody: on loopback alone, and with open
   * routes alone, so that no token ever passes.
   *
   * @throws VaultException {@link ErrorCode#REFUSED_TO_LISTEN} when the address is not loopback
   * @throws IllegalArgumentException when a route is not open
   */
  public static <A> Listener plain(
      ListenAddress address,
      List<Route<A>> routes,
      Doorkeeper<A> doorkeeper,
      Limits limits,
      SecureRandom random) {
    address.requireAllowed(false, true);
    if (!routes.stream().allMatch(route -> route.access() == Route.Access.OPEN)) {
      throw new IllegalArgumentException("without TLS, routes are open");
    }
    return new Listener(
        address, (SslContextFactory.Server) null, routes, doorkeeper, limits, random);
  }

  private <A> Listener(
      ListenAddress address,
      SslContextFactory.@Nullable Server tls,
      List<Route<A>> routes,
      Doorkeeper<A> doorkeeper,
      Limits limits,
      SecureRandom random) {
    Json json = new Json();
    Envelope envelope = new Envelope(random);
    server = new Server(threads());
    HttpConnectionFactory http = new HttpConnectionFactory(http(limits, envelope));
    connector =
        tls == null ? new ServerConnector(server, http) : new ServerConnector(server, tls, http);
    connector.setHost(address.bindTo().getAddress().getHostAddress());
    connector.setPort(address.port());
    connector.setIdleTimeout(limits.idle().toMillis());
    connector.addBean(new SlowHeaders(server.getScheduler(), limits.headersWithin()));
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.maxConnections(), connector));
    JettyErrors errors = new JettyErrors(json);
    server.setErrorHandler(errors);
    server.setRequestLog(envelope);
    server.setStopTimeout(limits.drain().toMillis());
    ServletContextHandler servlets = new ServletContextHandler("/");
    servlets.setErrorHandler(errors);
    servlets.addServlet(
        new ServletHolder(new Reception<>(routes, doorkeeper, json).servlet()), "/*");
    // Slow readers meet the idle timeout: 0 is no minimum for what we send.
    server.setHandler(
        new GracefulHandler(
            new MinimumDataRateHandler(servlets, limits.minBodyBytesPerSecond(), 0)));
  }

  private static QueuedThreadPool threads() {
    // Jetty's own queue would start all of Java's management first, to learn a detail of caches.
    QueuedThreadPool threads =
        new QueuedThreadPool(
            MAX_THREADS, LEAST_THREADS, IDLE_THREADS_MILLIS, new LinkedBlockingQueue<>());
    threads.setName("http");
    if (VirtualThreads.areSupported()) {
      threads.setVirtualThreadsExecutor(
          new KeptThreads(VirtualThreads.getNamedVirtualThreadsExecutor("http-")));
    }
    return threads;
  }

  private static SslContextFactory.Server tlsFactory(TlsMaterial tls, SecureRandom random) {
    byte[] password = new byte[16];
    random.nextBytes(password);
    String inMemoryOnly = HexFormat.of().formatHex(password);
    SslContextFactory.Server factory = new SslContextFactory.Server();
    KeyStore material = tls.keyStore(inMemoryOnly);
    factory.setKeyStore(material);
    factory.setKeyStorePassword(inMemoryOnly);
    // No client shows a certificate; without this, Java would read every authority that it knows.
    factory.setTrustStore(material);
    factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    factory.setIncludeCipherSuites(CIPHER_SUITES);
    factory.setUseCipherSuitesOrder(true);
    factory.setRenegotiationAllowed(false);
    return factory;
  }

  private static HttpConfiguration http(Limits limits, Envelope envelope) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(limits.maxHeaderBytes());
    // Jetty's cache of headers ignores case: a wrong token would turn into a right one seen before.
    http.setHeaderCacheSize(0);
    http.setHeaderCacheCaseSensitive(true);
    http.setHttpCompliance(HttpCompliance.RFC9110);
    // No path that two readers could take for two things: the routes decide who may pass.
    http.setUriCompliance(UriCompliance.DEFAULT);
    // A client checks the certificate's name; here, a tunnel or a proxy may have changed the host.
    http.addCustomizer(new SecureRequestCustomizer(false));
    http.addCustomizer(envelope);
    return http;
  }

  /**
   * Listens from now on.
   *
   * @throws VaultException {@link ErrorCode#REFUSED_TO_LISTEN} when the address is taken or is not
   *     this machine's
   */
  public void start() {
    try {
      server.start();
    } catch (Exception e) {
      close();
      if (e instanceof BindException || e.getCause() instanceof BindException) {
        throw new VaultException(
            ErrorCode.REFUSED_TO_LISTEN,
            "cannot listen on %s:%d: it is taken, or not this machine's; choose with --listen"
                .formatted(connector.getHost(), connector.getPort()),
            e);
      }
      throw new VaultException(
          ErrorCode.REFUSED_TO_LISTEN, "the listener could not start: see the log", e);
    }
  }

  /** The port that it listens on; what the system chose, where 0 was asked for. */
  public int port() {
    return connector.getLocalPort();
  }

  /**
   * Takes no more requests, lets those in flight finish for as long as {@link Limits#drain()} says,
   * then cuts off the rest. Returns when all is stopped; idempotent.
   */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (TimeoutException e) {
      LOG.warn("stopped with requests still in flight");
    } catch (Exception e) {
      LOG.warn("the listener did not stop cleanly", Incident.of(e));
    } finally {
      server.destroy();
    }
  }
}
