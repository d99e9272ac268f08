package org.strongroom.bench.peers;

import com.zaxxer.hikari.HikariDataSource;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.HexFormat;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.strongroom.http.SelfSigned;
import org.strongroom.http.TlsMaterial;

/**
 * One route of Javalin over https that takes the question which Strongroom takes, with the same
 * kind of certificate and TLS, and virtual threads where Java has them. Nobody is asked who they
 * are.
 *
 * <p>Arguments: what answers, {@code trivial} (always the same text), {@code plain} or {@code
 * sealed} (out of PostgreSQL, see {@link Answers}); for the latter the file of keys. Prints its
 * address as a line of JSON; runs until it is ended.
 */
public final class PeerServer {
  private static final String ROUTE = "/v1/collections/residents/find";

  /** As many as keep two cores busy while some of them wait for the disk. */
  private static final int CONNECTIONS = 10;

  private PeerServer() {}

  public static void main(String[] arguments) throws Exception {
    Handler answer = answer(arguments);
    KeyStore identity = KeyStore.getInstance("PKCS12");
    SecureRandom random = new SecureRandom();
    char[] password = HexFormat.of().formatHex(random.generateSeed(16)).toCharArray();
    TlsMaterial tls = SelfSigned.make(Clock.systemUTC(), random);
    identity.load(null, null);
    identity.setKeyEntry("peer", tls.key(), password, tls.chain().toArray(Certificate[]::new));
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setKeyStore(identity);
    factory.setKeyStorePassword(new String(password));
    factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    Javalin server =
        Javalin.create(
            config -> {
              quiet(config);
              config.concurrency.useVirtualThreads = VirtualThreads.areSupported();
              config.jetty.addConnector((jetty, http) -> connector(jetty, factory));
              config.routes.post(ROUTE, answer);
            });
    server.start();
    System.out.println("{\"address\":\"https://127.0.0.1:" + server.port() + "\"}");
  }

  private static void quiet(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
  }

  private static ServerConnector connector(Server jetty, SslContextFactory.Server factory) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.addCustomizer(new SecureRequestCustomizer(false));
    ServerConnector connector =
        new ServerConnector(
            jetty,
            new SslConnectionFactory(factory, HttpVersion.HTTP_1_1.asString()),
            new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    return connector;
  }

  private static Handler answer(String[] arguments) throws Exception {
    if (arguments[0].equals("trivial")) {
      // About as long as the answers of the others.
      byte[] text =
          ("{\"matches\":[\"" + "x".repeat(500) + "\"]}").getBytes(StandardCharsets.UTF_8);
      return context -> {
        context.bodyAsBytes();
        context.contentType("application/json").result(text);
      };
    }
    HikariDataSource database = Database.pool(CONNECTIONS);
    Answers answers =
        new Answers(database, PeerKeys.read(Path.of(arguments[1])), new SecureRandom());
    return arguments[0].equals("plain") ? answers::plain : answers::sealed;
  }
}
